"""All requests as a table for Excel: CSV and xlsx."""

import csv
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from optfm.leads.requests import Request
from optfm.leads.words import channel_words

_COLUMNS = (
    *("Номер", "Создана", "Статус", "Имя", "Телефон", "Почта", "Город", "Вопрос"),
    *("Взял(а)", "Взята", "Отвечена", "Закрыта", "Канал", "Диалог", "Оповещены"),
)
STATUSES = {"new": "новая", "taken": "в работе", "answered": "отвечена", "closed": "закрыта"}
#: Excel reads a text that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, requests: Sequence[Request], zone: ZoneInfo) -> None:
    """CSV as Russian Excel opens it: semicolons, UTF-8 with a mark, no formulas."""
    _keep_private(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_COLUMNS)
        for row in _rows(requests, zone):
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def write_xlsx(path: Path, requests: Sequence[Request], zone: ZoneInfo) -> None:
    """One sheet; every cell is a text."""
    _keep_private(path)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Заявки")
    sheet.freeze_panes = "A2"
    sheet.append(_COLUMNS)
    for row in _rows(requests, zone):
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value=cell) for cell in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    book.save(path)


def xlsx(requests: Sequence[Request], zone: ZoneInfo) -> bytes:
    """The same book, for whoever sends it on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests.xlsx"
        write_xlsx(path, requests, zone)
        return path.read_bytes()


def _keep_private(path: Path) -> None:
    """Let nobody else on this machine read a file with contacts, before it has any."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _rows(requests: Sequence[Request], zone: ZoneInfo) -> Iterator[list[str]]:
    def local(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" if moment else ""

    for request in requests:
        row = (
            str(request.id),
            local(request.created),
            STATUSES[request.status],
            request.name,
            request.phone,
            request.email,
            request.town,
            request.about,
            request.taken_by,
            local(request.taken),
            local(request.answered),
            local(request.closed),
            channel_words(request.channel),
            request.dialog,
            "да" if request.notified else "нет",
        )
        yield [_without_controls(cell or "") for cell in row]


def _without_controls(text: str) -> str:
    """What a book of Excel can hold."""
    return "".join(c for c in text if c in "\n\t" or not unicodedata.category(c).startswith("C"))
