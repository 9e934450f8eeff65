"""`optfm requests …`: what customers left, for those who answer."""

import dataclasses
import json
from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.leads.requests import Request, list_requests


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
        local = dataclasses.replace(request, created=request.created.astimezone(zone))
        click.echo(_as_json(local) if jsonl else _as_line(local))
    if not found and not jsonl:
        click.echo("Заявок нет.")


def _as_json(request: Request) -> str:
    record = {**dataclasses.asdict(request), "created": request.created.isoformat()}
    return json.dumps(record, ensure_ascii=False)


def _as_line(request: Request) -> str:
    contact = " ".join(filter(None, (request.phone, request.email)))
    about = " ".join(request.about.split())
    return (
        f"№ {request.id}  {request.created:%d.%m.%Y %H:%M}  {request.status}  "
        f"{request.name}  {contact}  {about}"
    )
