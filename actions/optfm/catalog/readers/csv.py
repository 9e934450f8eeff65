"""The one worksheet of a text file with separators."""

import csv
import io
from collections import Counter

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers.sheet import Cell, Sheet, SheetRow, library_errors, take_rows
from optfm.catalog.readers.text import decoded

_SEPARATORS = ";\t|,"
_LOOKED_AT = 200


def read(data: bytes) -> list[Sheet]:
    """The table; values stay texts, whoever reads them knows which are numbers.

    :raises PriceListError: a file that is no text or has no columns.
    """
    text = decoded(data)
    if _is_binary(text):
        raise PriceListError("это не таблица: нужен прайс-лист .xls, .xlsx или .csv")
    separator = _separator(text)
    with library_errors():
        csv.field_size_limit(2**20)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = take_rows(
            SheetRow(number, 0, cells)
            for number, line in enumerate(lines, start=1)
            if (cells := {n: Cell(value) for n, value in enumerate(line) if value.strip()})
        )
    if not any(len(row.cells) > 1 for row in rows):
        raise PriceListError("это текст без столбцов: нужен прайс-лист .xls, .xlsx или .csv")
    return [Sheet("", rows)]


def _is_binary(text: str) -> bool:
    start = text[:4000]
    odd = sum(1 for char in start if ord(char) < 32 and char not in "\t\r\n\f\x0b")
    return "\0" in start or odd > len(start) // 50


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of columns.

    A decimal comma stands in a price, so the comma comes last among equals.
    """
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def worth(sign: str) -> tuple[int, int]:
        counts = Counter(_outside_quotes(line, sign) for line in lines)
        counts.pop(0, None)
        if not counts:
            return 0, 0
        count, times = counts.most_common(1)[0]
        return times * (3 if sign != "," else 1), count

    return max(_SEPARATORS, key=worth)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])
