"""Worksheets of any layout as files, written by the libraries that write real ones."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries


@dataclass(frozen=True)
class Row:
    """Values of a row from column A on, and how it looks."""

    values: tuple[Any, ...]
    level: int = 0
    indent: int = 0
    bold: bool = False
    hidden: bool = False


def r(*values: Any, **looks: Any) -> Row:
    """A row, short."""
    return Row(values, **looks)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A worksheet."""

    rows: Sequence[Row]
    name: str = "TDSheet"
    merged: Sequence[str] = ()
    formats: Mapping[str, str] = field(default_factory=dict)  #: number format by column letter
    hidden_columns: str = ""  #: letters
    hidden: bool = False


def xlsx(*pages: Page) -> bytes:
    """The pages as an .xlsx."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for number, row in enumerate(page.rows, start=1):
            dimension = sheet.row_dimensions[number]
            dimension.outlineLevel, dimension.hidden = row.level, row.hidden
            for column, value in enumerate(row.values, start=1):
                if value is None:
                    continue
                cell = sheet.cell(number, column, value)
                if row.bold:
                    cell.font = Font(bold=True)
                if row.indent and column == 1:
                    cell.alignment = Alignment(indent=row.indent)
                if isinstance(value, int | float):
                    cell.number_format = page.formats.get(get_column_letter(column), "General")
        for reference in page.merged:
            sheet.merge_cells(reference)
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def xls(*pages: Page) -> bytes:
    """The pages as an .xls."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple[Any, ...], xlwt.XFStyle] = {}

    def style(bold: bool, indent: int, printed: str) -> xlwt.XFStyle:
        key = (bold, indent, printed)
        if key not in styles:
            looks = f"font: bold {'on' if bold else 'off'}; align: indent {indent}"
            styles[key] = xlwt.easyxf(looks, num_format_str=printed)
        return styles[key]

    for page in pages:
        sheet = book.add_sheet(page.name or "Лист1")
        sheet.visibility = int(page.hidden)
        corners = [range_boundaries(reference) for reference in page.merged]
        covered = {
            (row, column)
            for left, top, right, bottom in corners
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for number, row in enumerate(page.rows, start=1):
            sheet.row(number - 1).level = row.level
            sheet.row(number - 1).hidden = row.hidden
            for column, value in enumerate(row.values, start=1):
                if value is None or (number, column) in covered:
                    continue
                printed = page.formats.get(get_column_letter(column), "General")
                if isinstance(value, date):
                    printed = "DD.MM.YYYY"
                looks = style(row.bold, row.indent if column == 1 else 0, printed)
                sheet.write(number - 1, column - 1, value, looks)
        for left, top, right, bottom in corners:
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for letter in page.hidden_columns:
            sheet.col(ord(letter) - 65).hidden = True
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def text(page: Page, *, separator: str = ";", encoding: str = "cp1251") -> bytes:
    """The page as a text with separators."""

    def cell(value: Any) -> str:
        shown = "" if value is None else str(value)
        quoted = separator in shown or '"' in shown or "\n" in shown
        return '"' + shown.replace('"', '""') + '"' if quoted else shown

    width = max(len(row.values) for row in page.rows)
    lines = (
        separator.join(cell(value) for value in (*row.values, *[None] * (width - len(row.values))))
        for row in page.rows
    )
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def html(page: Page) -> bytes:
    """The page as the table of a web page."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row.values) + "</tr>"
        for row in page.rows
    )
    return f'<html><meta charset="utf-8"><body><table>{rows}</table></body></html>'.encode()


def spreadsheetml(page: Page) -> bytes:
    """The page as Excel's XML of 2003."""

    def cell(value: Any) -> str:
        if value is None:
            return "<Cell/>"
        kind = "Number" if isinstance(value, int | float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row.values))}</Row>" for row in page.rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="{page.name}"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def dbase() -> bytes:
    """The head of a dBase table with two fields and a record."""
    fields = b"".join(
        name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([20]) + bytes(15)
        for name in (b"NAME", b"PRICE")
    )
    head = bytes([3, 126, 3, 14]) + (1).to_bytes(4, "little")
    head += (32 + len(fields) + 1).to_bytes(2, "little") + (41).to_bytes(2, "little") + bytes(20)
    return head + fields + b"\r" + b" " + b"NAIL".ljust(20) + b"100".ljust(20) + b"\x1a"
