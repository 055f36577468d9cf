"""Answers as the portals' documentation has them, made from the data itself: their figures are known."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests.factories import REAL
from tests.refresh.test_spreadsheet import workbook

REGENCIES = REAL.regencies.set_index("kemendagri_code")
EAST = [code for code in REGENCIES.index if code.startswith("35.")]
PEMDA = {code: f"{at:02d}" for at, code in enumerate(EAST, start=1)}  # some codes of the portal's own


def listed() -> dict[str, str]:
    """The portal's list of the governments of Jawa Timur."""
    named = {PEMDA[code]: REGENCIES.at[code, "official_name"].replace("Kabupaten", "Kab.") for code in EAST}
    return {"--": "Semua Pemda", "00": "Provinsi Jawa Timur", **named}


def budget(code: str, year: int) -> list[list[str]]:
    """A budget as the portal tells it: the accounts of the data among others, one of them twice."""
    rows = REAL.apbd_jawa_timur
    row = rows[(rows["kemendagri_code"] == code) & (rows["year"] == year)].iloc[0]

    def account(name: str, title: str) -> list[str]:
        return [title, str(row[f"{name}_budget_idr"]), f"{row[f'{name}_realised_idr']}.0", "100.00"]

    return [
        ["Akun", "Anggaran", "Realisasi", "Persentase"],
        account("revenue", "Pendapatan Daerah"),
        account("pad", "PAD"),
        ["Pajak Daerah", "1", "2", "200.00"],
        account("tkdd", "TKDD"),
        account("expenditure", "Belanja Daerah"),
        ["PAD", "5", "6", "120.00"],
    ]


def budget_file(code: str, year: int) -> bytes:
    return workbook(budget(code, year))


def dynamic(
    year: int, numbers: Mapping[tuple[str, str], object], variable: int = 63, categories: Sequence[str] = ("Bekerja",)
) -> dict[str, Any]:
    """A dynamic table of BPS: `numbers` by the BPS code of a region and a category."""
    turvar = {category: 10 + at for at, category in enumerate(categories)}
    codes = sorted({code for code, _ in numbers})
    names = REAL.regencies.set_index("bps_code")["official_name"]
    return {
        "status": "OK",
        "data-availability": "available",
        "var": [{"val": variable, "label": "Angkatan kerja", "unit": "Orang", "subj": "Tenaga Kerja"}],
        "turvar": [{"val": value, "label": label} for label, value in turvar.items()],
        "labelvervar": "Kabupaten/Kota",
        "vervar": [{"val": int(code), "label": str(names.get(code, "Jumlah"))} for code in codes],
        "tahun": [{"val": year - 1900, "label": str(year)}],
        "turtahun": [{"val": 0, "label": "Tahun"}],
        "datacontent": {
            f"{code}{variable}{turvar[category]}{year - 1900}0": number for (code, category), number in numbers.items()
        },
    }


def dynamic_file(content: object) -> bytes:
    return json.dumps(content).encode()


HEADER = ["Provinsi", "Penerima Upah", "Bukan Penerima Upah", "Jasa Konstruksi", "Total"]
COLUMNS = ["wage_earners_pu", "non_wage_bpu", "construction_jakon", "active_participants"]
Sheet = list[list[object]]


def segments() -> Sheet:
    """The ministry's figures of 2023 by province, as the data has them, under a header."""
    rows = REAL.participants_province
    rows = rows[rows["year"] == 2023]
    return [list(HEADER), *([row["province"], *map(int, row[COLUMNS])] for _, row in rows.iterrows())]


def excel(rows: Sheet, title: str = "Data") -> bytes:
    """An Excel file of one sheet."""
    book, content = Workbook(), BytesIO()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()
