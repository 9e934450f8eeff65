"""Making a backup of a running bot, and a bot of a backup."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from optfm.backup import archive
from optfm.backup.archive import DUMP, Manifest, open_backup
from optfm.backup.postgres_tools import run
from optfm.errors import Refused

#: Of `OPTFM_VAR`: what cannot be made again. The rest is caches, locks and the embedded Postgres.
_KEPT = ("session.key", "internal.token", "erasure.key", "erasures.jsonl", "price-profile.json")
_KEPT_FOLDERS = ("files",)
#: Its lines are added to, never replaced: the file remembers erasures that a backup forgot.
_RECEIPTS = "erasures.jsonl"


def create(engine: Engine, var: Path, folder: Path, key: str) -> tuple[Path, Manifest]:
    """Copy the shop as it is at this moment; nobody has to stop for it.

    :param folder: where the file goes; made where it is missing.
    :param key: BACKUP_KEY; "" leaves the file open.
    :returns: the file, named by its moment in UTC, and what is in it.
    :raises Refused: pg_dump failed, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as name:
            dump = Path(name) / DUMP
            now, revision, rows = _dump(engine, dump)
            files = {DUMP: dump, **dict(_of_var(var))}
            target = folder / f"optfm-{now:%Y-%m-%dT%H-%M-%SZ}.backup"
            manifest = archive.write(
                target, created_at=now, revision=revision, rows=rows, files=files, key=key
            )
    except OSError as exc:
        raise Refused(f"копия не сделана: {exc.strerror}: {exc.filename or folder}") from exc
    return target, manifest


def restore(engine: Engine, var: Path, file: Path, key: str, *, force: bool) -> Manifest:
    """Make the database and the files what they were.

    What is in `var` already stays: its keys are in use, and its receipts of erasures are newer.

    :param engine: of a database that is not migrated yet; with `force` it may be: it is emptied.
    :raises Refused: the file is wrong, the database is not empty, or pg_restore failed (nothing is
        changed then).
    """
    with open_backup(file, key) as (manifest, folder):
        with engine.connect() as connection:
            if not force and _tables(connection):
                raise Refused("база не пуста: восстановление заменит её целиком (--force)")
        _load(engine, folder / DUMP)
        _bring_back(folder / "var", var)
    return manifest


def rows_of(connection: Connection) -> dict[str, int]:
    """Rows of every table of the shop, by name."""
    return {
        name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in _tables(connection)
    }


def _tables(connection: Connection) -> list[str]:
    names = connection.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    )
    return list(names.scalars())


def _dump(engine: Engine, target: Path) -> tuple[datetime, str, Mapping[str, int]]:
    """Dump and count in one snapshot, so that the counts are those of the dump under any load."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        run(
            "pg_dump",
            engine.url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        return datetime.now(UTC), revision, rows_of(connection)


def _load(engine: Engine, dump: Path) -> None:
    """Empty the schema and fill it, in one transaction: a failure leaves everything as it was."""
    script = dump.with_suffix(".sql")
    run("pg_restore", engine.url, "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    engine.dispose()
    run(
        "psql",
        engine.url,
        *("--quiet", "--no-psqlrc", "--output=/dev/null", "--set=ON_ERROR_STOP=1"),
        "--single-transaction",
        "--command=SET statement_timeout = 0; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        f"--file={script}",
    )


def _of_var(var: Path) -> Iterator[tuple[str, Path]]:
    for name in _KEPT:
        if (var / name).is_file():
            yield f"var/{name}", var / name
    for folder in _KEPT_FOLDERS:
        for path in sorted((var / folder).rglob("*")):
            if path.is_file():
                yield f"var/{path.relative_to(var)}", path


def _bring_back(saved: Path, var: Path) -> None:
    for path in sorted(p for p in saved.rglob("*") if p.is_file()):
        target = var / path.relative_to(saved)
        if target.name == _RECEIPTS and target.exists():
            _add_lines(path, target)
        elif not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            if "files" not in target.parts:
                target.chmod(0o600)


def _add_lines(saved: Path, target: Path) -> None:
    there = target.read_text(encoding="utf-8").splitlines()
    missing = [line for line in saved.read_text(encoding="utf-8").splitlines() if line not in there]
    target.write_text("".join(f"{line}\n" for line in (*missing, *there)), encoding="utf-8")
