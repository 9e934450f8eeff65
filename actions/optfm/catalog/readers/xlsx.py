"""Worksheets of an `.xlsx` (XML in a zip), read part by part.

Only what a list needs is looked at, so nothing else in the book can stop it: a colour, a date of
the author, a rule of formatting that some program wrote wrong. Source: ECMA-376 part 1.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser

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

#: All parts that are read. The shop's own list takes 3 MB; a zip bomb more.
MAX_UNPACKED_BYTES = 128 * 2**20
#: Tags in one part, opening and closing: a million cells, where the shop's list has 41 thousand.
MAX_TAGS = 4_000_000
_PIECE = 2**18

#: Number formats that every book has without saying so and that print a date.
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 57})
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "#,##0 ¤",
    9: "0%",
    10: "0.00%",
    49: "@",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dyг]|(?<!#)m{1,4}(?!#)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: XML forbids control characters, the names of goods hold them all the same.
_NO_CONTROLS = bytes(32 if n < 32 and n not in (9, 10, 13) else n for n in range(256))
_FALSE = ("0", "false", "off", "")


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order; sheets of charts and macros are left out.

    :param data: the whole file, a zip archive.
    :raises PriceListError: another kind of archive, too much inside it, a damaged file.
    """
    with library_errors(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = _Book(archive)
        found = list(book.sheets())
        if not found:
            raise PriceListError("в файле нет листов с данными, только макросы или диаграммы")
        return found


@dataclass(frozen=True, slots=True)
class _Style:
    indent: int = 0
    bold: bool = False
    format: str = ""
    is_date: bool = False


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Some programs write backslashes, or other capitals than they refer to.
        self._parts = {_key(part.filename): part for part in archive.infolist()}
        self._check()
        self._strings = self._read_strings()
        self._styles = self._read_styles()
        self._epoch = datetime(1899, 12, 30)

    def _check(self) -> None:
        parts = self._parts
        if any(part.flag_bits & 1 for part in parts.values()):
            raise PriceListError("файл защищён паролем: сохраните его в Excel без пароля")
        if "[content_types].xml" not in parts or not any(name.startswith("xl/") for name in parts):
            raise PriceListError("это архив, а не книга Excel: нужен прайс-лист .xls или .xlsx")
        if "xl/workbook.bin" in parts:
            raise PriceListError("формат .xlsb не читается: сохраните книгу как .xlsx")
        # zipfile reads no more of a part than its header promises, so the promise can be trusted.
        if sum(part.file_size for part in parts.values()) > MAX_UNPACKED_BYTES:
            raise PriceListError(
                f"книга распаковывается больше чем в {MAX_UNPACKED_BYTES // 2**20} МБ: "
                "это не прайс-лист"
            )

    def sheets(self) -> Iterator[Sheet]:
        workbook = self._elements("xl/workbook.xml", {"sheet", "workbookPr"})
        targets = self._targets("xl/_rels/workbook.xml.rels")
        for tag, element in workbook:
            if tag == "workbookPr":
                if element.get("date1904", "0") not in _FALSE:
                    self._epoch = datetime(1904, 1, 1)
                continue
            reference = next(
                (value for key, value in element.attrib.items() if _local(key) == "id"), ""
            )
            kind, target = targets.get(reference, ("", ""))
            if kind.endswith("worksheet") and target in self._parts:
                yield self._sheet(target, element)

    def _sheet(self, part: str, element: Element) -> Sheet:
        hidden_columns: set[int] = set()
        spans: list[Span] = []
        rows = take_rows(self._rows(part, hidden_columns, spans))
        return Sheet(
            name=element.get("name", ""),
            rows=rows,
            hidden=element.get("state", "visible") not in ("visible", ""),
            hidden_columns=frozenset(hidden_columns),
            spans=tuple(spans),
        )

    def _rows(self, part: str, hidden: set[int], spans: list[Span]) -> Iterator[SheetRow]:
        number = 0
        for tag, element in self._elements(part, {"row", "col", "mergeCell"}):
            if tag == "col":
                if element.get("hidden", "0") not in _FALSE or element.get("width") == "0":
                    first, last = _whole(element.get("min"), 1), _whole(element.get("max"), 1)
                    hidden.update(range(first - 1, min(last, first + 16_384)))
            elif tag == "mergeCell":
                if span := _span(element.get("ref", "")):
                    spans.append(span)
            else:
                number = _whole(element.get("r"), number + 1)
                cells = dict(self._cells(element))
                if cells:
                    yield SheetRow(
                        number,
                        min(_whole(element.get("outlineLevel"), 0), 7),
                        cells,
                        element.get("hidden", "0") not in _FALSE or element.get("ht") == "0",
                    )

    def _cells(self, row: Element) -> Iterator[tuple[int, Cell]]:
        column = -1
        for element in row:
            if _local(element.tag) != "c":
                continue
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(found[1]) if found else column + 1
            style = self._style(element.get("s"))
            value = self._value(element, style)
            if value is not None:
                yield column, Cell(value, style.indent, style.bold, style.format)

    def _style(self, index: str | None) -> _Style:
        number = _whole(index, 0)
        return self._styles[number] if number < len(self._styles) else _Style()

    def _value(self, element: Element, style: _Style) -> Value | None:
        kind = element.get("t", "n")
        inner = {_local(child.tag): child for child in element}
        if kind == "inlineStr":
            text = _text(inner["is"]) if "is" in inner else ""
            return text if text.strip() else None
        raw = (inner["v"].text or "") if "v" in inner else ""
        if kind == "s":
            text = self._strings[int(raw)] if raw.strip() else ""
            return text if text.strip() else None
        if not raw.strip():
            return Odd("формула") if "f" in inner else None
        if kind == "str":
            return _unescaped(raw)
        if kind == "e":
            return Odd(f"ошибка {raw.strip()}")
        if kind == "b":
            return Odd("да/нет")
        if kind == "d":
            return _iso_date(raw)
        return self._number(raw, style)

    def _number(self, raw: str, style: _Style) -> Value:
        try:
            number = float(raw)
        except ValueError:
            return _unescaped(raw)
        if not style.is_date:
            return number
        try:
            return (self._epoch + timedelta(days=number)).date()
        except (OverflowError, ValueError):
            return number

    def _read_strings(self) -> list[str]:
        part = next(
            (
                target
                for kind, target in self._targets("xl/_rels/workbook.xml.rels").values()
                if kind.endswith("sharedStrings")
            ),
            "xl/sharedstrings.xml",
        )
        if part not in self._parts:
            part = "xl/sharedstrings.xml"
        return [_text(element) for _, element in self._elements(part, {"si"})]

    def _read_styles(self) -> list[_Style]:
        formats: dict[int, str] = {}
        bold: list[bool] = []
        styles: list[_Style] = []
        for tag, element in self._elements("xl/styles.xml", {"numFmt", "fonts", "cellXfs"}):
            if tag == "numFmt":
                formats[_whole(element.get("numFmtId"), -1)] = element.get("formatCode", "")
            elif tag == "fonts":
                bold = [_is_bold(font) for font in element if _local(font.tag) == "font"]
            else:
                styles = [_as_style(xf, formats, bold) for xf in element if _local(xf.tag) == "xf"]
        return styles

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part of each relation of the book, by its id."""
        return {
            element.get("Id", ""): (
                element.get("Type", ""),
                _key(posixpath.join("/xl", element.get("Target", "").replace("\\", "/"))),
            )
            for _, element in self._elements(part, {"Relationship"})
        }

    def _elements(self, part: str, tags: set[str]) -> Iterator[tuple[str, Element]]:
        """The elements with these names, one by one; the rest is forgotten."""
        info = self._parts.get(_key(part))
        if info is None:
            return
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        stack: list[Element] = []
        wanted = 0
        left = MAX_TAGS
        with self._archive.open(info) as source:
            while piece := source.read(_PIECE):
                left -= piece.count(b"<")
                if left < 0:
                    raise PriceListError("в книге слишком много ячеек: это не прайс-лист")
                if b"<!ENTITY" in piece:
                    raise PriceListError("файл повреждён: в нём есть то, чего Excel не пишет")
                parser.feed(piece if b"\0" in piece else piece.translate(_NO_CONTROLS))
                for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
                    if event == "start":
                        stack.append(element)
                        wanted += _local(element.tag) in tags
                        continue
                    stack.pop()
                    name = _local(element.tag)
                    if name in tags:
                        wanted -= 1
                        if not wanted:
                            yield name, element
                    if not wanted:
                        element.clear()
                        if stack:
                            stack[-1].clear()
        parser.close()


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _iso_date(raw: str) -> Value:
    try:
        return datetime.fromisoformat(raw.strip()).date()
    except ValueError:
        return Odd("дата")


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _span(reference: str) -> Span | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (left, top), (right, bottom) = ((_column(end[1]), int(end[2])) for end in ends if end)
    return Span(top, bottom, left, right) if top <= bottom and left <= right else None


def _text(element: Element) -> str:
    """The text of a string without its phonetic hints."""
    parts: list[str] = []
    for child in element:
        name = _local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [run.text or "" for run in child if _local(run.tag) == "t"]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_bold(font: Element) -> bool:
    return any(_local(mark.tag) == "b" and mark.get("val", "1") not in _FALSE for mark in font)


def _as_style(xf: Element, formats: dict[int, str], bold: list[bool]) -> _Style:
    number = _whole(xf.get("numFmtId"), 0)
    font = _whole(xf.get("fontId"), -1)
    indent = next(
        (_whole(child.get("indent"), 0) for child in xf if _local(child.tag) == "alignment"), 0
    )
    code = formats.get(number, _BUILT_IN.get(number, ""))
    is_date = number in _DATE_FORMATS if number not in formats else _prints_date(code)
    return _Style(
        indent,
        0 <= font < len(bold) and bold[font],
        "" if code.casefold() in ("general", "основной") else code,
        is_date,
    )


def _prints_date(code: str) -> bool:
    bare = _LITERAL.sub("", code.partition(";")[0])
    return bool(_DATE_LETTERS.search(bare)) and not re.search("[#0?]", bare)
