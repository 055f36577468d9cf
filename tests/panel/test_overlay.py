"""An overlay: what a panel handed in, kept beside the record, compared with what was there, and put over the record."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from paritrana.cli.app import app
from paritrana.faults import InvalidInput
from paritrana.indicators.nation import survey_nation
from paritrana.panel.overlay import differences, existing, over_record, texts, write
from paritrana.panel.template import template, wanted
from paritrana.panel.writing import csv_texts, workbook
from paritrana.parameters.page import book_rubric
from paritrana.parameters.rubric import rubric_path, strength_of
from paritrana.paths import DATA, ROOT
from paritrana.presentation.language import Text
from tests.factories import REAL
from tests.panel.test_hostile import ods
from tests.panel.workbooks import BLANK, FILE, ID, blank, faults, filled, read

STRENGTH = strength_of(book_rubric(rubric_path("hypothesis-a")))


def as_ods(book: Any) -> bytes:
    """A workbook in the other format, with numbers as numbers."""
    tables = []
    for tab in book.worksheets:
        rows = []
        for row in tab.iter_rows():
            cells = []
            for cell in row:
                value = cell.value
                if isinstance(value, int | float):
                    cells.append(f'<table:table-cell office:value-type="float" office:value="{value}"/>')
                elif value is None:
                    cells.append("<table:table-cell/>")
                else:
                    cells.append(
                        f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
                    )
            rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        tables.append(f'</table:table><table:table table:name="{tab.title}">{"".join(rows)}')
    with ZipFile(BytesIO(ods("".join(tables)))) as archive:
        content = archive.read("content.xml").replace(b'<table:table table:name="Sampul"></table:table>', b"", 1)
    out = BytesIO()
    with ZipFile(out, "w") as target:
        target.writestr("content.xml", content)
    return out.getvalue()


def test_the_same_template_has_the_same_bytes() -> None:
    assert blank() == BLANK


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_of_every_category_can_be_read_back(language: str, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Desa Satu\nDesa Dua\n", encoding="utf-8")
    say = Text(language)
    for category in ("kabupaten_kota", "desa", "usaha_besar"):
        asked = wanted("34", 2024, category, None if category == "kabupaten_kota" else names, 2, None)
        (tmp_path / FILE).write_bytes(workbook(say, *template(say, asked, REAL)))
        (said,) = faults(tmp_path / FILE)
        assert said.endswith(say("belum ada angka atau nilai yang diisi") + ".")


def test_the_template_shows_what_the_record_has_beside_the_empty_cells() -> None:
    _, rows = template(ID, wanted("13", 2024, "kabupaten_kota", None, 1, None), REAL)
    row = next(row for row in rows["figures"] if row["code"] == "13.74")
    assert row["record_active_participants"] == "15386"  # Padang Panjang, December 2024


def test_excel_opendocument_and_csv_say_the_same(tmp_path: Path) -> None:
    path = filled().saved(tmp_path)
    panel = read(path)
    (tmp_path / "panel.ods").write_bytes(as_ods(filled().book))
    assert read(tmp_path / "panel.ods") == panel
    sheets, _ = template(ID, wanted("34", 2025, "kabupaten_kota", None, 3, None), REAL)
    (tmp_path / "csv").mkdir()
    for key, text in csv_texts(sheets, panel.rows).items():
        lines = (
            text.replace(",", ";")
            .replace("70.5", "70,5")
            .replace("65.5", "65,5")
            .replace("88.5", "88,5")
            .replace("76.25", "76,25")
        )
        (tmp_path / "csv" / f"{key}.csv").write_text(lines, encoding="utf-8")
    for sheet in ("criteria", "figures", "scores", "jurors", "candidates", "regulations", "documents"):
        assert read(tmp_path / "csv").rows[sheet] == panel.rows[sheet]


def test_an_overlay_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    panel = read(filled().saved(tmp_path))
    write(tmp_path / "overlay", panel)
    assert read(tmp_path / "overlay") == panel
    assert "confidential: true" in (tmp_path / "overlay" / "panel.yml").read_text(encoding="utf-8")


def test_a_second_import_shows_only_the_difference(tmp_path: Path) -> None:
    before = read(filled().saved(tmp_path))
    write(tmp_path / "overlay", before)
    book = filled()
    book.put("Angka", ("34.04",), active_participants=261000)
    book.put("Nilai", ("J2", "34.71"), speaker=None)
    after = read(book.saved(tmp_path))
    assert list(differences(existing(tmp_path / "overlay", after, ID, REAL), after)) == [
        "Angka, 34.04, Peserta aktif: 260000 -> 261000",
        "Nilai, J2 34.71, Wawancara: pembicara: 70 -> kosong",
    ]
    assert list(differences(before, before)) == []


def test_the_folder_of_another_is_not_written_over(tmp_path: Path) -> None:
    panel = read(filled().saved(tmp_path))
    with pytest.raises(InvalidInput, match="berisi berkas lain"):
        existing(tmp_path, panel, ID, REAL)
    write(tmp_path / "overlay", panel)
    book = filled()
    book.put("Sampul", 5, year=2024)
    with pytest.raises(InvalidInput, match="milik penilaian lain"):
        existing(tmp_path / "overlay", read(book.saved(tmp_path)), ID, REAL)


def test_an_overlay_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = read(filled().saved(tmp_path))
    write(tmp_path / "overlay", panel)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "overlay").iterdir()}

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "overlay", panel)
    assert {path.name: path.read_bytes() for path in (tmp_path / "overlay").iterdir()} == kept


def test_a_panels_figure_stands_in_place_of_the_records(tmp_path: Path) -> None:
    panel = read(filled().saved(tmp_path))
    nation = survey_nation(over_record(REAL, panel), 2025, STRENGTH)
    derived = nation.recorded[2025]
    employed = {"34.01": 276692, "34.04": 662040}
    informal = {"34.01": 171603, "34.04": 309742}
    for code, (now, before, workers, _, non_asn) in {
        "34.01": (61000, 52000, 9000, 0, 88.5),
        "34.04": (260000, 233000, 30000, 0, 100),
    }.items():
        expected = {
            "coverage_employed": now / employed[code],
            "growth": now / before - 1,
            "vulnerable_per_informal": workers / informal[code],
            "non_asn": non_asn / 100,
        }
        for name, value in expected.items():
            row = derived.loc[(code, name)]
            assert (row["low"], row["high"]) == pytest.approx((value, value))
    assert derived.loc[("34.02", "regulation"), "low"] == 1  # its Perda


def test_what_the_panel_did_not_give_stays_as_the_record_has_it(tmp_path: Path) -> None:
    over = over_record(REAL, read(filled().saved(tmp_path)))
    others = ~over.observations["region_code"].fillna("").str.startswith("34.")
    before = ~REAL.observations["region_code"].fillna("").str.startswith("34.")
    assert over.observations[others].reset_index(drop=True).equals(REAL.observations[before].reset_index(drop=True))
    assert set(texts(read(filled().saved(tmp_path)))) >= {"panel.yml", "scores.csv", "criteria.csv"}


def digest_of_data() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(DATA.rglob("*")) if path.is_file())).hexdigest()


def test_the_commands_go_from_template_to_overlay_and_leave_the_data_alone(tmp_path: Path) -> None:
    def run(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["-C", str(ROOT), *map(str, words)])
        return done.exit_code, done.output

    before = digest_of_data()
    path, into = tmp_path / "p.xlsx", tmp_path / "overlay"
    assert run("template", "--province", "34", "--year", "2025", path)[0] == 0
    assert path.read_bytes() == BLANK
    code, said = run("template", "--province", "34", "--year", "2025", path)
    assert (code, "is there already" in said) == (1, True)
    assert run("import", path, "--into", into)[0] == 1
    assert not into.exists()
    filled().saved(tmp_path, "p.xlsx")
    code, said = run("import", path, "--into", into, "--dry-run")
    assert (code, into.exists(), said.splitlines()[-1]) == (
        0,
        False,
        f"{len(said.splitlines()) - 1} changes; nothing was written.",
    )
    assert run("import", path, "--into", into)[0] == 0
    assert run("import", path, "--into", into)[1].splitlines()[0] == "Nothing is new."
    assert digest_of_data() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--province", "99", "--year", "2025"), '--province: "99" was found, a code from 11 to 96 was expected.'),
        (("--province", "34", "--year", "1999"), '--year: "1999" was found, a year from 2023 to 2025 was expected.'),
        (("--province", "34", "--year", "2025", "--category", "dessa"), '(did you mean "desa"?)'),
        (
            ("--province", "34", "--year", "2025", "--category", "desa"),
            "--names: a file with one candidate a line was expected, for desa.",
        ),
        (
            ("--province", "34", "--year", "2025", "--rubric", "none"),
            "params/rubrics/none.yml: this file was expected; there is none.",
        ),
        (
            ("--province", "34", "--year", "2025", "--language", "fr"),
            '--language: "fr" was found, id or en was expected.',
        ),
    ],
)
def test_a_template_that_cannot_be_made_says_why(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["-C", str(ROOT), "template", *words, str(tmp_path / "t.xlsx")])
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "t.xlsx").exists()
