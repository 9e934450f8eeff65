"""Worksheets of an `.xls` (BIFF, in an OLE container or bare), read by xlrd."""

import codecs
import os
from collections.abc import Buffer, Iterator
from contextlib import suppress

import xlrd

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers import ole
from optfm.catalog.readers.sheet import (
    DAMAGED,
    Cell,
    Odd,
    Sheet,
    SheetRow,
    Span,
    Value,
    library_errors,
    take_rows,
)

_NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_PASSWORD = "файл защищён паролем: сохраните его в Excel без пароля"

#: An `.xlsx` with a password is an OLE container with this stream.
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")

#: Code pages of a book before BIFF8 that say what they mean; any other is cp1251 in this trade:
#: 1C 7.7 writes none, or that of Western Europe.
_TRUSTED_PAGES = (866, 10007, 1250, 1253, 1254, 1255, 1256, 1257)

_CP1251 = "optfm_cp1251"


def _cp1251(name: str) -> codecs.CodecInfo | None:
    """cp1251 with its one free place, 0x98, which 1C uses all the same."""
    if name != _CP1251:
        return None

    def decode(data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
        # As a control character, which whoever reads the cell leaves out.
        text = bytes(data).decode("cp1251", errors="replace")
        return text.replace("\ufffd", "\x98"), len(text)

    return codecs.CodecInfo(codecs.lookup("cp1251").encode, decode, name=_CP1251)


codecs.register(_cp1251)


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order; sheets of charts and macros are left out.

    :param data: the whole file.
    :raises PriceListError: a password, only macros, no book inside, a damaged file.
    """
    if _ENCRYPTED_XLSX in data:
        raise PriceListError(_PASSWORD)
    with library_errors():
        book = _open(data)
        if not book.nsheets:
            raise PriceListError("в файле нет листов с данными, только макросы или диаграммы")
        return [_sheet(book, book.sheet_by_index(index)) for index in range(book.nsheets)]


def _open(data: bytes) -> xlrd.Book:
    try:
        return _attempt(data)
    except xlrd.XLRDError as exc:
        if "encrypted" in str(exc).lower():
            raise PriceListError(_PASSWORD) from exc
        if "can't find workbook" in str(exc).lower():
            if _MACROS in data:
                raise PriceListError(
                    "в файле только макросы: нужна книга Excel с прайс-листом"
                ) from exc
            raise PriceListError("это не книга Excel: нужен прайс-лист .xls или .xlsx") from exc
        return _mended(data, exc)
    except PriceListError:
        raise
    except Exception as exc:
        return _mended(data, exc)


def _mended(data: bytes, first: Exception) -> xlrd.Book:
    """The book by the ways that are less particular, each more so than the next."""
    with suppress(Exception):
        stream = ole.workbook_stream(data)
        if stream:
            return _attempt(stream)
    with suppress(Exception):
        return _attempt(data, formatting_info=False)
    raise PriceListError(DAMAGED) from first


def _attempt(data: bytes, *, formatting_info: bool = True) -> xlrd.Book:
    with open(os.devnull, "w") as silence:

        def opened(encoding: str | None) -> xlrd.Book:
            # Without the formatting xlrd knows neither outline levels nor indents.
            return xlrd.open_workbook(
                file_contents=data,
                formatting_info=formatting_info,
                ragged_rows=True,
                logfile=silence,
                encoding_override=encoding,
            )

        try:
            book = opened(None)
        except UnicodeDecodeError:
            return opened(_CP1251)
        if book.biff_version < 80 and book.codepage not in _TRUSTED_PAGES:
            return opened(_CP1251)
        return book


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    return Sheet(
        name=str(sheet.name),
        rows=take_rows(_rows(book, sheet)),
        hidden=bool(sheet.visibility),
        hidden_columns=frozenset(
            column for column, info in sheet.colinfo_map.items() if info.hidden or not info.width
        ),
        spans=tuple(
            Span(top + 1, bottom, left, right - 1)
            for top, bottom, left, right in sheet.merged_cells
        ),
    )


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[SheetRow]:
    for index in range(sheet.nrows):
        cells = {
            column: _cell(book, sheet, index, column, value)
            for column, kind in enumerate(sheet.row_types(index))
            if kind not in _NOTHING
            and (value := _value(book, kind, sheet.cell_value(index, column))) is not None
        }
        if cells:
            info = sheet.rowinfo_map.get(index)
            yield SheetRow(
                index + 1,
                info.outline_level if info else 0,
                cells,
                bool(info and info.hidden),
            )


def _cell(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int, value: Value) -> Cell:
    if not book.formatting_info:
        return Cell(value)
    index = sheet.cell_xf_index(row, column)
    if not 0 <= index < len(book.xf_list):  # a program that wrote no looks
        return Cell(value)
    style = book.xf_list[index]
    number_format = book.format_map.get(style.format_key)
    text = number_format.format_str if number_format else ""
    font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
    return Cell(
        value,
        int(style.alignment.indent_level),
        bool(font and (font.bold or font.weight >= 600)),
        "" if text == "General" else str(text),
    )


def _value(book: xlrd.Book, kind: int, value: str | float) -> Value | None:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value) if str(value).strip() else None
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    if kind == xlrd.XL_CELL_DATE:
        with suppress(xlrd.xldate.XLDateError, ValueError, OverflowError):
            return xlrd.xldate_as_datetime(value, book.datemode).date()  # type: ignore[no-any-return]
        return Odd("дата")
    if kind == xlrd.XL_CELL_ERROR:
        return Odd(f"ошибка {xlrd.error_text_from_code.get(value, '')}".strip())
    return Odd("да/нет" if kind == xlrd.XL_CELL_BOOLEAN else "не текст и не число")
