"""Copies of the shop: database, keys and customers' files in one file that can be judged."""

from optfm.backup.archive import Manifest, WrongBackup, open_backup, verify
from optfm.backup.bucket import Bucket
from optfm.backup.copying import create, restore
from optfm.backup.places import Backup, Folder, Place, bring_over, prune

__all__ = [
    "Backup",
    "Bucket",
    "Folder",
    "Manifest",
    "Place",
    "WrongBackup",
    "bring_over",
    "create",
    "open_backup",
    "prune",
    "restore",
    "verify",
]
