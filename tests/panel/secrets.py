"""What a panel of a province of the small book keeps to itself, in words and figures that stand nowhere else."""

from io import BytesIO
from pathlib import Path

from paritrana.panel.overlay import write
from paritrana.panel.panel import Panel
from paritrana.panel.template import template, wanted
from paritrana.panel.writing import workbook
from tests.factories import REAL
from tests.panel.workbooks import ID, Book, read

PROVINCE = "95"
WORD = "Qzxvkerahasiaan"
BUDGET = 1_523_987_641  # rupiah, and the next for the next region
WORKERS = 9_187
FOLDER = "panels/rahasia"


def secret(folder: Path) -> Panel:
    """A panel of the province whose figures, titles and notes are marked."""
    sheets, rows = template(ID, wanted(PROVINCE, 2024, "kabupaten_kota", None, 2, None), REAL)
    book = Book(workbook(ID, sheets, rows))
    book.put("Sampul", 5, title=f"Penilaian {WORD}", organiser=f"Tim {WORD}")
    for at, row in enumerate(rows["candidates"]):
        book.put(
            "Angka",
            (row["code"],),
            vulnerable_budget=BUDGET + at,
            vulnerable_protected=WORKERS + at,
            note=WORD,
            document="D1",
        )
        book.put("Nilai", ("J1", row["code"]), speaker=61.73 + at)
    book.put("Juri", 5, name=f"Ibu {WORD}")
    book.put("Dokumen", 5, id="D1", title=f"Laporan {WORD}", url=f"https://example.com/{WORD}")
    path = folder / "secret.xlsx"
    path.write_bytes(_bytes(book))
    return read(path)


def _bytes(book: Book) -> bytes:
    out = BytesIO()
    book.book.save(out)
    return out.getvalue()


def keep(project: Path) -> None:
    """Keep the panel's overlay, and the workbook beside it, in a project."""
    (project / "panels").mkdir()
    write(project / FOLDER, secret(project / "panels"))


def marks() -> list[bytes]:
    """Every form in which a secret could stand in a file: words, figures as typed, grouped, or rounded to words."""
    forms = []
    for at in range(8):
        number = BUDGET + at
        forms += [str(number), f"{number:,}", f"{number:,}".replace(",", "."), f"{number}.0"]
    return [form.encode() for form in (*forms, WORD, WORD.lower(), "1,523987641")]
