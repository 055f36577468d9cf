"""Stage 4, the meaning: what only several columns or tables show together."""

from collections.abc import Callable, Iterable

from paritrana.faults import Fault
from paritrana.validation.notes import check_notes
from paritrana.validation.regions import (
    check_agreement,
    check_codes,
    check_foreign_keys,
    check_groups,
    check_official_names,
    check_regencies,
)
from paritrana.validation.rows import check_bounds, check_complete, check_duplicates, check_provinces, check_sums
from paritrana.validation.sheet import Sheets
from paritrana.validation.suspects import check_suspects
from paritrana.validation.values import (
    check_editions,
    check_kinds,
    check_payers,
    check_published,
    check_units,
    check_years,
)

CHECKS: tuple[Callable[[Sheets], Iterable[Fault]], ...] = (
    check_regencies,  # first, since the others lean on it
    check_official_names,
    check_codes,
    check_groups,
    check_agreement,
    check_foreign_keys,
    check_units,
    check_kinds,
    check_payers,
    check_years,
    check_editions,
    check_published,
    check_bounds,  # before the sums, which hide a total: a part can be above it all the same
    check_sums,
    check_provinces,
    check_complete,
    check_duplicates,
    check_suspects,
    check_notes,
)


def check_meaning(sheets: Sheets) -> list[Fault]:
    """Run every check across columns and tables; what one found faulty is unknown to the next."""
    faults: list[Fault] = []
    for check in CHECKS:
        found = list(check(sheets))
        faults += found
        for sheet in sheets.values():
            sheet.hide(found)
    return faults
