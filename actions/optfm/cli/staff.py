"""`optfm staff …`: who works at the desk."""

from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import settings
from optfm.cli.shop_database import shop_database
from optfm.desk import accounts, audit
from optfm.push.keys import new_private_key, public_key
from optfm.settings import Settings

_ROLES = {"owner": "владелец", "manager": "менеджер"}


@click.group()
def staff() -> None:
    """Сотрудники, которые входят на рабочее место (/desk/)."""


@staff.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["manager", "owner"]),
    default="manager",
    show_default=True,
    help="owner видит ещё отчёты и правит ответы бота.",
)
def add(name: str, role: accounts.Role) -> None:
    """Завести сотрудника NAME (так его увидят клиенты) и получить ссылку для пароля."""
    with shop_database() as engine, engine.begin() as connection:
        token = accounts.add(connection, name, role)
        audit.note(connection, None, "staff_add", name)
    _show(settings(), token)


@staff.command("list")
def show_list() -> None:
    """Показать всех сотрудников."""
    zone = ZoneInfo(settings().timezone)
    with shop_database() as engine, engine.connect() as connection:
        found = accounts.listed(connection)
    for person in found:
        state = (
            f"отключён {person.disabled_at.astimezone(zone):%d.%m.%Y}"
            if person.disabled_at
            else "работает" if person.has_password else "ещё не задал пароль"
        )  # fmt: skip
        click.echo(f"{person.name:20} {_ROLES[person.role]:10} {state}")
    if not found:
        click.echo("Сотрудников нет. Завести: optfm staff add ИМЯ --role owner")


@staff.command()
@click.argument("name")
def disable(name: str) -> None:
    """Больше не впускать NAME; его сеансы заканчиваются сразу."""
    with shop_database() as engine, engine.begin() as connection:
        person = accounts.disable(connection, name)
        audit.note(connection, None, "staff_disable", person.name)
    click.echo(f"{person.name}: вход закрыт. Вернуть: optfm staff reset «{person.name}»")


@staff.command()
@click.argument("name")
def reset(name: str) -> None:
    """Дать NAME новую ссылку для пароля; прежний пароль и сеансы больше не действуют."""
    with shop_database() as engine, engine.begin() as connection:
        token = accounts.reset(connection, name)
        audit.note(connection, None, "staff_reset", name)
    _show(settings(), token)


@staff.command("push-keys")
def push_keys() -> None:
    """Сделать ключ для уведомлений при закрытом браузере (Web Push); строку вписать в .env."""
    private = new_private_key()
    click.echo(f"PUSH_PRIVATE_KEY={private}")
    click.echo(f"# открытый ключ, он выводится из секретного: {public_key(private)}")
    click.echo("Впишите первую строку в .env и перезапустите бота.", err=True)


def _show(configured: Settings, token: str) -> None:
    here = configured.public_url or f"http://127.0.0.1:{configured.desk_port}"
    click.echo(f"{here}/desk/invitation/{token}")
    click.echo("Ссылка работает один раз, сутки: передайте её сотруднику лично.", err=True)
