"""All requests as a table for Excel: CSV and xlsx."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from optfm.leads.requests import Request

_COLUMNS = (
    *("Номер", "Создана", "Статус", "Имя", "Телефон", "Почта", "Вопрос", "Канал", "Диалог"),
    "Оповещены",
)
STATUSES = {"new": "новая", "taken": "в работе", "answered": "отвечена", "closed": "закрыта"}
#: Excel reads a text that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, requests: Sequence[Request], zone: ZoneInfo) -> None:
    """CSV as Russian Excel opens it: semicolons, UTF-8 with a mark, no formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_COLUMNS)
        for row in _rows(requests, zone):
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def write_xlsx(path: Path, requests: Sequence[Request], zone: ZoneInfo) -> None:
    """One sheet; every cell is a text."""
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


def _rows(requests: Sequence[Request], zone: ZoneInfo) -> Iterator[list[str]]:
    for request in requests:
        yield [
            str(request.id),
            f"{request.created.astimezone(zone):%d.%m.%Y %H:%M}",
            STATUSES[request.status],
            request.name,
            request.phone or "",
            request.email or "",
            request.about,
            request.channel,
            request.dialog,
            "да" if request.notified else "нет",
        ]
