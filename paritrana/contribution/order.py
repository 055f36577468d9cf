"""Where new rows go: the tables keep their order, so that a difference in their history shows the new rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Sequence[str]  # the cells of one row as they are written
# By which columns the rows of a table lie in order; rows that are equal in them lie as they came.
ORDER: Mapping[str, tuple[str, ...]] = {
    "observations": ("region_code", "region_name", "indicator", "year", "observation_id"),
    "awards": ("edition", "stage", "province_code", "category", "result"),
    "regulations": ("region_code", "kind"),
    "sources": ("source_id",),
    "flags": ("flag",),
    "corrections": ("table",),
    "notes": ("note",),
    "labour_force": ("year", "bps_code"),
    "participants_province": ("year",),
    "apbd_jawa_timur": ("year", "kemendagri_code"),
}
EMPTY_LAST = ("observations",)  # areas that are no administrative region come after those that are


def placed(table: str, header: Row, rows: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """The rows of a table with new ones among them: each behind the last row that it does not come before.

    The old rows keep their order, whatever it is.
    """
    at, last = [header.index(column) for column in ORDER[table]], table in EMPTY_LAST

    def key(row: Row) -> tuple[tuple[bool, str], ...]:
        return tuple((last and not row[place], row[place]) for place in at)

    behind: dict[int, list[Row]] = {}
    keys = list(map(key, rows))
    for row in sorted(new, key=key):
        mine = key(row)
        place = next((at for at in range(len(rows) - 1, -1, -1) if keys[at] <= mine), -1)
        behind.setdefault(place, []).append(row)
    found = list(behind.get(-1, ()))
    for at_row, row in enumerate(rows):
        found += [row, *behind.get(at_row, ())]
    return found
