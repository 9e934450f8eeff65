"""`optfm erase` and `optfm export`: what the shop knows of one person, shown or gone."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.errors import Refused
from optfm.privacy.erase import Stores
from optfm.privacy.erase import erase as erase_person
from optfm.privacy.erase import replay as erase_again
from optfm.privacy.erase_receipts import Receipt, erasure_key
from optfm.privacy.export import export as export_person
from optfm.privacy.person import Kind, Subject
from optfm.settings import Settings

_ELSEWHERE = """\
Этого бот стереть не может, проверьте сами:
  письма менеджерам, выгрузки заявок (CSV, xlsx);
  тему группы в Telegram удаляет работающий бот: ./optfm outbox list (вид erase_topic);
  резервные копии базы: после восстановления выполните ./optfm erase --replay;
  CRM: {crm}."""

_phone = click.option("--phone", help="Телефон в любой записи.")
_email = click.option("--email", help="Адрес почты.")
_dialog = click.option("--dialog", help="Номер диалога, как в ./optfm requests list --jsonl.")


@click.command("erase")
@_phone
@_email
@_dialog
@click.option("--dry-run", is_flag=True, help="Только показать, что будет стёрто.")
@click.option("--yes", is_flag=True, help="Не переспрашивать.")
@click.option("--replay", is_flag=True, help="Стереть снова всех, на кого есть квитанции.")
def erase(
    phone: str | None,
    email: str | None,
    dialog: str | None,
    dry_run: bool,
    yes: bool,
    replay: bool,
) -> None:
    """Стереть всё об одном человеке и выдать квитанцию."""
    if replay:
        if phone or email or dialog or dry_run:
            raise click.UsageError("--replay работает без других указаний")
        _replay()
        return
    subject = _subject(phone, email, dialog)
    configured = settings()
    with _stores(configured) as stores:
        planned = erase_person(stores, subject, rehearse=True)
        if planned is None:
            click.echo("Об этом человеке ничего нет.")
            _show_earlier(stores, subject, configured)
            return
        click.echo("Будет стёрто:" if dry_run or not yes else "Стираю:")
        _show_counts(planned)
        if dry_run:
            return
        if not yes and not click.confirm("Стереть безвозвратно?", default=False):
            raise Refused("ничего не стёрто (без вопроса: --yes)")
        receipt = erase_person(stores, subject)
        if receipt:
            _show_receipt(receipt, configured)


@click.command("export")
@_phone
@_email
@_dialog
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Файл; иначе экран.")
def export(phone: str | None, email: str | None, dialog: str | None, out: Path | None) -> None:
    """Показать всё об одном человеке (JSON)."""
    subject = _subject(phone, email, dialog)
    with _stores(settings()) as stores:
        found = export_person(stores, subject)
    written = json.dumps(found, ensure_ascii=False, indent=2, default=_as_text)
    if out is None:
        click.echo(written)
        return
    try:
        out.touch(mode=0o600)
        out.write_text(written + "\n", encoding="utf-8")
    except OSError as exc:
        raise Refused(f"{out}: {exc.strerror}") from exc
    click.echo(f"Записано: {out}")


def _replay() -> None:
    configured = settings()
    with _stores(configured) as stores:
        done = erase_again(stores)
    for receipt in done:
        _show_receipt(receipt, configured)
    click.echo(f"Стёрто снова по квитанциям: {len(done)}." if done else "Стирать нечего.")


@contextlib.contextmanager
def _stores(configured: Settings) -> Iterator[Stores]:
    with database(configured) as engine:
        yield Stores(
            engine=engine,
            var=configured.optfm_var,
            logs=configured.optfm_logs,
            key=erasure_key(configured.erasure_key.get_secret_value(), configured.optfm_var),
        )


def _subject(phone: str | None, email: str | None, dialog: str | None) -> Subject:
    kinds: dict[Kind, str | None] = {"phone": phone, "email": email, "dialog": dialog}
    given = [(kind, value) for kind, value in kinds.items() if value is not None]
    if len(given) != 1:
        raise click.UsageError("укажите одно: --phone, --email или --dialog")
    return Subject.of(*given[0])


def _show_counts(receipt: Receipt) -> None:
    for name, count in receipt.counts.items():
        click.echo(f"  {name}: {count}")


def _show_receipt(receipt: Receipt, configured: Settings) -> None:
    at = receipt.at.astimezone(ZoneInfo(configured.timezone))
    click.echo(f"Квитанция № {receipt.id} от {at:%d.%m.%Y %H:%M}: {receipt.subject}")
    _show_counts(receipt)
    asked = receipt.counts.get("crm")
    crm = f"задание стереть поставлено, записей: {asked}" if asked else "бот туда не записывал"
    click.echo(_ELSEWHERE.format(crm=crm))


def _show_earlier(stores: Stores, subject: Subject, configured: Settings) -> None:
    for told in export_person(stores, subject)["erasures"]:
        at = told["at"].astimezone(ZoneInfo(configured.timezone))
        click.echo(f"Стёрто {at:%d.%m.%Y %H:%M}, квитанция № {told['id']}.")


def _as_text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
