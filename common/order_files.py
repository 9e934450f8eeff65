"""Which files of a customer may hold an order, and how large they may be."""

from pathlib import PurePath

#: What a chat takes; said beforehand, never cut silently.
LARGEST_BYTES = 5 * 2**20
SUFFIXES = (".xlsx", ".xls", ".csv", ".txt")


def may_hold_order(name: str) -> bool:
    """Whether a file is read as an order, by the end of its name."""
    return PurePath(name).suffix.lower() in SUFFIXES
