"""Which reader opens a file: told by its first bytes, not by its name."""

import re
from dataclasses import replace

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers import csv, html, ods, ole, spreadsheetml, xls, xlsx, zipped
from optfm.catalog.readers.sheet import Cell, Sheet

_NEEDED = "нужен прайс-лист .xls, .xlsx или .csv"
_HELPS = "откройте его в Excel и сохраните как .xlsx"
_ZIP = b"PK\x03\x04"
#: The first record of a bare book: BOF of BIFF2 to BIFF8.
_BOF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_WEB = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")
_FOREIGN = {
    b"%pdf": f"это файл PDF, а не таблица: {_NEEDED}",
    b"moxcel": f"это табличный документ 1С (.mxl): сохраните его в 1С как .xlsx; {_NEEDED}",
    b"{\\rtf": f"это документ Word (.rtf): {_NEEDED}",
    b"rar!": f"это архив RAR: распакуйте его; {_NEEDED}",
    b"7z\xbc\xaf": f"это архив 7-Zip: распакуйте его; {_NEEDED}",
    b"\x1f\x8b": f"это сжатый архив: распакуйте его; {_NEEDED}",
    b"\x89png": f"это картинка: {_NEEDED}",
    b"\xff\xd8\xff": f"это картинка: {_NEEDED}",
    b"id;p": f"это таблица SYLK: {_HELPS}",
}
#: Heads of a letter, in whatever order the program that saved the page writes them.
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:")
#: Code pages that programs name over texts in cp1251.
_WRONG_PAGES = ("cp1252", "cp866")
_COMMON = "оеаинтслр"
_MANY = 0.4
#: First byte of a dBase table, by its dialect.
_DBASE = b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8e\xcb\xf5\xfb"


def open_book(data: bytes) -> list[Sheet]:
    """The worksheets of a file, in order, at least one.

    :raises PriceListError: not a table, or one that cannot be opened; says what helps.
    """
    if data.startswith(_ZIP) and not zipped.is_book(data):
        data = zipped.the_one_list(data)
    return [_readable(sheet) for sheet in _opened(data)]


def _opened(data: bytes) -> list[Sheet]:
    if not data.strip(b"\0 \t\r\n"):
        raise PriceListError(f"файл пуст: {_NEEDED}")
    if data.startswith(ole.SIGNATURE) or _BOF.match(data):
        return xls.read(data)
    if data.startswith(_ZIP):
        return ods.read(data) if zipped.is_ods(data) else xlsx.read(data)
    start = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, refusal in _FOREIGN.items():
        if start.startswith(mark):
            raise PriceListError(refusal)
    if _WEB_ARCHIVE.match(start):
        raise PriceListError(f"это веб-архив (.mht): {_HELPS}")
    if _is_dbase(data):
        raise PriceListError(f"это таблица dBase (.dbf), а не книга Excel: {_HELPS}")
    if spreadsheetml.MARK in start:
        return spreadsheetml.read(data)
    if start.startswith(_WEB) or (start.startswith(b"<") and b"<table" in data.lower()):
        sheets = html.read(data)
        if not sheets:
            raise PriceListError(f"это веб-страница без таблиц: {_NEEDED}")
        return sheets
    if start.startswith(b"<?xml"):
        raise PriceListError(f"это файл XML, а не книга Excel: {_NEEDED}")
    return csv.read(data)


def _is_dbase(data: bytes) -> bool:
    if len(data) < 33 or data[0] not in _DBASE:
        return False
    header, record = int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little")
    month, day = data[2], data[3]
    return month <= 12 and day <= 31 and header >= 33 and (header - 33) % 32 in (0, 7, 8) \
        and 0 < record < 65_000  # fmt: skip


def _readable(sheet: Sheet) -> Sheet:
    """The sheet with its Russian as Russian, where a program has named another code page."""
    sample = "".join(
        cell.value
        for row in sheet.rows[:300]
        for cell in row.cells.values()
        if isinstance(cell.value, str)
    )
    for wrong in _WRONG_PAGES:
        read_again = sample.encode(wrong, errors="ignore").decode("cp1251", errors="ignore")
        if _russian(read_again) >= max(_MANY, 2 * _russian(sample)):
            return _reread(sheet, wrong)
    return sheet


def _russian(text: str) -> float:
    """The share of the letters that every Russian text is full of."""
    letters = sum(map(str.isalpha, text))
    return sum(text.count(letter) for letter in _COMMON) / letters if letters else 0.0


def _reread(sheet: Sheet, wrong: str) -> Sheet:
    rows = (
        replace(row, cells={at: _as_russian(cell, wrong) for at, cell in row.cells.items()})
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def _as_russian(cell: Cell, wrong: str) -> Cell:
    if not isinstance(cell.value, str):
        return cell
    try:
        return replace(cell, value=cell.value.encode(wrong).decode("cp1251"))
    except UnicodeError:
        return cell
