"""`optfm backup …`: copies of the shop in the hands of its staff."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from optfm import bootstrap
from optfm.backup import Manifest, create, place_of, prune, restore, verify
from optfm.errors import Refused
from optfm.settings import Settings


@click.group()
def backup() -> None:
    """Копии базы, ключей и файлов: сделать, проверить, восстановить."""


@backup.command("create")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Папка.")
def create_backup(to: Path | None) -> None:
    """Сделать копию сейчас; бот при этом работает."""
    configured = bootstrap.settings()
    folder = to or configured.optfm_backups
    with bootstrap.database(configured) as engine:
        file, manifest = create(engine, configured.optfm_var, folder, _key(configured))
    click.echo(f"Копия: {file} ({_size(file.stat().st_size)})")
    _show(manifest)
    if not _key(configured):
        click.echo("Копия не зашифрована: в ней личные данные клиентов (BACKUP_KEY).")
    if to is None:
        for old in prune(
            place_of(folder),
            keep=configured.backup_keep,
            days=configured.backup_days,
            now=datetime.now(UTC),
        ):
            click.echo(f"Удалена старая: {old.name}")


@backup.command("list")
def list_backups() -> None:
    """Показать копии, новые сверху."""
    configured = bootstrap.settings()
    found = place_of(configured.optfm_backups).backups()
    if not found:
        click.echo(f"Копий нет: {configured.optfm_backups}. Сделать: optfm backup create")
    zone = ZoneInfo(configured.timezone)
    for one in found:
        at = f"{one.at.astimezone(zone):%d.%m.%Y %H:%M}"
        click.echo(f"{at}  {_size(one.size):>9}  {configured.optfm_backups / one.name}")


@backup.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
def verify_backup(file: Path | None) -> None:
    """Прочитать копию FILE целиком (без FILE: самую новую)."""
    configured = bootstrap.settings()
    chosen = file or _newest(configured)
    manifest = verify(chosen, _key(configured))
    click.echo(f"Копия цела: {chosen}")
    _show(manifest)


@backup.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--force", is_flag=True, help="Заменить непустую базу.")
def restore_backup(file: Path | None, force: bool) -> None:
    """Восстановить из копии FILE (без FILE: из самой новой); бот должен быть остановлен."""
    configured = bootstrap.settings()
    chosen = file or _newest(configured)
    with bootstrap.bare_database(configured) as engine:
        manifest = restore(engine, configured.optfm_var, chosen, _key(configured), force=force)
    with bootstrap.database(configured):  # an older backup meets this version's tables
        pass
    click.echo(f"Восстановлено: {chosen}")
    _show(manifest)
    click.echo("Сотрите снова тех, кого стёрли после копии: optfm erase --replay")


def _show(manifest: Manifest) -> None:
    zone = ZoneInfo(bootstrap.settings().timezone)
    at = f"{manifest.created_at.astimezone(zone):%d.%m.%Y %H:%M:%S}"
    click.echo(f"  снимок {at}, версия базы {manifest.revision}")
    for name in ("dialogs", "events", "requests", "consents", "outbox", "price_rows"):
        if name in manifest.rows:
            click.echo(f"  {name}: {manifest.rows[name]}")
    files = sum(name.startswith("var/files/") for name in manifest.members)
    click.echo(f"  файлов клиентов: {files}")


def _newest(configured: Settings) -> Path:
    found = place_of(configured.optfm_backups).backups()
    if not found:
        raise Refused(f"копий нет: {configured.optfm_backups}")
    return configured.optfm_backups / found[0].name


def _key(configured: Settings) -> str:
    return configured.backup_key.get_secret_value()


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} МБ"
