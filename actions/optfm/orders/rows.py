"""The rows of a message as they are read: without bullets, numbering, leaders and contacts."""

import itertools
import re
from collections.abc import Sequence

from optfm.orders.bare_amounts import bare_amount
from optfm.orders.quantities import explicit_amount, with_measures, with_packs
from optfm.orders.senses import Goods
from optfm.orders.words import order_words
from optfm.text.normalise import has_cyrillic
from optfm.text.phonetic import sound

_BULLET = re.compile(
    r"^\s*(?:[•*·●▪►>✓✔☐+\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\s*|[-–—]+\s*(?=\D)|[-–—]+\s+|№\s?\d{1,3}[.):]?\s+|\d{1,3}\)\s*|\d{1,3}\.(?:\s+|(?=[^\d\s])))"
)
_SMILE = re.compile(r"(?<=[\w!?])\s?[:;]?\){1,}(?=\s|$)")
#: «акб 11 про hg.....3», «дисплей 11 ____ 2»
_LEADER = re.compile(r"(?<=[^\W_])\s?(?:\.{3,}|…+|_{2,})\s?(?=\d)")
_PHONE = re.compile(r"(?<![\w-])(?:\+7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
_MAIL = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")
#: «забираем после 15:00», «звонить после 10»
_CLOCK = re.compile(
    r"(?<!\w)(?:после|до|с|со|к|ко|в|около)\s+(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.])"
    r"|(?<!\w)после\s+(?:[01]?\d|2[0-3])(?!\w|[.,:-]?\d)",
    re.IGNORECASE,
)
#: letters apart from everything else: «2sht»
_WORD = re.compile(r"([a-z]+)", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(\d{1,3})\s+(?:[-–—]\s+)?(?=[^\W\d])")


def rows_of(text: str, goods: Goods) -> list[str]:
    """The rows that say anything, in their order."""
    rows = [row for row in text.split("\n") if row.strip()]
    return [with_measures(with_packs(_bare(row, goods))) for row in _unnumbered(rows, goods)]


def without_contacts(row: str) -> str:
    """The row without telephones, addresses of e-mail and hours."""
    return _CLOCK.sub(" ", _MAIL.sub(" ", _PHONE.sub(" ", row)))


def _bare(row: str, goods: Goods) -> str:
    row = _BULLET.sub("", " ".join(row.split())).strip()
    if row.count(")") > row.count("("):
        row = _SMILE.sub(". ", row).strip()
    row = _LEADER.sub(" - ", row)
    if has_cyrillic(row):
        return _turned(row, goods)
    if (russian := _in_russian(row)) != row:
        return russian
    heard = goods.heard(row)
    return heard if has_cyrillic(heard) else row


def _turned(row: str, goods: Goods) -> str:
    """«vsim BG14 2 in, ой, раскладка»: what was typed before the keyboard was switched, turned."""
    runs = itertools.groupby(row.split(" "), key=has_cyrillic)
    return " ".join(
        typed if russian or not has_cyrillic(turned := goods.turned(typed)) else turned
        for russian, words in runs
        for typed in [" ".join(words)]
    )  # fmt: skip


def _in_russian(row: str) -> str:
    """«5 shtuk v pachke - 2 pachki»: the words of orders as a Russian writes them."""
    known, counts = order_words().by_sound, 0
    words = []
    for word in _WORD.split(row):
        russian = known.get(sound(word.lower()), word) if _LATIN_WORD.fullmatch(word) else word
        counts += russian != word and len(word) > 2
        words.append(russian)
    return "".join(words) if counts else row


def _unnumbered(rows: Sequence[str], goods: Goods) -> list[str]:
    """The rows without the numbers 1, 2, 3… at their beginnings, where each has a count, too."""
    numbers = [_NUMBER.match(row) for row in rows]
    if len(rows) < 2 or [int(n[1]) if n else 0 for n in numbers] != list(range(1, len(rows) + 1)):
        return list(rows)
    bare = [row[number.end() :] for row, number in zip(rows, numbers, strict=True) if number]
    counted = all(explicit_amount(r) or bare_amount(r, goods, ending=True) for r in bare)
    return bare if counted else list(rows)
