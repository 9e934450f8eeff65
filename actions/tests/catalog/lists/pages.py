"""Worksheets of any layout as files, written by the libraries that write real ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

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


def ods(*pages: Page) -> bytes:
    """The pages as LibreOffice writes them: looks as styles, groups nested, blanks counted."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {
            **{name: name for name in ("office", "table", "text", "style")},
            "fo": "xsl-fo-compatible",
        }.items()
    )
    styles = (
        '<style:style style:name="no"><style:table-properties table:display="false"/></style:style>'
    )
    for indent in range(4):
        for bold in (0, 1):
            weight = ' fo:font-weight="bold"' if bold else ""
            styles += (
                f'<style:style style:name="c{indent}{bold}">'
                f"<style:text-properties{weight}/>"
                f'<style:paragraph-properties fo:margin-left="{indent * 0.353:.3f}cm"/>'
                "</style:style>"
            )
    body = "".join(_ods_table(page) for page in pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return output.getvalue()


def _ods_table(page: Page) -> str:
    width = max((len(row.values) for row in page.rows), default=1)
    columns = "".join(
        "<table:table-column"
        + (
            ' table:visibility="collapse"'
            if get_column_letter(at + 1) in page.hidden_columns
            else ""
        )
        + "/>"
        for at in range(width)
    )
    spans, covered = {}, set()
    for reference in page.merged:
        left, top, right, bottom = range_boundaries(reference)
        spans[top, left] = (right - left + 1, bottom - top + 1)
        covered |= {(y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)}
    rows, depth = [], 0
    for number, row in enumerate(page.rows, start=1):
        step = row.level - depth
        rows.append("<table:table-row-group>" * step + "</table:table-row-group>" * -step)
        depth = row.level
        cells = []
        for column in range(1, width + 1):
            value = row.values[column - 1] if column <= len(row.values) else None
            if (number, column) in covered and (number, column) not in spans:
                cells.append("<table:covered-table-cell/>")
                continue
            across, down = spans.get((number, column), (1, 1))
            merged = (
                f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
                if across * down > 1
                else ""
            )
            look = f"c{min(row.indent, 3) if column == 1 else 0}{int(row.bold)}"
            printed = page.formats.get(get_column_letter(column), "")
            cells.append(
                f'<table:table-cell table:style-name="{look}"{merged}{_ods_value(value, printed)}'
            )
        hidden = ' table:visibility="collapse"' if row.hidden else ""
        rows.append(f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>")
    rows.append("</table:table-row-group>" * depth)
    blank = f'<table:table-cell table:number-columns-repeated="{16_384 - width}"/>'
    rows.append(f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>')
    look = ' table:style-name="no"' if page.hidden else ""
    body = columns + "".join(rows)
    return f"<table:table table:name={quoteattr(page.name)}{look}>{body}</table:table>"


def _ods_value(value: Any, printed: str) -> str:
    if value is None:
        return "/>"
    shown = f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    if isinstance(value, date):
        return f' office:value-type="date" office:date-value="{value.isoformat()}">{shown}'
    if isinstance(value, int | float):
        currency = next((sign for sign in ("USD", "EUR", "RUB") if sign in printed), "")
        kind = f'currency" office:currency="{currency}' if currency else "float"
        return f' office:value-type="{kind}" office:value="{value}">{shown}'
    return f' office:value-type="string">{shown}'


def dbase() -> bytes:
    """The head of a dBase table with two fields and a record."""
    fields = b"".join(
        name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([20]) + bytes(15)
        for name in (b"NAME", b"PRICE")
    )
    head = bytes([3, 126, 3, 14]) + (1).to_bytes(4, "little")
    head += (32 + len(fields) + 1).to_bytes(2, "little") + (41).to_bytes(2, "little") + bytes(20)
    return head + fields + b"\r" + b" " + b"NAIL".ljust(20) + b"100".ljust(20) + b"\x1a"
