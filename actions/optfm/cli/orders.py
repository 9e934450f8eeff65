"""`optfm orders …`: reading an order without a dialog, and the orders that customers have made."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from optfm import bootstrap
from optfm.catalog import revisions
from optfm.content import live as content
from optfm.errors import Refused
from optfm.orders import IndexGoods, Matcher, Order, offer, order_of_file, store, telling
from optfm.orders import read as read_text
from optfm.orders.notes import money
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


@orders.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="Сколько показать.")
@click.option("--jsonl", is_flag=True, help="Каждый заказ строкой JSON.")
def list_(limit: int, jsonl: bool) -> None:
    """Показать заказы покупателей, новые сверху."""
    with bootstrap.database(bootstrap.settings()) as database:
        found = store.listed(database, limit=limit)
    for kept in found:
        if jsonl:
            click.echo(json.dumps(_as_json(kept), ensure_ascii=False))
            continue
        request = f"заявка № {kept.request_id}" if kept.request_id else "не отправлен"
        lines = telling.counted(len(kept.order.lines))
        click.echo(
            f"{kept.id:>5}  {kept.updated:%d.%m.%Y %H:%M}  {lines:>9}"
            f"  {money(kept.order.total_kop):>10} ₽  {request}"
        )


@orders.command("show")
@click.argument("number", type=int)
def show(number: int) -> None:
    """Показать заказ по номеру."""
    click.echo(_shown(_of_number(number).order))


@orders.command("export")
@click.argument("number", type=int)
@click.argument("file", type=click.Path(path_type=Path))
def export(number: int, file: Path) -> None:
    """Выгрузить заказ предложением в xlsx (или в html по имени файла)."""
    kept = _of_number(number)
    made = kept.updated.date()
    if file.suffix.lower() in (".html", ".htm"):
        file.write_text(offer.page(kept.order, number=kept.id, made=made), encoding="utf-8")
    else:
        file.write_bytes(offer.xlsx(kept.order, number=kept.id, made=made))
    click.echo(f"Записано: {file}")


def _of_number(number: int) -> store.Kept:
    with bootstrap.database(bootstrap.settings()) as database:
        kept = store.of_number(database, number)
    if kept is None:
        raise Refused(f"заказа № {number} нет; все заказы: optfm orders list")
    return kept


def _as_json(kept: store.Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "state": kept.state,
        "dialog": kept.dialog,
        "request": kept.request_id,
        "updated": kept.updated.isoformat(),
        **kept.order.public(),
    }


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
        content.apply(database)
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
            sum_ = "" if line.sum_kop is None else f" × {quantity} = {money(line.sum_kop)} ₽"
            lines.append(f"     {line.code}  {line.name}: {money(line.price_kop)} ₽{sum_}")
        lines += [f"     {o.code}  {o.price_kop / 100:g} ₽  {o.name}" for o in line.options]
        if line.note:
            lines.append(f"     {line.note}")
    total = f"{order.total_kop / 100:,.2f}".replace(",", " ").removesuffix(".00")
    return "\n".join([*lines, f"Итого по найденным: {total} ₽"])
