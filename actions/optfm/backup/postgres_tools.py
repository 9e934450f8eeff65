"""pg_dump, pg_restore and psql: where they are, and how a password reaches them unseen."""

import os
import shutil
import subprocess

from sqlalchemy import URL

from optfm.db.embedded import installed_programs
from optfm.errors import Refused

_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def run(program: str, url: URL, *arguments: str) -> None:
    """Run one of Postgres' programs on a database.

    :param program: `pg_dump`, `pg_restore` or `psql`.
    :param url: of the database; its password goes by the environment, which others cannot read.
    :raises Refused: it failed; its last words.
    """
    done = subprocess.run(
        [_path(program), "--no-password", *arguments],
        env={**os.environ, **_environ(url), "PGCONNECT_TIMEOUT": "10"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        words = [line for line in done.stderr.strip().splitlines() if "error" in line.lower()]
        raise Refused(f"{program}: {(words or [done.stderr.strip()[-200:]])[0]}")


def _path(program: str) -> str:
    """Ours, of the embedded server's own version, which every older server understands; else the
    machine's."""
    installed = installed_programs()
    ours = installed / "bin" / program if installed else None
    return str(ours) if ours and ours.exists() else shutil.which(program) or program


def _environ(url: URL) -> dict[str, str]:
    said = {"host": url.host, "port": str(url.port or ""), **url.query}
    environ = {name: str(said[word]) for word, name in _LIBPQ.items() if said.get(word)}
    environ["PGDATABASE"] = url.database or "postgres"
    if url.username:
        environ["PGUSER"] = url.username
    if url.password:
        environ["PGPASSWORD"] = str(url.password)
    return environ
