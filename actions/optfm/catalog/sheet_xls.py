"""Worksheets of an `.xls` (BIFF in an OLE container), read by xlrd."""

import os
from collections.abc import Iterator

import xlrd

from optfm.catalog.errors import PriceListError
from optfm.catalog.sheet import Cell, Odd, Sheet, SheetRow, library_errors, take_rows

_NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_ODD = {xlrd.XL_CELL_DATE: "дата", xlrd.XL_CELL_BOOLEAN: "да/нет"}
_PASSWORD = "файл защищён паролем: сохраните его в Excel без пароля"

#: An `.xlsx` with a password is an OLE container with this stream.
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order; sheets of charts and macros are left out.

    :param data: the whole file, an OLE container.
    :raises PriceListError: a password, only macros, no book inside, a damaged file.
    """
    if _ENCRYPTED_XLSX in data:
        raise PriceListError(_PASSWORD)
    with library_errors(), open(os.devnull, "w") as silence:
        try:
            # Without the formatting xlrd knows neither outline levels nor indents.
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=silence
            )
        except xlrd.XLRDError as exc:
            raise _refusal(exc, data) from exc
        if not book.nsheets:
            raise PriceListError("в файле нет листов с данными, только макросы или диаграммы")
        return [
            Sheet(sheet.name, take_rows(_rows(book, sheet)))
            for sheet in map(book.sheet_by_index, range(book.nsheets))
        ]


def _refusal(exc: xlrd.XLRDError, data: bytes) -> PriceListError:
    if "encrypted" in str(exc).lower():
        return PriceListError(_PASSWORD)
    if "can't find workbook" not in str(exc).lower():
        return PriceListError(
            "файл повреждён или сохранён не до конца: выгрузите прайс-лист из 1С ещё раз"
        )
    if _MACROS in data:
        return PriceListError("в файле только макросы: нужна книга Excel с прайс-листом")
    return PriceListError("это не книга Excel: нужен прайс-лист из 1С в формате .xls или .xlsx")


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[SheetRow]:
    for index in range(sheet.nrows):
        cells = {
            column: Cell(value, _indent(book, sheet, index, column))
            for column, kind in enumerate(sheet.row_types(index))
            if kind not in _NOTHING
            and (value := _value(kind, sheet.cell_value(index, column))) is not None
        }
        if cells:
            info = sheet.rowinfo_map.get(index)
            yield SheetRow(index + 1, info.outline_level if info else 0, cells)


def _indent(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> int:
    return int(book.xf_list[sheet.cell_xf_index(row, column)].alignment.indent_level)


def _value(kind: int, value: str | float) -> str | float | Odd | None:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value) if str(value).strip() else None
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Odd(f"ошибка {xlrd.error_text_from_code.get(value, '')}".strip())
    return Odd(_ODD.get(kind, "не текст и не число"))
