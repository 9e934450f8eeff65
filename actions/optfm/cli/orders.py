"""`optfm orders …`: reading an order without a dialog, and the orders that customers have made."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from optfm import bootstrap
from optfm.catalog import revisions
from optfm.errors import Refused
from optfm.orders import IndexGoods, Matcher, Order, order_of_file
from optfm.orders import read as read_text
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

_STATES = {"sure": "нашёл", "choose": "выбрать", "none": "нет", "unread": "не понял"}


@click.group("orders")
def orders() -> None:
    """Заказы: прочитать список товаров, показать и выгрузить сохранённые."""


@orders.command("read")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help='Строки {"text": …} на входе, заказы JSON на выходе.')
@click.option("--json", "as_json", is_flag=True, help="Заказ из файла как JSON.")
def read(file: Path | None, jsonl: bool, as_json: bool) -> None:
    """Прочитать заказ из файла xlsx, xls, csv, txt или из текстов на входе."""
    if jsonl == (file is not None):
        raise click.UsageError("Укажите файл с заказом или --jsonl.")
    if file is not None:
        content = _content(file)
        order = order_of_file(file.name, content, _matcher())
        click.echo(json.dumps(order.public(), ensure_ascii=False) if as_json else _shown(order))
        return
    matcher = _matcher()
    stdout = sys.stdout.buffer
    with suppress(BrokenPipeError):
        for line in sys.stdin.buffer:
            answer = _answer(line.decode("utf-8", errors="replace"), matcher)
            stdout.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            stdout.flush()


def _answer(line: str, matcher: Matcher) -> dict[str, Any]:
    """One JSON line for each line of stdin, also for a broken one."""
    try:
        asked = json.loads(line) if line.strip() else {}
    except ValueError:
        asked = {"text": line}
    text = asked.get("text") if isinstance(asked, dict) else asked
    reading = read_text(str(text or ""), matcher.goods)
    return {**matcher.order(reading).public(), "beside": list(reading.beside)}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"файл {file.name} не читается: {error.strerror}") from error


def _matcher() -> Matcher:
    settings = bootstrap.settings()
    with bootstrap.database(settings) as database:
        loaded = revisions.load_active(database)
    if loaded is None:
        raise Refused("нет действующего прайс-листа; загрузите: optfm prices import ФАЙЛ")
    index = PriceIndex.build(loaded.rows, load_vocabulary(), loaded.groups)
    return Matcher(IndexGoods(index), list_date=loaded.revision.list_date)


def _shown(order: Order) -> str:
    lines = []
    for number, line in enumerate(order.lines, 1):
        quantity = "?" if line.quantity is None else line.quantity
        lines.append(f"{number:>3}. {line.said} × {quantity}: {_STATES[line.state]}")
        if line.state == "sure":
            total = f"{(line.sum_kop or 0) / 100:,.2f}".replace(",", " ").removesuffix(".00")
            lines.append(f"     {line.code}  {line.name}: {total} ₽")
        lines += [f"     {o.code}  {o.price_kop / 100:g} ₽  {o.name}" for o in line.options]
        if line.note:
            lines.append(f"     {line.note}")
    total = f"{order.total_kop / 100:,.2f}".replace(",", " ").removesuffix(".00")
    return "\n".join([*lines, f"Итого по найденным: {total} ₽"])
