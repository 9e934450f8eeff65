"""Messages that are said to the shop about its trade, whatever they ask."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from common import published
from components.wording import morphology

VOCABULARY = Path(__file__).with_suffix(".yml")
_WORD = re.compile(r"[^\W\d_]+")
#: Words of trade that need nobody spoken to.
_TWO = 2


@dataclass(frozen=True, kw_only=True)
class _Words:
    address: frozenset[str]
    trade: tuple[str, ...]  #: beginnings
    places: tuple[str, ...]  #: where others trade; beginnings
    alone: re.Pattern[str]


def _read() -> _Words:
    read = yaml.safe_load(published.read(VOCABULARY))
    alone = "|".join(map(re.escape, read["сами"]))
    return _Words(
        address=frozenset(read["обращение"]),
        trade=tuple(read["дело"]),
        places=tuple(read["площадки"]),
        alone=re.compile(rf"\b(?:{alone})"),
    )


_words = published.Following(_read, VOCABULARY)


def of_the_shop(text: str) -> bool:
    """Whether a message speaks to somebody of his trade: «а вы на выставках торгуете?»."""
    known = _words()
    plain = text.lower().replace("ё", "е")
    if known.alone.search(plain):
        return True
    words = _WORD.findall(plain)
    of_trade = {beginning for w in words for beginning in known.trade if w.startswith(beginning)}
    elsewhere = any(w.startswith(known.places) for w in words)
    if addressed := [w for w in words if _addressed(w)]:
        # «продаете корм для кошек» says one thing of the shop, and not that it is ours.
        said_of_trade = any(w.startswith(known.trade) for w in words if [w] != addressed)
        return said_of_trade or elsewhere
    return len(_apart(of_trade)) >= _TWO and not elsewhere


def speaks_to_us(text: str) -> bool:
    """Whether a message says anything to somebody, or of trade: «верни деньги, в суд подам»."""
    known, words = _words(), _WORD.findall(text.lower().replace("ё", "е"))
    return of_the_shop(text) or any(_addressed(w) or w.startswith(known.trade) for w in words)


def of_another_shop(text: str) -> bool:
    """Whether a message tells of another place of trade and speaks to nobody here.

    «ozon не принимает возврат» is Ozon's business; «отправите озоном?» asks us.
    """
    words = _WORD.findall(text.lower().replace("ё", "е"))
    return any(w.startswith(_words().places) for w in words) and not any(map(_addressed, words))


def _apart(beginnings: set[str]) -> Sequence[str]:
    """Without those that only begin another one: «диспле» and «дисплей» are one word."""
    return [b for b in beginnings if not any(o != b and o.startswith(b) for o in beginnings)]


def _addressed(word: str) -> bool:
    """Whether a word is said to the shop: «вы», «ваш», «клеите»; «посоветуйте» is to anybody."""
    return word in _words().address or _asks_what_they_do(word)


@functools.lru_cache(maxsize=10_000)
def _asks_what_they_do(word: str) -> bool:
    tags = [reading.tag for reading in morphology().parse(word)]
    # «примете» is a noun first; «посоветуйте» and «смотрите» are no questions to the shop.
    tag = next((t for t in tags if "VERB" in t), tags[0])
    return "VERB" in tag and "2per" in tag and "plur" in tag and "impr" not in tag
