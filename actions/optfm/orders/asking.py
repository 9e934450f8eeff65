"""What a line asks of its goods beside their words: a pack, a price, what they must not have."""

import re
from collections.abc import Container

from optfm.orders.quantities import plain
from optfm.orders.words import order_words
from optfm.text.morphology import stem

_NOT = re.compile(r"(?<!\w)(?:без|не|кроме)\s+([^\W\d_]{3,})")
_WITH = re.compile(r"(?<!\w)(?:с|со)\s+([^\W\d_]{3,})")
_PACK = re.compile(
    r"(\d{1,3})\s*(?:шт\w*|pcs)|(?:по|×|x)\s*(\d{1,3})(?!\s*(?:мл|мм|см|м|г|гр|л)\b)", re.IGNORECASE
)
_AT_PRICE = re.compile(r"(?<!\w)(?:по|за)\s+(\d{2,6})(?![\w.,])")
_BARE_SIZE = re.compile(r"(?<![\w.,])(\d+[.,]\d+)(?![\w.,])")
_SIZES = ("л", "мм", "м")


def without_bans(question: str) -> tuple[str, list[str]]:
    """«акб 13 про кф без шлейфа»: the question, and what a row must not have."""
    low = plain(question)
    banned = [stem(match[1]) for match in _NOT.finditer(low)]
    for match in reversed(list(_NOT.finditer(low))):
        question = f"{question[: match.start()]} {question[match.end() :]}"
    return " ".join(question.split()), banned


def having(question: str) -> list[str]:
    """«припой с канифолью»: the stems of what a row must not say that it is without."""
    return [stem(match[1]) for match in _WITH.finditer(plain(question))]


def manner_of(head: str) -> str:
    """Of «Стёкла простые, не ёлки:» what is asked of each of the goods: «простые не ёлки»."""
    low = plain(head)
    plainer = order_words().plainest.search(low)
    said = [plainer[0]] if plainer else []
    return " ".join([*said, *(match[0] for match in _NOT.finditer(low))])


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
