"""What a list may hold at most, and how its texts look in print."""

import unicodedata

#: Characters; the longest name of the shop's own list has 112.
MAX_NAME = 500
MAX_CODE = 50
MAX_STATUS = 100
#: A price above this is no price.
MAX_PRICE_KOP = 10_000_000_00


def clean(text: str) -> str:
    """The text as it looks in print: in one line, without characters that have no shape."""
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() else " " if _is_space(char) else "" for char in text
        )
    return text.strip()


def _is_space(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zs", "Zl", "Zp")
