"""Where backups are kept, and which of them may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_NAME = "optfm-%Y-%m-%dT%H-%M-%SZ.backup"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """One that is kept."""

    name: str
    at: datetime  #: UTC, by its name
    size: int  #: bytes


class Place:
    """A folder of backups.

    :param folder: may not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def backups(self) -> list[Backup]:
        """Those here, the newest first; files of other names are not looked at."""
        found = []
        for path in self.folder.glob("optfm-*.backup"):
            try:
                at = datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
            except ValueError:
                continue
            found.append(Backup(name=path.name, at=at, size=path.stat().st_size))
        return sorted(found, key=lambda backup: backup.at, reverse=True)

    def remove(self, backup: Backup) -> None:
        """Delete one."""
        (self.folder / backup.name).unlink(missing_ok=True)


def place_of(folder: Path) -> Place:
    """The place that OPTFM_BACKUPS names."""
    return Place(folder)


def prune(place: Place, *, keep: int, days: int, now: datetime) -> Sequence[Backup]:
    """Delete what is older than `days`, but never one of the newest `keep`.

    :returns: what was deleted.
    """
    old = [b for b in place.backups()[keep:] if now - b.at > timedelta(days=days)]
    for backup in old:
        place.remove(backup)
    return old
