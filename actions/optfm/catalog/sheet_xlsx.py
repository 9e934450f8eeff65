"""Worksheets of an `.xlsx` (XML in a zip), read by openpyxl."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser

from optfm.catalog.errors import PriceListError
from optfm.catalog.sheet import Cell, Odd, Sheet, SheetRow, library_errors, take_rows

#: All parts of the book, unpacked. The real list saved as .xlsx takes 3 MB; a zip bomb more.
MAX_UNPACKED_BYTES = 64 * 2**20
#: Tags in all parts, opening and closing: a million cells, where the real list has 41 thousand.
#: What stands between them is short, it is the tags that take time and memory.
MAX_TAGS = 4_000_000

_ODD = {"d": "дата", "f": "формула", "b": "да/нет"}


def read(data: bytes) -> list[Sheet]:
    """Worksheets in the book's order; sheets of charts and macros are left out.

    :param data: the whole file, a zip archive.
    :raises PriceListError: another kind of archive, too much inside it, a damaged file.
    """
    with library_errors():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features of Excel that we do not read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return [Sheet(sheet.title, take_rows(_rows(book, sheet))) for sheet in book.worksheets]


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise PriceListError("файл защищён паролем: сохраните его в Excel без пароля")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise PriceListError(
            "это архив, а не книга Excel: нужен прайс-лист из 1С в формате .xls или .xlsx"
        )
    if "xl/workbook.bin" in names:
        raise PriceListError("формат .xlsb не читается: сохраните книгу как .xlsx")
    if not any(name.startswith("xl/worksheets/") for name in names):
        raise PriceListError("в файле нет листов с данными, только макросы или диаграммы")
    # zipfile reads no more of a part than its header promises, so the promise can be trusted.
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise PriceListError(
            f"книга распаковывается больше чем в {MAX_UNPACKED_BYTES // 2**20} МБ: "
            "это не прайс-лист"
        )
    if sum(archive.read(part).count(b"<") for part in parts) > MAX_TAGS:
        raise PriceListError("в книге слишком много ячеек: это не прайс-лист")


def _rows(book: Any, sheet: Any) -> Iterator[SheetRow]:  # noqa: ANN401
    # Read-only sheets drop the rows' outline levels, and whole sheets make an object for every
    # cell of a merged or a blank range, millions of them if the file says so. Between the two is
    # the parser of both.
    with book._archive.open(sheet._worksheet_path) as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, parsed in parser.parse():
            attributes = parser.row_dimensions.pop(str(number), {})
            cells = {
                cell["column"] - 1: Cell(value, _indent(book, cell))
                for cell in parsed
                if (value := _value(cell)) is not None
            }
            if cells:
                yield SheetRow(number, int(attributes.get("outlineLevel", 0)), cells)


def _indent(book: Any, cell: Mapping[str, Any]) -> int:  # noqa: ANN401
    style = book._cell_styles[cell["style_id"]]
    return int(book._alignments[style.alignmentId].indent)


def _value(cell: Mapping[str, Any]) -> str | float | Odd | None:
    value = cell["value"]
    if cell["data_type"] == "e":
        return Odd(f"ошибка {value}")
    if cell["data_type"] in _ODD:
        return None if value is None else Odd(_ODD[cell["data_type"]])
    if isinstance(value, str):
        return value if value.strip() else None
    return None if value is None else float(value)
