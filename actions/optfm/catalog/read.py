"""Reads the price list that 1C exports.

The format, as measured on the shop's own list (docs/adr/0004-price-list-format.md): a title with
the list's date, a header of two rows, then the catalogue as an outline. A row with deeper rows
below it is a group, any other row is something to sell.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from openpyxl.utils import get_column_letter

from optfm.catalog import fields, sheet_xls, sheet_xlsx
from optfm.catalog.errors import PriceListError
from optfm.catalog.head import Head, find_head
from optfm.catalog.rows import PriceGroup, PriceList, PriceRow
from optfm.catalog.sheet import Sheet, SheetRow

#: The real list takes 1.8 MB; ten times as many rows are the most that an .xls can hold.
MAX_FILE_BYTES = 20 * 2**20

#: Excel stores no deeper outline; below it only the indent tells the depth.
_DEEPEST_OUTLINE = 7
_INDENT_PER_LEVEL = 2

_NEEDED = "нужен прайс-лист из 1С в формате .xls или .xlsx"
_FOREIGN = {
    b"<!doctype": "веб-страница",
    b"<html": "веб-страница",
    b"<table": "веб-страница",
    b"<?xml": "файл XML",
    b"%pdf": "файл PDF",
    b"moxcel": "табличный документ 1С (.mxl)",
}


def read_price_list(path: Path) -> PriceList:
    """Read a price list from a file.

    :raises PriceListError: as `parse_price_list` and `read_file`.
    """
    return parse_price_list(read_file(path))


def read_file(path: Path) -> bytes:
    """The bytes of a file that is small enough to be a price list.

    :raises PriceListError: no such file, not ours to read, bigger than MAX_FILE_BYTES.
    """
    if not path.is_file():
        raise PriceListError(f"нет такого файла: {path.name}")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise PriceListError(f"файл {path.name} не открывается: {exc.strerror}") from exc
    if len(data) > MAX_FILE_BYTES:
        raise PriceListError(f"файл больше {MAX_FILE_BYTES // 2**20} МБ: это не прайс-лист")
    return data


def parse_price_list(data: bytes) -> PriceList:
    """Read a price list from the bytes of an `.xls` or `.xlsx`, whatever the file is called.

    :returns: at least one row; codes unique over rows and groups; texts as printed, without
        control characters and outer spaces.
    :raises PriceListError: not a price list, or one with a row that cannot be sold from: the
        first thing that is wrong, with its row and column.
    """
    for sheet in _sheets(data):
        head = find_head(sheet)
        if head is not None:
            lines = _read_lines(sheet, head)
            _refuse_doubled_codes(lines, head)
            rows, groups = _outline(lines, head)
            if not rows:
                raise PriceListError("под шапкой нет ни одного товара", row=head.first_row)
            return PriceList(title=head.title, list_date=head.list_date, rows=rows, groups=groups)
    raise PriceListError(
        "это не прайс-лист: нет шапки со столбцами «Номенклатура», «Код», «Статус» и «Цена»"
    )


def _sheets(data: bytes) -> list[Sheet]:
    if not data.strip(b"\0 \t\r\n"):
        raise PriceListError(f"файл пуст: {_NEEDED}")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return sheet_xls.read(data)
    if data.startswith(b"PK\x03\x04"):
        return sheet_xlsx.read(data)
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    what = next((name for mark, name in _FOREIGN.items() if start.startswith(mark)), "")
    raise PriceListError(f"это {what + ', а ' if what else ''}не книга Excel: {_NEEDED}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the list before it is known whether it is a group."""

    row_number: int
    depth: int
    code: str
    name: str
    status: str
    price_kop: int | None


def _read_lines(sheet: Sheet, head: Head) -> list[_Line]:
    body = [
        row
        for row in sheet.rows
        if row.number >= head.first_row and any(column in row.cells for column in head.columns)
    ]
    depths = _depths(body, head.name)
    return [_read_line(row, depth, head) for row, depth in zip(body, depths, strict=True)]


def _read_line(row: SheetRow, depth: int, head: Head) -> _Line:
    with _at(row.number, head.name, "Номенклатура"):
        name = fields.name(row.cells.get(head.name))
    with _at(row.number, head.code, "Код"):
        code = fields.code(row.cells.get(head.code))
    with _at(row.number, head.status, "Статус"):
        status = fields.status(row.cells.get(head.status))
    with _at(row.number, head.price, "Цена"):
        price = row.cells.get(head.price)
        price_kop = None if price is None else fields.price_kop(price)
    return _Line(row.number, depth, code, name, status, price_kop)


def _refuse_doubled_codes(lines: Sequence[_Line], head: Head) -> None:
    first: dict[str, int] = {}
    for line in lines:
        number = first.setdefault(line.code, line.row_number)
        if number != line.row_number:
            with _at(line.row_number, head.code, "Код"):
                raise fields.BadField(f"код {line.code} уже стоит в строке {number}")


def _outline(
    lines: Sequence[_Line], head: Head
) -> tuple[tuple[PriceRow, ...], tuple[PriceGroup, ...]]:
    """The lines as goods and the groups around them."""
    rows: list[PriceRow] = []
    groups: list[PriceGroup] = []
    around: list[_Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        while around and around[-1].depth >= line.depth:
            around.pop()
        path = tuple(group.name for group in around)
        if below and below.depth > line.depth:
            groups.append(
                PriceGroup(
                    code=line.code,
                    name=line.name,
                    price_kop=line.price_kop,
                    status=line.status,
                    path=path,
                    row_number=line.row_number,
                    depth=len(path),
                )
            )
            around.append(line)
            continue
        with _at(line.row_number, head.price, "Цена"):
            if line.price_kop is None:
                raise fields.BadField("нет цены, а групп без товаров не бывает")
        rows.append(
            PriceRow(
                code=line.code,
                name=line.name,
                price_kop=line.price_kop,
                status=line.status,
                path=path,
                row_number=line.row_number,
            )
        )
    return tuple(rows), tuple(groups)


def _depths(rows: Sequence[SheetRow], name_column: int) -> list[int]:
    """How deep each row stands in the catalogue, 0 for the outermost."""
    outlined = any(row.outline for row in rows)
    depths = []
    for row in rows:
        name = row.cells.get(name_column)
        indented = name.indent // _INDENT_PER_LEVEL if name else 0
        if not outlined:
            depths.append(indented)
        elif row.outline == _DEEPEST_OUTLINE:
            depths.append(max(row.outline, indented))
        else:
            depths.append(row.outline)
    return depths


@contextlib.contextmanager
def _at(row_number: int, column: int, heading: str) -> Iterator[None]:
    """Add the row and the column to what is wrong in a cell."""
    try:
        yield
    except fields.BadField as exc:
        label = f"«{heading}» ({get_column_letter(column + 1)})"
        raise PriceListError(str(exc), row=row_number, column=label) from exc
