"""`optfm api …`: keys of the systems that use the API, and its description."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from optfm.api import keys
from optfm.api.scopes import MEANINGS, Scope
from optfm.bootstrap import database, settings
from optfm.errors import Refused

_ALL = "all"


@click.group()
def api() -> None:
    """API для систем компании: ключи и описание."""


@api.command()
def describe() -> None:
    """Показать описание API (OpenAPI 3.1, YAML), как в docs/openapi-v1.yaml."""
    from optfm.api.describing import as_yaml  # FastAPI takes a second to load

    click.echo(as_yaml(), nl=False)


@api.group("keys")
def keys_group() -> None:
    """Ключи: выпустить, показать, отозвать, сменить."""


def _scopes(context: click.Context, parameter: click.Parameter, given: str) -> tuple[Scope, ...]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if names == [_ALL]:
        return tuple(Scope)
    if wrong := [name for name in names if name not in set(Scope)]:
        rights = "\n".join(f"  {scope:16} {MEANINGS[scope]}" for scope in Scope)
        raise click.BadParameter(f"«{wrong[0]}»: такого права нет. Есть:\n{rights}\nили all")
    if not names:
        raise click.BadParameter("назовите хотя бы одно право")
    return tuple(Scope(name) for name in names)


def _expiry(
    context: click.Context, parameter: click.Parameter, given: datetime | None
) -> datetime | None:
    if given is None:
        return None
    at = given.replace(tzinfo=ZoneInfo(settings().timezone))
    if at <= datetime.now(UTC):
        raise click.BadParameter("это время уже прошло")
    return at


@keys_group.command()
@click.argument("name")
@click.option(
    "--scopes", required=True, callback=_scopes, help="Права через запятую, или all: все."
)
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M"]),
    callback=_expiry,
    help="До какого времени действует; без него бессрочный.",
)
def add(name: str, scopes: tuple[Scope, ...], expires: datetime | None) -> None:
    """Выпустить ключ для системы NAME; он показывается один раз."""
    if not 1 <= len(name) <= 60 or not all(c.isalnum() or c in "-_." for c in name):
        raise Refused(f"«{name}»: имя до 60 знаков, из букв, цифр, «-», «_» и «.»")
    with database(settings()) as engine:
        token = keys.add(engine, name, scopes, expires_at=expires)
    _show(token)


@keys_group.command("list")
def show_list() -> None:
    """Показать ключи, новые сверху; сами ключи не хранятся."""
    configured = settings()
    zone = ZoneInfo(configured.timezone)
    with database(configured) as engine:
        found = keys.keys(engine)
    now = datetime.now(UTC)
    for key in found:
        click.echo(
            f"{key.client:20} optfm_{key.prefix}_…  {_state(key, now, zone)}  "
            f"выпущен {_when(key.created_at, zone)}  "
            f"последний раз {_when(key.last_used_at, zone)}  {', '.join(sorted(key.scopes))}"
        )
    if not found:
        click.echo("Ключей нет. Выпустить: optfm api keys add ИМЯ --scopes search")


@keys_group.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Отозвать все ключи системы NAME или один, по его началу."""
    with database(settings()) as engine:
        ended = keys.revoke(engine, name)
    click.echo(f"Отозвано ключей: {ended}. Перестают действовать не позже чем через секунду.")


@keys_group.command()
@click.argument("name")
@click.option(
    "--keep-hours",
    type=click.FloatRange(0, 24 * 90),
    default=24.0,
    show_default=True,
    help="Сколько часов действует прежний ключ.",
)
def rotate(name: str, keep_hours: float) -> None:
    """Выпустить системе NAME новый ключ с теми же правами; прежний пока действует."""
    with database(settings()) as engine:
        token = keys.rotate(engine, name, keep=timedelta(hours=keep_hours))
    _show(token)
    click.echo(f"Прежний ключ действует ещё {keep_hours:g} ч.")


def _show(token: str) -> None:
    click.echo(token)
    click.echo("Сохраните ключ: больше он не показывается.", err=True)


def _state(key: keys.Key, now: datetime, zone: ZoneInfo) -> str:
    if key.revoked_at is not None:
        return f"отозван {_when(key.revoked_at, zone)}"
    if key.expires_at is None:
        return "бессрочный"
    return f"{'до' if now < key.expires_at else 'истёк'} {_when(key.expires_at, zone)}"


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" if moment else "—"
