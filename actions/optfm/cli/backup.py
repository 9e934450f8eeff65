"""`optfm backup …`: copies of the shop in the hands of its staff."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from optfm import bootstrap
from optfm.backup import Backup, Folder, Manifest, bring_over, create, prune, restore, verify
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
        _keep(configured)


def _keep(configured: Settings) -> None:
    """Bring the new one where backups go besides, and let the old ones go."""
    folder, bucket = Folder(configured.optfm_backups), bootstrap.bucket_of(configured)
    if bucket:
        for one in bring_over(folder, bucket):
            click.echo(f"Отправлена в хранилище: {one.name}")
    for place, where in ((folder, ""), (bucket, " в хранилище")):
        if place is None:
            continue
        now = datetime.now(UTC)
        for old in prune(place, keep=configured.backup_keep, days=configured.backup_days, now=now):
            click.echo(f"Удалена старая{where}: {old.name}")


@backup.command("list")
def list_backups() -> None:
    """Показать копии, новые сверху."""
    configured = bootstrap.settings()
    here = {one.name: one for one in Folder(configured.optfm_backups).backups()}
    bucket = bootstrap.bucket_of(configured)
    there = {one.name: one for one in bucket.backups()} if bucket else {}
    if not here and not there:
        click.echo(f"Копий нет: {configured.optfm_backups}. Сделать: optfm backup create")
    zone = ZoneInfo(configured.timezone)
    for name in sorted(here | there, reverse=True):
        one = (here | there)[name]
        at = f"{one.at.astimezone(zone):%d.%m.%Y %H:%M}"
        where = str(configured.optfm_backups / name) if name in here else name
        also = "  в хранилище" if name in there else ""
        click.echo(f"{at}  {_size(one.size):>9}  {where}{also}")


@backup.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
def verify_backup(file: Path | None) -> None:
    """Прочитать копию FILE целиком (без FILE: самую новую); имя из хранилища тоже годится."""
    configured = bootstrap.settings()
    chosen = _chosen(configured, file)
    manifest = verify(chosen, _key(configured))
    click.echo(f"Копия цела: {chosen}")
    _show(manifest)


@backup.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--force", is_flag=True, help="Заменить непустую базу.")
def restore_backup(file: Path | None, force: bool) -> None:
    """Восстановить из копии FILE (без FILE: из самой новой); бот должен быть остановлен."""
    configured = bootstrap.settings()
    chosen = _chosen(configured, file)
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


def _chosen(configured: Settings, file: Path | None) -> Path:
    """The backup that is meant, brought here if it is in the bucket only.

    :param file: a path, or a name as `list` shows it; None: the newest one.
    """
    if file and file.exists():
        return file
    folder, bucket = Folder(configured.optfm_backups), bootstrap.bucket_of(configured)
    found: list[Backup] = [*folder.backups(), *(bucket.backups() if bucket else ())]
    if file:
        found = [one for one in found if one.name == file.name]
    if not found:
        raise Refused(f"нет такой копии: {file}" if file else f"копий нет: {folder.path}")
    newest = max(found, key=lambda one: one.at)
    here = folder.path / newest.name
    if here.exists() or bucket is None:
        return here
    click.echo(f"Беру из хранилища: {newest.name}")
    return bucket.fetch(newest.name, folder.path)


def _key(configured: Settings) -> str:
    return configured.backup_key.get_secret_value()


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} МБ"
