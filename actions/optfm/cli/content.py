"""`optfm content …`: what staff published, and the files of the repository."""

import difflib
import getpass
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.cli.deploy import watching
from optfm.content import Document, Standing, all_documents, history, publish, standing
from optfm.content import document as named
from optfm.content.gate import pass_floors
from optfm.content.revisions import all_current, current
from optfm.errors import Refused
from optfm.processes.deploying import teach as learn

_STANDS: dict[Standing, str] = {
    "file": "как в файле",
    "same": "опубликовано, файл говорит то же",
    "ahead": "опубликовано, в файле ещё прежнее",
    "apart": "опубликовано, а файл с тех пор изменили",
}


@click.group()
def content() -> None:
    """Тексты, условия и слова, которые правят без программиста."""


@content.command("list")
def show_list() -> None:
    """Показать документы, которые кто-нибудь публиковал, и как они относятся к файлам."""
    found = _published()
    for document, text, stands in found:
        click.echo(f"{document.name}  {_STANDS[stands]}" + ("" if text else ", файл и действует"))
    if not found:
        click.echo("Ничего не публиковали: всё как в файлах.")


@content.command()
@click.argument("name", metavar="ДОКУМЕНТ")
def log(name: str) -> None:
    """Показать публикации документа, новые сверху."""
    configured = settings()
    with database(configured) as engine, engine.connect() as connection:
        found = history(connection, named(name).name)
    for one in found:
        at = one.at.astimezone(ZoneInfo(configured.timezone))
        what = "вернул(а) текст файла" if one.text is None else one.note
        click.echo(f"{one.id}  {at:%d.%m.%Y %H:%M}  {one.author}  {what}")
    if not found:
        click.echo("Этот документ не публиковали.")


@content.command()
def diff() -> None:
    """Показать, чем опубликованное отличается от файлов; код 1, если отличается."""
    apart = False
    for document, text, stands in _published():
        if text is None or stands in ("file", "same"):
            continue
        apart = True
        lines = difflib.unified_diff(
            document.in_file().splitlines(), text.splitlines(),
            fromfile=document.name, tofile=f"{document.name} (опубликовано)", lineterm="",
        )  # fmt: skip
        click.echo("\n".join(lines))
    if apart:
        raise click.exceptions.Exit(1)
    click.echo("Файлы говорят то же, что и бот.")


@content.command()
@click.option("--force", is_flag=True, help="И те, чьи файлы изменили после публикации.")
def export(force: bool) -> None:
    """Записать опубликованное в файлы репозитория, чтобы положить их в git."""
    found = [(d, text, s) for d, text, s in _published() if text is not None]
    if (apart := [d.name for d, _, s in found if s == "apart"]) and not force:
        raise Refused(
            f"{apart[0]}: файл изменили после публикации; посмотрите optfm content diff, потом"
            " export --force (останется опубликованное) или import (останется файл)"
        )
    written = 0
    for document, text, stands in found:
        if stands not in ("ahead", "apart"):
            continue
        try:
            document.to_file(text if text.endswith("\n") or document.part else f"{text}\n")
        except OSError as exc:
            raise Refused(f"{document.path.name}: не записывается ({exc.strerror})") from exc
        click.echo(f"{document.name}: записан")
        written += 1
    click.echo(f"Файлов изменено: {written}" if written else "Файлы и так говорят то же.")


@content.command("import")
@click.argument("name", metavar="ДОКУМЕНТ")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def import_(name: str, file: Path | None) -> None:
    """Пусть действует то, что в файле репозитория, или то, что в другом ФАЙЛЕ."""
    document = named(name)
    try:
        text = file.read_text(encoding="utf-8") if file else None
    except (OSError, UnicodeDecodeError) as exc:
        raise Refused(f"{file}: не читается как текст UTF-8") from exc
    if text is not None:
        pass_floors(document, text)
    with database(settings()) as engine, engine.begin() as connection:
        there = current(connection, document.name)
        done = publish(
            connection,
            document,
            text,
            author=getpass.getuser(),
            base=there.id if there else 0,
            note=f"из файла {file.name}" if file else "",
        )
    click.echo(f"{document.name}: публикация {done.id}")


@content.command()
@watching
def teach(watch_s: float) -> None:
    """Обучить работающего бота опубликованным фразам; негодные вернуть как были."""
    learn(settings(), watch_s=watch_s)


def _published() -> list[tuple[Document, str | None, Standing]]:
    known = {document.name: document for document in all_documents()}
    with database(settings()) as engine, engine.connect() as connection:
        found = all_current(connection)
    return [
        (known[r.document], r.text, standing(known[r.document], r))
        for r in found
        if r.document in known
    ]
