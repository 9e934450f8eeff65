"""Two public price lists of other shops as rows, for measuring only: none of them is committed.

The importer reads them, too; codes are made here, so that the questions' codes do not move with it.
"""

from pathlib import Path

import xlrd

from optfm.catalog import PriceRow


def small_list(folder: Path) -> list[PriceRow]:
    """263 goods of a phone shop: no codes, so the number of the row makes one."""
    sheet = _sheet(folder / "IlyaGureshidze_price.xls")
    return _rows(sheet, first=1, name=0, price=3, outer=0, code=lambda row, _: f"IG-{row:05d}")


def toys(folder: Path) -> list[PriceRow]:
    """1,598 prams, beds and toys."""
    sheet = _sheet(folder / "redmi92_prais.xls")
    rows = _rows(sheet, first=10, name=1, price=5, outer=1, code=lambda _, cells: str(cells[4]))
    return list({row.code: row for row in reversed(rows)}.values())[::-1]


def _sheet(path: Path) -> xlrd.sheet.Sheet:
    return xlrd.open_workbook(path, formatting_info=True).sheet_by_index(0)


def _rows(sheet, *, first, name, price, outer, code) -> list[PriceRow]:
    path: list[str] = []
    found = []
    for number in range(first, sheet.nrows):
        cells = [cell.value for cell in sheet.row(number)]
        info = sheet.rowinfo_map.get(number)
        depth = max(0, (info.outline_level if info else 0) - outer)
        called = str(cells[name]).strip()
        if not called:
            continue
        if cells[price] == "" or not code(number, cells):
            path = [*path[:depth], called]
            continue
        found.append(
            PriceRow(
                code=code(number, cells), name=called, price_kop=round(cells[price] * 100),
                status="", path=tuple(path[:depth]), row_number=number,
            )
        )  # fmt: skip
    return found
