"""The file of a backup: a tar whose first member says what the others are.

manifest.json   when it was made, rows of each table, size and SHA-256 of each member
database.dump   pg_dump's custom format
var/…           keys, receipts of erasures, files that customers sent
"""

import contextlib
import dataclasses
import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from optfm.backup.sealing import WrongKey, is_sealed, seal, unseal
from optfm.errors import Refused

_FORMAT = "optfm-backup-1"
DUMP = "database.dump"


class WrongBackup(Refused):
    """The file is no backup of ours, was cut or changed, or needs another key."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    created_at: datetime  #: of the snapshot that was copied; UTC
    revision: str  #: the migration that the database stands at
    rows: Mapping[str, int]  #: of each table, in the snapshot
    members: Mapping[str, tuple[int, str]]  #: bytes and SHA-256 of each other member, by its name


def write(
    target: Path,
    *,
    created_at: datetime,
    revision: str,
    rows: Mapping[str, int],
    files: Mapping[str, Path],
    key: str,
) -> Manifest:
    """Make the file; half of one never bears its name.

    :param files: what goes in, by its name in there.
    :param key: BACKUP_KEY; "" leaves it unsealed.
    """
    members = {name: (path.stat().st_size, _digest(path)) for name, path in files.items()}
    manifest = Manifest(created_at=created_at, revision=revision, rows=rows, members=members)
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryFile(dir=target.parent) as plain, part.open("xb") as out:
            part.chmod(0o600)
            _write_tar(plain, manifest, files)
            plain.seek(0)
            if key:
                seal(plain, out, key)
            else:
                _copy(plain, out)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextlib.contextmanager
def open_backup(file: Path, key: str) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and a folder with the members, each checked; the folder ends with the block.

    :param key: BACKUP_KEY; not needed for an unsealed file.
    :raises WrongBackup: as its docstring.
    """
    with tempfile.TemporaryDirectory(prefix="optfm-backup-") as name:
        folder = Path(name)
        try:
            with _plain(file, key) as plain, tarfile.open(fileobj=plain, mode="r:") as tar:
                manifest = _manifest(tar)
                for member in manifest.members:
                    _extract(tar, member, manifest.members[member], folder)
        except (tarfile.TarError, KeyError, ValueError, EOFError) as exc:
            raise WrongBackup(f"{file}: это не копия бота или она записана не до конца") from exc
        except WrongKey as exc:
            raise WrongBackup(f"{file}: не тот BACKUP_KEY, или файл повреждён") from exc
        except OSError as exc:
            raise WrongBackup(f"{file}: {exc.strerror or exc}") from exc
        yield manifest, folder


def verify(file: Path, key: str) -> Manifest:
    """Read all of it.

    :raises WrongBackup: it could not be restored.
    """
    with open_backup(file, key) as (manifest, _):
        return manifest


@contextlib.contextmanager
def _plain(file: Path, key: str) -> Iterator[IO[bytes]]:
    with file.open("rb") as source:
        if not is_sealed(source):
            source.seek(0)
            yield source
            return
        if not key:
            raise WrongBackup(f"{file}: копия закрыта ключом, задайте BACKUP_KEY")
        with tempfile.TemporaryFile() as plain:
            unseal(source, plain, key)
            plain.seek(0)
            yield plain


def _write_tar(out: IO[bytes], manifest: Manifest, files: Mapping[str, Path]) -> None:
    said = {"format": _FORMAT, **dataclasses.asdict(manifest)}
    text = json.dumps(said, default=str, ensure_ascii=False, indent=1).encode()
    with tarfile.open(fileobj=out, mode="w") as tar:
        first = tarfile.TarInfo("manifest.json")
        first.size = len(text)
        tar.addfile(first, io.BytesIO(text))
        for name, path in files.items():
            tar.add(path, arcname=name, recursive=False)


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != "manifest.json":
        raise ValueError("no manifest")
    content = tar.extractfile(first)
    assert content is not None
    said: dict[str, Any] = json.load(content)
    if said.pop("format") != _FORMAT:
        raise ValueError("another format")
    return Manifest(
        created_at=datetime.fromisoformat(said["created_at"]).astimezone(UTC),
        revision=str(said["revision"]),
        rows={str(name): int(count) for name, count in said["rows"].items()},
        members={str(name): (int(m[0]), str(m[1])) for name, m in said["members"].items()},
    )


def _extract(tar: tarfile.TarFile, name: str, expected: tuple[int, str], folder: Path) -> None:
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise ValueError("a name that leads out")
    source = tar.extractfile(name)
    if source is None:
        raise ValueError("no file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        _copy(source, out)
    if (target.stat().st_size, _digest(target)) != expected:
        raise ValueError(f"{name} is not what was written")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while piece := source.read(1 << 20):
        target.write(piece)
