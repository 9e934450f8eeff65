"""`optfm requests …`: what customers left, for those who answer."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.errors import Refused
from optfm.leads.card import card
from optfm.leads.requests import Request, list_requests
from optfm.leads.tables_export import STATUSES, write_csv, write_xlsx
from optfm.leads.words import card_text


@click.group()
def requests() -> None:
    """Заявки клиентов."""


@requests.command("list")
@click.option("--jsonl", is_flag=True, help="Одна заявка в строке, JSON.")
def show_list(jsonl: bool) -> None:
    """Показать заявки, новые сверху."""
    configured = settings()
    zone = ZoneInfo(configured.timezone)
    with database(configured) as engine:
        found = list_requests(engine)
    for request in found:
        click.echo(_as_json(request, zone) if jsonl else _as_line(request, zone))
    if not found and not jsonl:
        click.echo("Заявок нет.")


@requests.command()
@click.argument("number", type=int)
def show(number: int) -> None:
    """Показать заявку NUMBER с диалогом и показанными позициями."""
    configured = settings()
    zone = ZoneInfo(configured.timezone)
    with database(configured) as engine:
        found = card(engine, number, zone)
        listed = list_requests(engine, number)
    if found is None or not listed:
        raise Refused(f"заявки № {number} нет: optfm requests list")
    click.echo(f"{card_text(found)}\n\n{_history(listed[0], zone)}")


@requests.command()
@click.option("--csv", "form", flag_value=".csv", help="Таблица CSV для Excel.")
@click.option("--xlsx", "form", flag_value=".xlsx", help="Книга Excel.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(form: str | None, file: Path) -> None:
    """Записать все заявки в FILE; без ключа вид решает его окончание, .csv или .xlsx."""
    writers = {".csv": write_csv, ".xlsx": write_xlsx}
    write = writers.get(form or file.suffix.lower())
    if write is None:
        raise Refused(f"{file.name}: нужен файл .csv или .xlsx")
    configured = settings()
    with database(configured) as engine:
        found = list_requests(engine)
    try:
        write(file, found, ZoneInfo(configured.timezone))
    except OSError as exc:
        raise Refused(f"{file}: {exc.strerror}") from exc
    click.echo(f"Заявок записано: {len(found)}")


def _history(request: Request, zone: ZoneInfo) -> str:
    """How far a request is, and when each step was."""
    steps = (
        ("принята", request.created),
        ("взята", request.taken),
        ("отвечена", request.answered),
        ("закрыта", request.closed),
    )
    told = [f"{name} {at.astimezone(zone):%d.%m.%Y %H:%M}" for name, at in steps if at]
    status = ", ".join(filter(None, (STATUSES[request.status], request.taken_by)))
    return f"Статус: {status} ({', '.join(told)})"


def _as_json(request: Request, zone: ZoneInfo) -> str:
    record = {
        name: value.astimezone(zone).isoformat() if isinstance(value, datetime) else value
        for name, value in dataclasses.asdict(request).items()
    }
    return json.dumps(record, ensure_ascii=False)


def _as_line(request: Request, zone: ZoneInfo) -> str:
    status = ", ".join(filter(None, (STATUSES[request.status], request.taken_by)))
    contact = " ".join(filter(None, (request.phone, request.email, request.town)))
    about = " ".join(request.about.split())
    return (
        f"№ {request.id}  {request.created.astimezone(zone):%d.%m.%Y %H:%M}  {status}  "
        f"{request.name}  {contact}  {about}"
    )
