"""Price lists as files, written by the libraries that write real Excel files."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Alignment

TITLE = "Прайс-лист на 25 июня 2025 г."
HEADER = (
    ("Номенклатура", "Код", "Заказ", "Статус", "ФМ1"),
    (None, None, None, None, "Цена"),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a test's list; `price` may be anything that a cell holds."""

    name: Any = "Чехол для Redmi 12"
    code: Any = "УТ-90000001"
    price: Any = 100
    status: Any = None
    depth: int = 0


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A worksheet in the format of 1C's export, right unless the test spoils it."""

    lines: Sequence[Line] = ()
    title: Any = TITLE
    header: Sequence[Sequence[str | None]] = HEADER
    outlined: bool = True
    indented: bool = True

    def rows(self) -> list[list[Any]]:
        """The sheet's cells, a list a row."""
        return [[], [self.title], ["*сноска"], *map(list, self.header), *self._body()]

    def _body(self) -> list[list[Any]]:
        return [[line.name, line.code, None, line.status, line.price] for line in self.lines]

    @property
    def first_row(self) -> int:
        """The 1-based row of the first line."""
        return 4 + len(self.header)

    def style(self, row: int) -> tuple[int, int]:
        """Outline level and indent of a 1-based row."""
        index = row - self.first_row
        depth = self.lines[index].depth if 0 <= index < len(self.lines) else 0
        return depth * self.outlined, 2 * depth * self.indented


def goods(count: int, *, price: int = 100) -> list[Line]:
    """So many different goods in one group."""
    return [Line(name="Чехлы", code="УТ-90000000", price=None)] + [
        Line(name=f"Чехол № {n}", code=f"УТ-9{n:07d}", price=price, depth=1)
        for n in range(1, count + 1)
    ]


def a_list(*, drop: int = 0, **change: Any) -> Sheet:
    """A small list with every feature of the real one."""
    lines = [
        Line(name="OPTFM", code="УТ-90000001", price=None),
        Line(name="Дисплеи", code="00090000002", price=890, depth=1),
        Line(name="Дисплей Samsung A12", code="ФМ-90000003", price=890, depth=2),
        Line(name="Дисплей iPhone 11", code="УТ-90000004", price=1240.5, status="Хит", depth=2),
        Line(name="Пакет", code="УТ-90000005", price=25, status="Распродажа -50%", depth=1),
    ]
    return replace(Sheet(lines=lines[: len(lines) - drop]), **change)


def _saved(book: Any) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def xls(*sheets: Sheet) -> bytes:
    """The sheets as an .xls file."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_sheet(f"Лист_{number}")
        for row, cells in enumerate(sheet.rows(), start=1):
            level, indent = sheet.style(row)
            page.row(row - 1).level = level
            for column, value in enumerate(cells):
                style = xlwt.easyxf(
                    f"align: indent {indent if column == 0 else 0}",
                    num_format_str="DD.MM.YYYY" if isinstance(value, date) else "General",
                )
                page.write(row - 1, column, value, style)
    return _saved(book)


def xlsx(*sheets: Sheet) -> bytes:
    """The sheets as an .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(f"Лист_{number}")
        for row, cells in enumerate(sheet.rows(), start=1):
            level, indent = sheet.style(row)
            page.row_dimensions[row].outlineLevel = level
            for column, value in enumerate(cells, start=1):
                cell = page.cell(row, column, value)
                if column == 1:
                    cell.alignment = Alignment(indent=indent)
    return _saved(book)


WRITERS = {"xls": xls, "xlsx": xlsx}
#: One small list in each format, the same bytes in all tests of a run.
BOOKS = {kind: write(a_list()) for kind, write in WRITERS.items()}


def archive(**parts: bytes) -> bytes:
    """A zip with these parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return output.getvalue()


def with_parts(book: bytes, **change: bytes) -> bytes:
    """An .xlsx with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return archive(**{**parts, **change})


def part(book: bytes, name: str) -> bytes:
    """A part of an .xlsx."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name)


def saved(folder: Path, sheet: Sheet, name: str = "list.xls") -> Path:
    """The sheet as a file that is named and written by its suffix."""
    path = folder / name
    path.write_bytes(WRITERS[path.suffix[1:]](sheet))
    return path
