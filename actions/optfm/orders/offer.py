"""The offer: an order as a table for Excel and as a page; the same order, the same file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from optfm.orders.notes import money
from optfm.orders.order import Line, Order

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD = ("№", "Что просили", "Наименование", "Код", "Кол-во", "Цена, ₽", "Сумма, ₽", "Примечание")
_WIDTHS = (5, 32, 62, 15, 8, 11, 12, 44)
_LEFT = ("№", "Что просили", "Кол-во", "Что с этим", "Варианты или похожее")
_STATES = {"choose": "нужно выбрать", "none": "нет в прайс-листе", "unread": "не понято"}
#: a zip keeps times of its parts: the earliest it can
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def xlsx(order: Order, *, number: int, made: date) -> bytes:
    """The offer as a workbook: the lines with a price, then what is to be chosen or is not sold.

    Cells are values: a text that begins with `=` stays a text.

    :param number: of the order.
    :param made: the day of the offer.
    """
    import openpyxl  # 12 MB, for the first offer

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Предложение"
    _title(sheet, order, number, made)
    _row(sheet, _HEAD, bold=True)
    sure = [(n, line) for n, line in enumerate(order.lines, 1) if line.state == "sure"]
    for n, line in sure:
        _row(sheet, _cells(n, line))
    _row(sheet, ("", "", "", "", "", "Итого", order.total_kop / 100, ""), bold=True)
    if order.final_kop != order.total_kop:
        _row(sheet, ("", "", "", "", "", "С распродажей около", order.final_kop / 100, ""))
    for column, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGH"[column]].width = width
    left = [(n, line) for n, line in enumerate(order.lines, 1) if line.state != "sure"]
    if left:
        _left_sheet(book.create_sheet("Уточнить"), left)
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def page(order: Order, *, number: int, made: date) -> str:
    """The offer as a page to print."""
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(line.said)}</td><td>{escape(line.name)}</td>"
        f"<td>{escape(line.code)}</td>"
        f"<td class=n>{line.quantity if line.quantity is not None else '?'}</td>"
        f"<td class=n>{money(line.price_kop)}</td>"
        f"<td class=n>{money(line.sum_kop) if line.sum_kop is not None else ''}</td></tr>"
        for n, line in enumerate(order.lines, 1)
        if line.state == "sure"
    )
    left = "".join(
        f"<li>{n}. {escape(line.said)}: {_STATES[line.state]}</li>"
        for n, line in enumerate(order.lines, 1)
        if line.state != "sure"
    )
    final = ""
    if order.final_kop != order.total_kop:
        final = f"<p>С учётом распродажи около {money(order.final_kop)} ₽.</p>"
    return _PAGE.format(
        number=number, made=f"{made:%d.%m.%Y}", day=_day(order), rows=rows,
        total=money(order.total_kop), final=final,
        left=f"<h2>Уточнить</h2><ul>{left}</ul>" if left else "",
    )  # fmt: skip


_PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<title>Предложение № {number}</title>
<style>
body {{ font: 14px/1.4 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #111 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #888; padding: .3em .5em; text-align: left; vertical-align: top }}
.n {{ text-align: right; white-space: nowrap }}
thead {{ display: table-header-group }} tr {{ break-inside: avoid }}
@media print {{ body {{ margin: 0; max-width: none }} }}
</style></head><body>
<h1>Предложение № {number} от {made}</h1>
<p>Цены по прайс-листу от {day}. Наличие и окончательную цену подтверждает менеджер.</p>
<table><thead><tr><th>№</th><th>Что просили</th><th>Наименование</th><th>Код</th><th>Кол-во</th>
<th>Цена, ₽</th><th>Сумма, ₽</th></tr></thead><tbody>{rows}</tbody>
<tfoot><tr><th colspan="6">Итого</th><th class="n">{total}</th></tr></tfoot></table>
{final}{left}
</body></html>
"""


def _day(order: Order) -> str:
    return f"{order.list_date:%d.%m.%Y}" if order.list_date else "последнего дня"


def _title(sheet: Worksheet, order: Order, number: int, made: date) -> None:
    _row(sheet, (f"Предложение № {number} от {made:%d.%m.%Y}",), bold=True)
    _row(sheet, (f"Цены по прайс-листу от {_day(order)}. Наличие подтверждает менеджер.",))
    _row(sheet, ("",))


def _cells(number: int, line: Line) -> tuple[str | float | int | None, ...]:
    return (
        number, line.said, line.name, line.code, line.quantity, line.price_kop / 100,
        line.sum_kop / 100 if line.sum_kop is not None else None, line.note,
    )  # fmt: skip


def _left_sheet(sheet: Worksheet, left: Sequence[tuple[int, Line]]) -> None:
    _row(sheet, _LEFT, bold=True)
    for n, line in left:
        options = "\n".join(f"{o.code} {o.name}: {money(o.price_kop)} ₽" for o in line.options)
        _row(sheet, (n, line.said, line.quantity, _STATES[line.state], options or line.note))
    for column, width in zip("ABCDE", (5, 40, 8, 20, 90), strict=True):
        sheet.column_dimensions[column].width = width


def _row(
    sheet: Worksheet, values: Sequence[str | float | int | None], *, bold: bool = False
) -> None:
    from openpyxl.styles import Alignment, Font

    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = _printable(value)
            cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=len(value) > 40, vertical="top")
        else:
            cell.value = value
        if bold:
            cell.font = Font(bold=True)


def _printable(text: str) -> str:
    """Without control characters, which a workbook cannot hold."""
    return "".join(c for c in text if c >= " " or c == "\n")


def _timeless(content: bytes) -> bytes:
    """The workbook without the times of its making, so that the same order gives the same bytes."""
    out = io.BytesIO()
    fixed = datetime(2000, 1, 1).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + fixed, data)
            info = zipfile.ZipInfo(part.filename, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()
