"""A workbook by what it is, whatever it is called."""

from __future__ import annotations

from paritrana.presentation.language import Text
from paritrana.sheets.archive import Source, weighed
from paritrana.sheets.excel import read_excel
from paritrana.sheets.grids import BY_HAND, Grids, Most
from paritrana.sheets.ods import CONTENT, read_ods


def read_workbook(source: Source, file: str, say: Text, most: Most = BY_HAND, *, computed: bool = False) -> Grids:
    """The sheets of an Excel workbook or an OpenDocument spreadsheet, weighed before anything is read of it.

    Raises InvalidInput where it is too heavy, damaged, or carries what may run. `computed` as in `excel.read_excel`.
    """
    read = read_ods if CONTENT in weighed(source, file, say) else read_excel
    return read(source, file, say, most, computed=computed)
