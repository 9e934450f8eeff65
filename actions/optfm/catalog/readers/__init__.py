"""Files that hold tables, each opened as the same worksheets of cells."""

from optfm.catalog.readers.opening import open_book
from optfm.catalog.readers.sheet import Cell, Odd, Sheet, SheetRow

__all__ = ["Cell", "Odd", "Sheet", "SheetRow", "open_book"]
