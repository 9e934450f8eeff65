"""The tables of a web page that a program saved as a book of Excel."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from optfm.catalog.readers.sheet import Cell, Sheet, SheetRow, Span, library_errors, take_rows
from optfm.catalog.readers.text import decoded

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_WIDEST = 2_000
_UNSEEN = ("style", "script", "title")
_KEPT_ABOVE = 20
_LONGEST_ABOVE = 300


def read(data: bytes) -> list[Sheet]:
    """Each outermost table as a worksheet; spanned cells stand in their first place.

    What the page says above a table is its first rows: the list's title and date may stand there.

    :raises PriceListError: too many cells.
    """
    with library_errors():
        parser = _Tables()
        parser.feed(_text(data))
        parser.close()
        parser.end_table()
        return [
            Sheet("", take_rows(_rows(table)), spans=tuple(table.spans)) for table in parser.tables
        ]


def _text(data: bytes) -> str:
    found = _CHARSET.search(data[:4000])
    if found:
        try:
            return data.decode(found[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data)


class _Table:
    def __init__(self) -> None:
        self.rows: list[dict[int, Cell]] = []
        self.spans: list[Span] = []
        self.taken: dict[int, int] = {}  #: rows that a cell from above still fills, by column


def _rows(table: _Table) -> Iterator[SheetRow]:
    return (SheetRow(n, 0, cells) for n, cells in enumerate(table.rows, start=1) if cells)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._column = 0
        self._span = (1, 1)
        self._text: list[str] | None = None
        self._bold = False
        self._above: list[str] = []  #: texts since the last table
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
                self.tables[-1].rows += [{0: Cell(text)} for text in self._above[-_KEPT_ABOVE:]]
                self._above = []
        elif tag in _UNSEEN:
            self._unseen = True
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.tables[-1].rows:
                self._start_row()
            given = dict(attrs)
            self._span = _count(given.get("colspan")), _count(given.get("rowspan"))
            self._text, self._bold = [], tag == "th"
        elif tag in ("b", "strong"):
            self._bold = True
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self.end_table()
            self._depth = max(self._depth - 1, 0)
        elif tag in _UNSEEN:
            self._unseen = False
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        elif self._depth == 0 and not self._unseen and (said := " ".join(data.split())):
            self._above.append(said[:_LONGEST_ABOVE])

    def end_table(self) -> None:
        self._end_cell()

    def _start_row(self) -> None:
        self._end_cell()
        table = self.tables[-1]
        table.rows.append({})
        table.taken = {column: left - 1 for column, left in table.taken.items() if left > 1}
        self._column = 0

    def _end_cell(self) -> None:
        if self._text is None or not self.tables:
            return
        table = self.tables[-1]
        while table.taken.get(self._column, 0) > 0:
            self._column += 1
        text = " ".join("".join(self._text).split())
        width, height = self._span
        number = len(table.rows)
        if text:
            table.rows[-1][self._column] = Cell(text, bold=self._bold)
        if width > 1 or height > 1:
            right = self._column + width - 1
            table.spans.append(Span(number, number + height - 1, self._column, right))
        for column in range(self._column, self._column + width):
            # The row itself counts as one.
            table.taken[column] = height if height > 1 else 0
        self._column += width
        self._text = None


def _count(text: str | None) -> int:
    return min(max(int(text), 1), _WIDEST) if text and text.strip().isdigit() else 1
