"""Worksheets of Excel's XML of 2003, which programs save as `.xls` or `.xml`."""

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers.sheet import (
    Cell,
    Odd,
    Sheet,
    SheetRow,
    Span,
    Value,
    library_errors,
    take_rows,
)

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
MARK = b"urn:schemas-microsoft-com:office:spreadsheet"


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order.

    :raises PriceListError: a damaged file, too many cells.
    """
    with library_errors():
        if b"<!ENTITY" in data:
            raise PriceListError("файл повреждён: в нём есть то, чего Excel не пишет")
        book = ElementTree.fromstring(data)
        formats = {
            style.get(_SS + "ID", ""): style for style in book.iterfind(f"{_SS}Styles/{_SS}Style")
        }
        return [_sheet(element, formats) for element in book.iterfind(_SS + "Worksheet")]


def _sheet(element: Element, styles: dict[str, Element]) -> Sheet:
    spans: list[Span] = []
    table = element.find(_SS + "Table")
    visible = element.find(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible")
    return Sheet(
        element.get(_SS + "Name", ""),
        take_rows(_rows(table, styles, spans)) if table is not None else (),
        hidden=visible is not None,
        hidden_columns=frozenset(_hidden_columns(table)) if table is not None else frozenset(),
        spans=tuple(spans),
    )


def _hidden_columns(table: Element) -> Iterator[int]:
    column = -1
    for element in table.iterfind(_SS + "Column"):
        column = int(element.get(_SS + "Index", column + 2)) - 1
        last = column + int(element.get(_SS + "Span", 0))
        if element.get(_SS + "Hidden") == "1":
            yield from range(column, min(last, column + 16_384) + 1)
        column = last


def _rows(table: Element, styles: dict[str, Element], spans: list[Span]) -> Iterator[SheetRow]:
    number = 0
    for element in table.iterfind(_SS + "Row"):
        number = int(element.get(_SS + "Index", number + 1))
        cells = dict(_cells(element, number, styles, spans))
        if cells:
            yield SheetRow(number, 0, cells, element.get(_SS + "Hidden") == "1")
        number += int(element.get(_SS + "Span", 0))


def _cells(
    row: Element, number: int, styles: dict[str, Element], spans: list[Span]
) -> Iterator[tuple[int, Cell]]:
    column = -1
    for element in row.iterfind(_SS + "Cell"):
        column = int(element.get(_SS + "Index", column + 2)) - 1
        across, down = (
            int(element.get(_SS + name, 0) or 0) for name in ("MergeAcross", "MergeDown")
        )
        data = element.find(_SS + "Data")
        value = _value(data) if data is not None else None
        if value is not None:
            yield column, _cell(value, styles.get(element.get(_SS + "StyleID", "")))
        if across or down:
            spans.append(Span(number, number + down, column, column + across))
        column += across


def _cell(value: Value, style: Element | None) -> Cell:
    if style is None:
        return Cell(value)
    alignment, font, printed = (
        style.find(_SS + name) for name in ("Alignment", "Font", "NumberFormat")
    )
    return Cell(
        value,
        int(alignment.get(_SS + "Indent", 0)) if alignment is not None else 0,
        font is not None and font.get(_SS + "Bold") == "1",
        printed.get(_SS + "Format", "") if printed is not None else "",
    )


def _value(data: Element) -> Value | None:
    kind, text = data.get(_SS + "Type", "String"), "".join(data.itertext())
    if not text.strip():
        return None
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        return datetime.fromisoformat(text.strip()).date()
    if kind == "Error":
        return Odd(f"ошибка {text.strip()}")
    return Odd("да/нет") if kind == "Boolean" else text
