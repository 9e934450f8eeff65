"""A customer's file as tables or text; what is not read is refused in a sentence."""

import csv
import io
import itertools
import os
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

import xlrd

from common.order_files import LARGEST_BYTES
from optfm.errors import Refused
from optfm.orders.tables import Cell

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MOST_UNPACKED = 60 * 2**20
_MOST_TAGS = 2_000_000
_MOST_ROWS = 20_000
_MOST_COLUMNS = 60
_PASSWORD_XLSX = "EncryptedPackage".encode("utf-16-le")

Table = list[list[Cell]]


class FileRefused(Refused):
    """A file that is not read as an order; the sentence is for the customer."""


def read_tables(name: str, content: bytes) -> list[Table] | str:
    """The tables of a file, or its text.

    :param name: as the customer calls it; only its end is looked at.
    :raises FileRefused: too large, empty, broken, of another kind, with a password or with links.
    """
    if len(content) > LARGEST_BYTES:
        raise FileRefused(
            f"Файл больше {LARGEST_BYTES // 2**20} МБ: пришлите только строки заказа, до 500 строк."
        )
    if not content.strip(b"\0 \r\n\t"):
        raise FileRefused("Файл пустой: пришлите список с названиями или кодами и количеством.")
    if content.startswith(b"PK\x03\x04"):
        return _of_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_xls(content)
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".csv", ".txt", ".tsv", ""):
        raise FileRefused("Файл не открывается: заказ читаю из xlsx, xls, csv и txt.")
    text = _decoded(content)
    return _of_csv(text, suffix) or text


def _of_xlsx(content: bytes) -> list[Table]:
    import openpyxl  # 12 MB, for the first customer with a file

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            calculated = _has_formulas(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features of Excel that are not read
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            formulas = (
                openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
                if calculated
                else None
            )
            tables = []
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                tables.append(
                    _taken(_sheet_rows(sheet, formulas[sheet.title] if formulas else None))
                )
            return tables
    except FileRefused:
        raise
    except Exception as error:  # openpyxl answers a broken file with any error there is
        raise FileRefused(
            "Файл повреждён или сохранён не до конца: сохраните его заново."
        ) from error


def _sheet_rows(
    sheet: "ReadOnlyWorksheet", formulas: "ReadOnlyWorksheet | None"
) -> Iterator[Sequence[object]]:
    """The values of a sheet; of a formula that was saved without its value, the formula.

    Programs that write files without Excel leave the values to it.
    """
    for each in filter(None, (sheet, formulas)):
        each.reset_dimensions()  # a file may promise a million of rows
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    if formulas is None:
        yield from rows
        return
    typed = formulas.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    for row, written in itertools.zip_longest(rows, typed, fillvalue=()):
        yield [
            one if value is None and isinstance(one, str) and one.startswith("=") else value
            for value, one in itertools.zip_longest(row, written)
        ]


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    return any(
        re.search(rb"<f[\s>/]", archive.read(part))
        for part in archive.infolist()
        if part.filename.startswith("xl/worksheets/")
    )


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("Файл защищён паролем: пришлите его без пароля.")
    if not any(name.startswith("xl/worksheets/") for name in names):
        raise FileRefused(
            "Это архив или документ, а не таблица: заказ читаю из xlsx, xls, csv и txt."
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise FileRefused(
            "В файле есть ссылки на другие книги: сохраните его как значения и пришлите снова."
        )
    # zipfile reads no more of a part than its header promises, so the promise can be trusted.
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise FileRefused("Файл распаковывается в слишком большой: пришлите только строки заказа.")
    if sum(archive.read(part).count(b"<") for part in parts) > _MOST_TAGS:
        raise FileRefused("В файле слишком много ячеек: пришлите только строки заказа.")


def _of_xls(content: bytes) -> list[Table]:
    if _PASSWORD_XLSX in content:
        raise FileRefused("Файл защищён паролем: пришлите его без пароля.")
    try:
        with open(os.devnull, "w") as silence:
            book = xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=silence)
        return [_taken(_xls_rows(book, sheet)) for sheet in book.sheets() if not sheet.visibility]
    except FileRefused:
        raise
    except Exception as error:  # as openpyxl above
        if "encrypt" in str(error).lower():
            raise FileRefused("Файл защищён паролем: пришлите его без пароля.") from error
        raise FileRefused(
            "Файл не открывается как таблица: сохраните его в Excel заново, в xlsx или xls."
        ) from error


def _xls_rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[Sequence[object]]:
    for index in range(sheet.nrows):
        yield [
            xlrd.xldate.xldate_as_datetime(value, book.datemode)
            if kind == xlrd.XL_CELL_DATE
            else value
            if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER)
            else None
            for kind, value in zip(sheet.row_types(index), sheet.row_values(index), strict=True)
        ][:_MOST_COLUMNS]


def _taken(rows: Iterable[Sequence[object]]) -> Table:
    """The rows with something in them, each cell a text or a number."""
    table: Table = []
    empty = 0
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            empty += 1
            if empty > _MOST_ROWS:
                break
            continue
        table.append(cells)
        if len(table) > _MOST_ROWS:
            raise FileRefused("В файле больше 20 000 строк: пришлите только строки заказа, до 500.")
    return table


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    text = " ".join(str(value).split())
    return text or None


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(c < " " and c not in "\r\n\t" for c in text)
        if odd > 0.01 * len(text):
            break
        return text.removeprefix("\ufeff")
    raise FileRefused("Файл не похож на текст: заказ читаю из xlsx, xls, csv и txt.")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "cp1251")


def _of_csv(text: str, suffix: str) -> list[Table]:
    """The table of a text with separators; [] where it has none."""
    rows = [row for row in text.splitlines() if row.strip()]
    for separator in (";", "\t", ","):
        if separator == "," and suffix != ".csv":
            continue
        if sum(separator in row for row in rows) < 0.6 * len(rows):
            continue
        try:
            read = list(csv.reader(io.StringIO(text), delimiter=separator))
        except csv.Error as error:
            raise FileRefused("Файл csv повреждён: сохраните его заново.") from error
        return [_taken([[cell.strip() for cell in row] for row in read])]
    return []
