"""Words of a message as the order writes them: «вбт-27» of the WBT-27, «мт» of the MT."""

import functools
import re
from collections.abc import Iterator

from optfm.orders.edit_words import edit_words
from optfm.orders.order import Order
from optfm.orders.quantities import plain
from optfm.text.morphology import is_word
from optfm.text.normalise import has_cyrillic
from optfm.text.phonetic import sounds

_WORD = re.compile(r"(?<![\w-])[^\W_]+(?:-[^\W_]+)*(?![\w-])")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
#: a single letter sounds like too many
_SHORTEST = 2


def echoed(text: str, order: Order) -> str:
    """The text with foreign words by their sound in the letters that the order has them in."""
    written = _written(order)
    low, found, start = plain(text), "", 0
    for match in _WORD.finditer(low):
        word = match[0]
        if not has_cyrillic(word) or word in edit_words().known or is_word(word):
            continue
        if said := next((written[key] for key in _keys(word) if key in written), ""):
            found, start = f"{found}{text[start : match.start()]}{said}", match.end()
    return found + text[start:]


def _written(order: Order) -> dict[tuple[str, ...], str]:
    names = [name for x in order.lines for name in (x.name, *(o.name for o in x.options))]
    words = {w for name in names for w in _WORD.findall(plain(name)) if not has_cyrillic(w)}
    return {key: word for word in sorted(words) for key in _keys(word)}


@functools.lru_cache(10_000)
def _keys(word: str) -> tuple[tuple[str, ...], ...]:
    """How a word may sound, its numbers as they are; none for what has hardly a letter."""
    return tuple(_made_keys(word))


def _made_keys(word: str) -> Iterator[tuple[str, ...]]:
    parts = _PARTS.findall(word)
    letters = [part for part in parts if not part.isdigit()]
    if len(letters) == 1 and len(letters[0]) >= _SHORTEST:
        for key in sounds(letters[0]):
            yield tuple(key if part == letters[0] else part for part in parts)
