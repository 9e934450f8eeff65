"""A few of many, named in a sentence for the staff."""

from collections.abc import Sequence


def listed(items: Sequence[str], *, most: int = 10) -> str:
    """«a, b и ещё 3»."""
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" и ещё {rest}" if rest > 0 else "")


def quoted(items: Sequence[str], most: int = 10) -> str:
    """The same in «»."""
    return listed([f"«{item}»" for item in items], most=most)
