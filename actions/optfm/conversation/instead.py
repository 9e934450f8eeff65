"""«вместо стекла дайте плёнку», «14 вместо 13»: what is asked for, without what it replaces."""

import re

from common.phrases import any_of, plain
from optfm.conversation.goods import Goods
from optfm.conversation.words import act_words
from optfm.search import Query

_WORD = re.compile(r"[\w/+-]+")
#: before a number that no word stands before which says what it is of
_BARE = re.compile(r"(?<![\w-])(?<!на )(?<!за )(?=\d)")
#: of what is taken away: each more is a question to be read
_MOST_WORDS = 6
_STOP = re.compile(r"[.,;:!?\n—]")


def without_replaced(text: str, goods: Goods, about: Query | None) -> str:
    """The text without «вместо» and what stands behind it.

    What is taken away ends at a sign, where a request begins («вместо 13 давайте 14»), or where
    something else is told that counts for what is asked («14 вместо 13 на чехол»).

    :param about: what the talk is about: a bare «13» is a model of its line.
    :returns: the text as it is where nothing stands behind the word or nothing would be left.
    """
    found = span_replaced(text, goods, about)
    if found is None:
        return text
    start, end = found
    left = f"{text[:start].strip(' ,')} {text[end:].lstrip(' ,')}".strip()
    gone = text[start:end].partition(" ")[2]
    if goods.parse(gone, about=about)[0].devices:
        left = _BARE.sub("на ", left, count=1)  # «давайте 14» would be so many pieces
    return left if _kinds(goods.parse(left, about=about)[0]) else text


def span_replaced(text: str, goods: Goods, about: Query | None) -> tuple[int, int] | None:
    """Where «вместо» and what stands behind it begin and end; None where nothing does."""
    words = list(_WORD.finditer(text))
    at = next((n for n, w in enumerate(words) if plain(w[0]) in act_words().instead), None)
    if at is None or at + 1 == len(words):
        return None

    def read(start: int, end: int) -> Query:
        return goods.parse(text[start:end], about=about)[0]

    rest, begin = words[at + 1 :], words[at + 1].start()
    request = any_of(act_words().requests)
    asked = next((w for w in rest[1:] if request.match(plain(w[0]))), None)
    stops = (_STOP.search(text, begin), asked)
    limit = min((stop.start() for stop in stops if stop), default=len(text))
    before, whole = read(0, words[at].start()), read(begin, limit)
    end = limit
    if limit == len(text):
        ends = (w.end() for w in rest[:_MOST_WORDS])
        end = next(
            (e for e in ends if _is_all(read(begin, e), whole, before, read(e, limit))), limit
        )
    return words[at].start(), end


def _is_all(taken: Query, whole: Query, before: Query, behind: Query) -> bool:
    """Whether the words so far are all that is taken away.

    :param whole: what the rest of the message says, these words included.
    :param before: what stands before «вместо»: where it is something, nothing of its kinds is
        asked for behind; else that is asked for which is of one kind with what is taken.
    """
    if not _kinds(taken) or (
        taken.devices and taken.devices != whole.devices[: len(taken.devices)]
    ):
        return False
    if not _kinds(before):
        return _kinds(taken) == _kinds(behind) and len(taken.devices) == len(behind.devices)
    return not _kinds(before) & _kinds(behind)


def _kinds(query: Query) -> frozenset[str]:
    """Which kinds of things a query names."""
    kinds: set[str] = {facet.name for facet in query.facets}
    kinds |= {"device"} if query.devices else set()
    return frozenset(kinds | ({"code"} if query.codes else set()))
