"""Copies of the shop: database, keys and customers' files in one file that can be judged."""

from optfm.backup.archive import Manifest, WrongBackup, open_backup, verify
from optfm.backup.copying import create, restore
from optfm.backup.places import Backup, Place, place_of, prune

__all__ = [
    "Backup",
    "Manifest",
    "Place",
    "WrongBackup",
    "create",
    "open_backup",
    "place_of",
    "prune",
    "restore",
    "verify",
]
