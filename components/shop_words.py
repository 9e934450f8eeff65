"""Messages that are said to the shop about its trade, whatever they ask."""

import functools
import re
from pathlib import Path

import yaml

VOCABULARY = Path(__file__).with_suffix(".yml")
_WORD = re.compile(r"[^\W\d_]+")


@functools.lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words of address, and the beginnings of words of trade."""
    read = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    return frozenset(read["обращение"]), tuple(read["дело"])


def of_the_shop(text: str) -> bool:
    """Whether a message speaks to somebody of his trade: «а вы на выставках торгуете?»."""
    address, trade = _words()
    words = [word.lower().replace("ё", "е") for word in _WORD.findall(text)]
    return any(w in address for w in words) and any(w.startswith(trade) for w in words)
