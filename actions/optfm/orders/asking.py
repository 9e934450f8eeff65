"""What a line asks of its goods beside their words: a pack, a price, what they must not have."""

import re
from collections.abc import Container
from dataclasses import dataclass

from optfm.orders.quantities import plain
from optfm.orders.words import order_words
from optfm.text.morphology import stem

_NOT = re.compile(r"(?<!\w)(?:без|не|кроме)\s+([^\W\d_]{3,})(?:\s+([^\W\d_]{3,})(?!\w))?")
_WITHOUT = re.compile(r"(?<!\w)без\s+([^\W\d_]{3,})")
_WITH = re.compile(r"(?<!\w)(?:с|со)\s+([^\W\d_]{3,})")
_PACK = re.compile(
    r"(\d{1,3})\s*(?:шт\w*|pcs)|(?:по|×|x)\s*(\d{1,3})(?!\s*(?:мл|мм|см|м|г|гр|л)\b)", re.IGNORECASE
)
_AT_PRICE = re.compile(r"(?<!\w)(?:по|за)\s+(\d{2,6})(?![\w.,])")
_BARE_SIZE = re.compile(r"(?<![\w.,])(\d+[.,]\d+)(?![\w.,])")
_SIZES = ("л", "мм", "м")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ban:
    """«без шлейфа», «не ориг фактори»: what a row must not have, and where it stands."""

    start: int
    first_end: int  #: where its first word ends
    end: int
    words: str  #: one or two


def bans(question: str) -> list[Ban]:
    """What a question says that its goods must not have, in its order."""
    return [
        Ban(
            start=match.start(), first_end=match.end(1), end=match.end(),
            words=" ".join(filter(None, match.groups())),
        )
        for match in _NOT.finditer(plain(question))
    ]  # fmt: skip


def without_bans(question: str) -> str:
    """The question without what its goods must not have: «256 гб» of «256 гб без адаптера»."""
    for ban in reversed(bans(question)):
        question = f"{question[: ban.start]} {question[ban.first_end :]}"
    return " ".join(question.split())


def lacking(question: str) -> list[str]:
    """«32 гб без адаптера»: the stems of what a row says that it is without."""
    return [stem(match[1]) for match in _WITHOUT.finditer(plain(question))]


def having(question: str) -> list[str]:
    """«припой с канифолью»: the stems of what a row must not say that it is without."""
    return [stem(match[1]) for match in _WITH.finditer(plain(question))]


def manner_of(head: str) -> str:
    """Of «Стёкла простые, не ёлки:» what is asked of each of the goods: «простые не ёлки»."""
    low = plain(head)
    plainer = order_words().plainest.search(low)
    said = [plainer[0]] if plainer else []
    return " ".join([*said, *(low[ban.start : ban.first_end] for ban in bans(head))])


def without_price(question: str, units: Container[str]) -> tuple[str, float | None]:
    match = _AT_PRICE.search(plain(question))
    if match is None:
        return question, None
    before = plain(question)[: match.start()].split()
    after = plain(question)[match.end() :].split()
    if after and after[0].rstrip(".") in units:
        return question, None
    if before and order_words().packs.fullmatch(before[-1]):
        return question, None
    return f"{question[: match.start()]} {question[match.end() :]}".strip(), float(match[1])


def without_match(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip(" ,()")


def with_sizes(question: str) -> list[str]:
    """«0.5 изопропанола»: the number with the units that people leave out."""
    match = _BARE_SIZE.search(question)
    if match is None:
        return []
    return [f"{question[: match.end()]} {unit}{question[match.end() :]}" for unit in _SIZES]


def says_pack(question: str) -> bool:
    """«скотч 12 пачка»: a pack, of whatever number."""
    return any(map(order_words().single_pack.fullmatch, re.findall(r"\w+", plain(question))))


def pack_of(question: str) -> int:
    match = _PACK.search(plain(question))
    return int(match[1] or match[2]) if match else 0
