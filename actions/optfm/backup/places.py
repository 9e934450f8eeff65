"""Where backups are kept, and which of them may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from optfm.backup.sealing import is_sealed

#: Nights without a network that are made up for.
_CATCHES_UP = 3
_NAME = "optfm-%Y-%m-%dT%H-%M-%SZ.backup"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """One that is kept."""

    name: str
    at: datetime  #: UTC, by its name
    size: int  #: bytes


def backup_of(name: str, size: int) -> Backup | None:
    """What a file is by its name; None where it is no backup of ours."""
    try:
        at = datetime.strptime(name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(name=name, at=at, size=size)


class Place(Protocol):
    """Where backups are kept."""

    def backups(self) -> list[Backup]:
        """Those there, the newest first."""
        ...

    def remove(self, backup: Backup) -> None:
        """Delete one."""
        ...


class Away(Place, Protocol):
    """One on another machine."""

    def bring(self, file: Path) -> None:
        """Put a backup there, whole or not at all."""
        ...


@dataclass(frozen=True)
class Folder:
    """A folder of backups; it may not be there yet."""

    path: Path

    def backups(self) -> list[Backup]:
        """Those here, the newest first; files of other names are not looked at."""
        files = self.path.glob("optfm-*.backup")
        found = [one for file in files if (one := backup_of(file.name, file.stat().st_size))]
        return sorted(found, key=lambda backup: backup.at, reverse=True)

    def sealed(self) -> list[Backup]:
        """Those of them that nobody reads without BACKUP_KEY."""
        return [backup for backup in self.backups() if self._is_sealed(backup)]

    def _is_sealed(self, backup: Backup) -> bool:
        with (self.path / backup.name).open("rb") as file:
            return is_sealed(file)

    def remove(self, backup: Backup) -> None:
        """Delete one."""
        (self.path / backup.name).unlink(missing_ok=True)


def prune(place: Place, *, keep: int, days: int, now: datetime) -> Sequence[Backup]:
    """Delete what is older than `days`, but never one of the newest `keep`.

    :returns: what was deleted.
    """
    old = [b for b in place.backups()[keep:] if now - b.at > timedelta(days=days)]
    for backup in old:
        place.remove(backup)
    return old


def bring_over(folder: Folder, bucket: Away) -> Sequence[Backup]:
    """Bring what a bucket lacks of the newest backups: the one just made, or those of its bad days.

    One that was made before there was a BACKUP_KEY stays here: customers' data in the open.

    :returns: what was brought.
    :raises Refused: as the bucket's methods.
    """
    there = {backup.name for backup in bucket.backups()}
    missing = [backup for backup in folder.sealed()[:_CATCHES_UP] if backup.name not in there]
    for backup in reversed(missing):
        bucket.bring(folder.path / backup.name)
    return missing
