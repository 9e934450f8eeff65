"""Receipts: what was erased of whom and when, without saying who.

A person stands in a receipt masked, and as keyed hashes of everything by which he could be looked
for, so that his data are found again in a database restored from a backup, and by nobody without
the key. Each receipt is a row of `erasures` and a line of a file below `OPTFM_VAR`: the table goes
back in time with a backup, the file does not.
"""

import dataclasses
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from optfm.db.tables import erasures
from optfm.privacy.person import Person, Subject

_FILE = "erasures.jsonl"
_KEY_FILE = "erasure.key"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """One erasure."""

    id: int  #: 0: the table gives the next one
    at: datetime  #: what was written before is gone; with a time zone
    subject: str  #: masked
    subject_sha256: str
    hashes: tuple[str, ...]  #: of all that named the person, the subject among them
    counts: dict[str, int]  #: rows a table, lines a log file, files


def erasure_key(given: str, var: Path) -> bytes:
    """The key of the hashes: the setting, else a file that is made once.

    :param given: `ERASURE_KEY`; "" where it is not set.
    """
    if given:
        return given.encode()
    path = var / _KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(32).encode() + b"\n")
    return path.read_bytes().strip()


def hashed(subject: Subject, key: bytes) -> str:
    """64 hexadecimal digits that only the holder of the key can compare."""
    said = f"{subject.kind}:{subject.value}".encode("utf-8", "surrogatepass")
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def hashes(person: Person, key: bytes) -> tuple[str, ...]:
    """Of everything by which the person could be looked for."""
    return tuple(hashed(subject, key) for subject in person.subjects())


def masked(subject: Subject) -> str:
    """Enough to recognise a person whom one knows: «+7910*****00», «a***@example.ru»."""
    value = subject.value
    if subject.kind == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    if subject.kind == "phone":
        return f"{value[:5]}*****{value[-2:]}"
    return f"диалог {value[:4]}…"


def keep(connection: Connection, receipt: Receipt) -> Receipt:
    """Write a receipt into the table, or its counts where it is there; with its number."""
    e = erasures.c
    values = {**dataclasses.asdict(receipt), "hashes": list(receipt.hashes)}
    if not receipt.id:
        del values["id"]
    number = connection.execute(
        select(e.id).where(e.at == receipt.at, e.subject_sha256 == receipt.subject_sha256)
    ).scalar()
    if number is None:
        adding = erasures.insert().values(**values).returning(e.id)
        return dataclasses.replace(receipt, id=connection.execute(adding).scalar_one())
    connection.execute(erasures.update().where(e.id == number).values(counts=receipt.counts))
    return dataclasses.replace(receipt, id=number)


def write_down(receipt: Receipt, var: Path) -> Path:
    """Add a receipt to the file that no backup of the database takes back; the file."""
    path = var / _FILE
    record = {**dataclasses.asdict(receipt), "at": receipt.at.isoformat()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def receipts(connection: Connection, var: Path) -> list[Receipt]:
    """All receipts of the table and of the file, the oldest first, each once."""
    rows = connection.execute(select(erasures)).mappings()
    found = [Receipt(**{**row, "hashes": tuple(row["hashes"])}) for row in rows]
    known = {(receipt.at, receipt.subject_sha256) for receipt in found}
    found += [r for r in _of_file(var / _FILE) if (r.at, r.subject_sha256) not in known]
    return sorted(found, key=lambda receipt: receipt.at)


def _of_file(path: Path) -> Iterator[Receipt]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        at = datetime.fromisoformat(record["at"])
        yield Receipt(**{**record, "id": 0, "at": at, "hashes": tuple(record["hashes"])})
