"""«вместо стекла дайте плёнку», «14 вместо 13»: what is asked for, without what it replaces."""

import re

from optfm.conversation.goods import Goods
from optfm.conversation.words import act_words
from optfm.search import Query

_WORD = re.compile(r"[\w/+-]+")
#: before a number that no word stands before which says what it is of
_BARE = re.compile(r"(?<![\w-])(?<!на )(?=\d)")
_STOP = re.compile(r"[.,;:!?\n—]")


def without_replaced(text: str, goods: Goods, about: Query | None) -> str:
    """The text without «вместо» and what stands behind it.

    What is taken away ends where a request begins («вместо 13 давайте 14»), at a sign, or where
    as much of a kind is left as is taken: «вместо айфон 13 айфон 14».

    :param about: what the talk is about: a bare «13» is a model of its line.
    :returns: the text as it is where nothing stands behind the word or nothing would be left.
    """
    words = list(_WORD.finditer(text))
    at = next((n for n, w in enumerate(words) if _plain(w[0]) in act_words().instead), None)
    if at is None or at + 1 == len(words):
        return text
    rest = words[at + 1 :]
    before = text[: words[at].start()].strip(" ,")
    sign = _STOP.search(text, rest[0].start())
    end = sign.start() if sign else len(text)
    if asked := next((w for w in rest[1:] if _plain(w[0]).startswith(_requests())), None):
        end = min(end, asked.start())
    if end == len(text) and not _says(before, goods, about):
        end = next(
            (w.end() for w in rest[:-1] if _divides(text, rest[0].start(), w.end(), goods, about)),
            end,
        )
    left = f"{before} {text[end:].lstrip(' ,')}".strip()
    if goods.parse(text[rest[0].start() : end], about=about)[0].devices:
        left = _BARE.sub("на ", left, count=1)  # «давайте 14» would be so many pieces
    return left if _says(left, goods, about) else text


def _divides(text: str, start: int, end: int, goods: Goods, about: Query | None) -> bool:
    """Whether what stands on both sides is of one kind."""
    taken = goods.parse(text[start:end], about=about)[0]
    left = goods.parse(text[end:], about=about)[0]
    return _kind(taken) == _kind(left) != ((), 0)


def _kind(query: Query) -> tuple[tuple[str, ...], int]:
    return tuple(sorted(facet.name for facet in query.facets)), len(query.devices)


def _says(text: str, goods: Goods, about: Query | None) -> bool:
    query = goods.parse(text, about=about)[0]
    return bool(query.facets or query.devices or query.codes)


def _requests() -> tuple[str, ...]:
    return tuple(act_words().requests)


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")
