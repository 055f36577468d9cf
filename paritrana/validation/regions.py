"""Stage 4, regions and keys: codes must exist, and what a row says of its region must be what the region is."""

from collections.abc import Collection, Iterator

import pandas as pd

from paritrana.faults import Fault, nearest
from paritrana.validation.sheet import Cells, Sheet, Sheets

HINTS = 50  # faults of one kind beyond which no nearest valid value is searched: the cause is another one
FORMER_PROVINCE = {"93": "91", "94": "91", "95": "91", "96": "92"}  # Papua was divided in the course of 2022
# (table, column with the code, column that must agree with it, what of the region it must be)
AGREEMENTS = (
    ("regencies", "kemendagri_code", "province_code", "province_code"),
    ("regencies", "kemendagri_code", "province", "province"),
    ("regencies", "kemendagri_code", "province_bps", "province_bps"),
    ("labour_force", "kemendagri_code", "bps_code", "bps_code"),
    ("labour_force", "kemendagri_code", "level", "level"),
    ("labour_force", "kemendagri_code", "name", "name"),
    ("labour_force", "kemendagri_code", "province", "province"),
    ("apbd_jawa_timur", "kemendagri_code", "bps_code", "bps_code"),
    ("apbd_jawa_timur", "kemendagri_code", "level", "level"),
    ("apbd_jawa_timur", "kemendagri_code", "name", "name"),
    ("observations", "region_code", "level", "level"),
    ("observations", "region_code", "province_code", "province_code"),
    ("observations", "region_code", "region_name", "name"),
    ("regulations", "region_code", "level", "level"),
    ("regulations", "region_code", "province_code", "province_code"),
    ("regulations", "region_code", "region_name", "name"),
    ("awards", "region_code", "recipient_level", "level"),
    ("awards", "region_code", "province_code", "province_code"),
    ("awards", "region_code", "recipient", "name"),
    ("jury_scores", "region_code", "province_code", "province_code"),
    ("jury_scores", "region_code", "region_name", "name"),
)
REGION_LEVELS = ("national", "province", "kabupaten", "kota")


def check_regencies(sheets: Sheets) -> Iterator[Fault]:
    """Code and level of a kabupaten or kota must tell the same."""
    sheet = sheets["regencies"]
    level = _level_by_code(sheet)
    expected = level + ", as the code " + sheet.text("kemendagri_code") + " tells"
    yield from sheet.faults(sheet.text("level") != level, "level", expected)


def check_official_names(sheets: Sheets) -> Iterator[Fault]:
    """The official name is the level that the code tells, and the name."""
    sheet = sheets["regencies"]
    title, name = _level_by_code(sheet).str.capitalize(), sheet.text("name")
    fits = sheet.text("official_name").isin([*(title + " " + name), *(title + " Administrasi " + name)])
    wrong = sheet.known("name") & sheet.known("official_name") & title.notna() & ~fits
    yield from sheet.faults(wrong, "official_name", title + " and the name " + name)


def _level_by_code(regencies: Sheet) -> Cells:
    """Tell kabupaten and kota apart by the first digit behind the dot."""
    digit = regencies.text("kemendagri_code").str.slice(3, 4)
    return digit.map(lambda first: "kota" if first >= "7" else "kabupaten", na_action="ignore").astype("string")


def _places(sheets: Sheets) -> pd.DataFrame:
    """All regions by Kemendagri code ("00", "13", "13.74"): level, name, province_code, province, bps_code."""
    provinces, regencies = sheets["provinces"], sheets["regencies"]
    columns = {
        "level": (pd.Series("province", index=provinces.frame.index), regencies.text("level")),
        "name": (provinces.text("name"), regencies.text("name")),
        "bps_code": (provinces.text("bps_code"), regencies.text("bps_code")),
        "code": (provinces.text("kemendagri_code"), regencies.text("kemendagri_code")),
    }
    places = pd.DataFrame({key: pd.concat(parts, ignore_index=True).astype("string") for key, parts in columns.items()})
    places = places.dropna(subset="code").drop_duplicates("code").set_index("code")
    places["province_code"] = places.index.str.slice(0, 2)
    places["province"] = places["province_code"].map(places["name"])
    places["province_bps"] = places["province_code"].map(places["bps_code"])
    places.loc["00", ["level", "name", "province_code"]] = ["national", "Indonesia", ""]
    return places


def check_agreement(sheets: Sheets) -> Iterator[Fault]:
    """What a row says of its region must be what provinces.csv and regencies.csv say of it."""
    places = _places(sheets)
    for table, key, column, attribute in AGREEMENTS:
        sheet = sheets[table]
        code, cells = sheet.text(key), sheet.text(column)
        right = code.map(places[attribute]).astype("string")
        wrong = (cells != right) & cells.notna() & right.notna()
        if (table, column) == ("awards", "province_code"):  # a candidate stood in the province of its time
            wrong &= ~((right.map(FORMER_PROVINCE) == cells) & (sheet.number("assessment_year") <= 2022))

        yield from sheet.faults(wrong, column, right.replace("", "nothing") + ", as the region " + code + " tells")


def check_codes(sheets: Sheets) -> Iterator[Fault]:
    """A region's code must exist; only what is no administrative region may have none."""
    known = _places(sheets).index
    for table, column in (("observations", "level"), ("regulations", "level"), ("awards", "recipient_level")):
        sheet = sheets[table]
        code, level = sheet.text("region_code"), sheet.text(column)
        if _regions_are_complete(sheets):
            wrong = sheet.known("region_code") & ~code.isin(known)
            yield from _unknown(sheet, wrong, "region_code", "the code of a region, as in data/regencies.csv", known)
        yield from sheet.faults((code == "") & level.isin(REGION_LEVELS), "region_code", "the code of a " + level)


def check_groups(sheets: Sheets) -> Iterator[Fault]:
    """The provinces that a row counts together must exist, and no two rows of a year count the same."""
    sheet = sheets["participants_province"]
    codes = sheet.text("kemendagri_codes").str.split(" ").explode()
    in_year = codes + " " + sheet.text("year").reindex(codes.index)
    if _regions_are_complete(sheets):
        provinces = set(sheets["provinces"].text("kemendagri_code"))
        unknown = (codes.notna() & (~codes.isin(provinces) | in_year.duplicated(keep=False))).groupby(level=0).any()
        yield from sheet.faults(unknown, "kemendagri_codes", "codes of provinces, each in one row only of a year")


def _regions_are_complete(sheets: Sheets) -> bool:
    return sheets["provinces"].complete("kemendagri_code") and sheets["regencies"].complete("kemendagri_code")


def check_foreign_keys(sheets: Sheets) -> Iterator[Fault]:
    """A key must exist in the table it points at; a table that lost rows or keys is not pointed at."""
    for sheet in sheets.values():
        for key in sheet.schema.get("foreignKeys", []):
            column, reference = key["fields"][0], key["reference"]
            target = sheets[reference["resource"]]
            options = target.text(reference["fields"][0])
            if target.complete(reference["fields"][0]):
                wrong = sheet.known(column) & ~sheet.text(column).isin(options)
                yield from _unknown(
                    sheet, wrong, column, f"one of the {reference['fields'][0]} of {target.file}", set(options)
                )


def _unknown(sheet: Sheet, wrong: Cells, column: str, expected: str, options: Collection[str]) -> Iterator[Fault]:
    cells = sheet.text(column)[wrong]
    near = options if len(cells) <= HINTS else ()
    yield from sheet.faults(wrong, column, expected + cells.map(lambda cell: nearest(cell, near)).astype("string"))
