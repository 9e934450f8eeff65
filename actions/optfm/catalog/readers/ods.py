"""Worksheets of an `.ods` (OpenDocument of LibreOffice) with what is hidden, grouped, a currency.

Source: OASIS OpenDocument 1.3, part 3, chapter 9.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, iterparse

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers.sheet import (
    MAX_CELLS,
    Cell,
    Odd,
    Sheet,
    SheetRow,
    Span,
    Value,
    library_errors,
    take_rows,
)

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NAMES % n for n in ("table", "office", "text", "style"))
_FO = _NAMES % "xsl-fo-compatible"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
#: Of the part with all sheets, unpacked; and of its tags, as in an .xlsx.
_LARGEST = 128 * 2**20
_MOST_TAGS = 4_000_000
_MOST_COLUMNS = 1_024
#: A step of LibreOffice's indent, 10 points, in points of each unit.
_STEP_PT = 10
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt)")


@dataclass(slots=True)
class _Styles:
    hidden_tables: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    indents: dict[str, int] = field(default_factory=dict)


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order.

    :param data: the whole file, a zip archive with `content.xml`.
    :raises PriceListError: a password, too much inside it, a damaged file.
    """
    with library_errors(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names:
            manifest = archive.getinfo("META-INF/manifest.xml")
            if manifest.file_size < 2**20 and b"encryption-data" in archive.read(manifest):
                raise PriceListError("файл защищён паролем: сохраните его без пароля")
        content = archive.getinfo("content.xml")
        if content.file_size > _LARGEST:
            raise PriceListError(
                f"книга распаковывается больше чем в {_LARGEST // 2**20} МБ: это не прайс-лист"
            )
        xml = archive.read(content)
        if b"<!ENTITY" in xml or b"<!DOCTYPE" in xml:
            raise PriceListError("файл повреждён: в нём есть то, чего LibreOffice не пишет")
        sheets = list(_sheets(xml))
        if not sheets:
            raise PriceListError("это документ OpenDocument без листов: нужен прайс-лист")
        return sheets


def _sheets(xml: bytes) -> Iterator[Sheet]:
    styles = _Styles()
    for tags, (_, element) in enumerate(iterparse(io.BytesIO(xml))):
        if tags > _MOST_TAGS:
            raise PriceListError("в файле слишком много ячеек: это не прайс-лист")
        if element.tag == _STYLE + "style":
            _note(element, styles)
        elif element.tag == _TABLE + "table":
            yield _sheet(element, styles)
            element.clear()


def _note(style: Element, styles: _Styles) -> None:
    name = style.get(_STYLE + "name", "")
    table = style.find(_STYLE + "table-properties")
    if table is not None and table.get(_TABLE + "display") == "false":
        styles.hidden_tables.add(name)
    printed = style.find(_STYLE + "text-properties")
    if printed is not None and printed.get(_FO + "font-weight") == "bold":
        styles.bold.add(name)
    paragraph = style.find(_STYLE + "paragraph-properties")
    margin = paragraph.get(_FO + "margin-left", "") if paragraph is not None else ""
    if found := _LENGTH.fullmatch(margin):
        styles.indents[name] = round(float(found[1]) * _POINTS[found[2]] / _STEP_PT)


def _sheet(table: Element, styles: _Styles) -> Sheet:
    spans: list[Span] = []
    return Sheet(
        table.get(_TABLE + "name", ""),
        take_rows(_rows(table, styles, spans)),
        hidden=table.get(_TABLE + "style-name", "") in styles.hidden_tables,
        hidden_columns=frozenset(_hidden_columns(table)),
        spans=tuple(spans),
    )


def _hidden_columns(table: Element) -> Iterator[int]:
    column = 0
    for element in table.iter(_TABLE + "table-column"):
        count = _count(element, "number-columns-repeated")
        if element.get(_TABLE + "visibility") in ("collapse", "filter"):
            yield from range(column, min(column + count, _MOST_COLUMNS))
        column += count


def _rows(table: Element, styles: _Styles, spans: list[Span]) -> Iterator[SheetRow]:
    number = 1
    for row, outline in _in_groups(table, 0):
        count = _count(row, "number-rows-repeated")
        cells = dict(_cells(row, number, styles, spans))
        if cells:
            hidden = row.get(_TABLE + "visibility") in ("collapse", "filter")
            for again in range(min(count, MAX_CELLS)):
                yield SheetRow(number + again, min(outline, 7), cells, hidden)
        number += count


def _in_groups(element: Element, outline: int) -> Iterator[tuple[Element, int]]:
    """The rows below an element, each with how many groups it is in."""
    for child in element:
        if child.tag == _TABLE + "table-row":
            yield child, outline
        elif child.tag == _TABLE + "table-row-group":
            yield from _in_groups(child, outline + 1)
        elif child.tag in (_TABLE + "table-rows", _TABLE + "table-header-rows"):
            yield from _in_groups(child, outline)


def _cells(
    row: Element, number: int, styles: _Styles, spans: list[Span]
) -> Iterator[tuple[int, Cell]]:
    column = 0
    for element in row:
        if element.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        count = _count(element, "number-columns-repeated")
        across, down = (_count(element, f"number-{what}-spanned") for what in ("columns", "rows"))
        if across > 1 or down > 1:
            spans.append(Span(number, number + down - 1, column, column + across - 1))
        value = _value(element) if element.tag == _TABLE + "table-cell" else None
        if value is not None:
            style = element.get(_TABLE + "style-name", "")
            cell = Cell(value, styles.indents.get(style, 0), style in styles.bold, _format(element))
            for at in range(column, min(column + count, _MOST_COLUMNS)):
                yield at, cell
        column += count


def _count(element: Element, name: str) -> int:
    said = element.get(_TABLE + name, "1")
    return int(said) if said.isdecimal() and said != "0" else 1


def _value(cell: Element) -> Value | None:
    kind = cell.get(_OFFICE + "value-type", "")
    shown = "\n".join(_shown(paragraph) for paragraph in cell.findall(_TEXT + "p"))
    if (
        cell.get(_CALC + "value-type") == "error"
        or shown.startswith(("#", "Err:"))
        and kind != "string"
    ):
        return Odd(f"ошибка {shown.strip()}")
    if kind in ("float", "currency", "percentage"):
        return float(cell.get(_OFFICE + "value", ""))
    if kind == "date":
        return datetime.fromisoformat(cell.get(_OFFICE + "date-value", "")).date()
    if kind == "boolean":
        return Odd("да/нет")
    if not shown.strip():
        return Odd("формула") if cell.get(_TABLE + "formula") else None
    return shown


def _shown(element: Element) -> str:
    """A paragraph as it is read: runs joined, several spaces and line ends written out."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(int(child.get(_TEXT + "c", "1")), 100))
        elif child.tag in (_TEXT + "line-break", _TEXT + "tab"):
            parts.append(" ")
        else:
            parts.append(_shown(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _format(cell: Element) -> str:
    """As Excel would write it: what tells a foreign currency from roubles."""
    currency = cell.get(_OFFICE + "currency", "")
    return f'0.00 "{currency}"' if currency.isalpha() else ""
