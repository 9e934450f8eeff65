"""Russian words in Latin letters: «dostavka v shuyu»."""

import re
from collections.abc import Iterator

_LONG = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю",
    "ya": "я", "ja": "я", "yo": "ё", "jo": "ё", "ye": "е", "ts": "ц", "iy": "ий", "yy": "ый",
    "ey": "ей", "ay": "ай", "oy": "ой", "uy": "уй",
}  # fmt: skip
_SHORT = dict(zip("abvgdezijklmnoprstufhcywq", "абвгдезийклмнопрстуфхцывк", strict=True))
_SHORT["x"] = "кс"
_LATIN = re.compile("|".join([*sorted(_LONG, key=len, reverse=True), "[a-z]"]))


def from_latin(word: str) -> Iterator[str]:
    """What a Russian word in lower-case Latin letters may be, the likeliest first."""
    plain = _LATIN.sub(lambda found: _LONG.get(found[0]) or _SHORT[found[0]], word)
    yield plain
    yield f"{plain}ь"
    yield plain.replace("ё", "е")
    if "ы" in plain:
        yield plain.replace("ы", "й")
