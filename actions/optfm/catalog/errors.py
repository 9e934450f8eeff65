"""Why a file is not taken as a price list.

- Refused (optfm.errors)
  - PriceListError: the file; says the row and the column where there is one.
"""

from optfm.errors import Refused


class PriceListError(Refused):
    """A file that is not a price list, or one that must be mended first; nothing was changed.

    :param message: one line in Russian: what is wrong and how to mend it.
    :param row: 1-based row of the sheet, None where the whole file is meant.
    :param column: heading and letter of the column, e.g. "«Код» (B)"; "" where there is none.
    """

    def __init__(self, message: str, *, row: int | None = None, column: str = "") -> None:
        place = "" if row is None else f"строка {row}{', столбец ' + column if column else ''}: "
        super().__init__(place + message)
        self.row = row
        self.column = column
