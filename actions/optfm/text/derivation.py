"""What a word that no dictionary has is made of: «тайпсишный», «твски», «кольцевуха», «чистилка».

The trade makes such words of any name of a brand, a plug or a kind of goods, and always in the same
few ways, so that they need no list of their own.
"""

import re
from collections.abc import Iterator

_ADJECTIVE = re.compile(
    r"(?:ыми|ими|ого|его|ому|ему|ый|ий|ой|ая|яя|ое|ее|ые|ие|ым|им|ых|их|ую|юю|ом|ем|ей)$"
)
_NOUN = re.compile(r"(?:ами|ями|ой|ою|ам|ах|ом|ов|а|у|е|ы|и)$")
#: «ремаксовский», «тайпсишный», «лайтнинговый», «вайфайный»; the longest first
_OF_ADJECTIVES = ("овск", "евск", "ишн", "ошн", "очн", "шн", "ск", "ов", "ев", "н")
#: «чехолчик», «флешечка»: small ones, of nouns only
_OF_SMALL = ("чик", "ец", "ик", "ек", "ок", "ушечк", "ишечк", "шечк")
#: «юсбишка», «твски», «айфонник», and of adjectives: «кольцевуха», «матовка»
_OF_NOUNS = ("шник", "ник", "як", "ак")
#: the same of words that have an ending
_OF_ENDED_NOUNS = (
    "юшк", "ушк", "ишк", "ашк", "овк", "шк", "ех", "ух", "юх", "ях", "ах", "ых", "к",
)  # fmt: skip
#: what may have been cut off a noun before the suffix came: «леново» → «леновский»
_CUT = ("", "а", "о", "е", "и", "й", "ь", "у", "ы", "я", "ка", "ок")
#: the same of an adjective
_CUT_OFF_ADJECTIVES = ("ный", "ой", "ый", "ий", "овый", "евой", "ной")
#: what does the thing is called by a verb: «чистилка», «замораживатель»
_DOERS = ("лочк", "лк", "тель")
_SHORTEST = 2
#: letters of a short root → how many of the cuts above it may have
_CUTS_OF_SHORT = {2: 1, 3: 5}


def roots(word: str) -> tuple[str, ...]:
    """What is left without the suffix, the longest first; () for a word without any."""
    return tuple(dict.fromkeys(root for root, _ in _roots(word)))


def _roots(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each root with what may have been cut off it."""
    of_adjectives = (*_CUT, *_CUT_OFF_ADJECTIVES)
    for stems, suffixes, cut in (
        (_stems(word, _ADJECTIVE), _OF_ADJECTIVES, of_adjectives),
        (_stems(word, _NOUN), _OF_ENDED_NOUNS, of_adjectives),
        ((*_stems(word, _NOUN), word), _OF_NOUNS, of_adjectives),
        ((*_stems(word, _NOUN), word), _OF_SMALL, _CUT),
    ):
        for stem in stems:
            for suffix in suffixes:
                shortest = _SHORTEST + (cut is _CUT)  # «сдек» is no small «сд»
                if stem.endswith(suffix) and len(stem) - len(suffix) >= shortest:
                    yield stem[: -len(suffix)], cut


def made_of(word: str) -> Iterator[str]:
    """The words that a derived one may be made of, the likeliest first; most are no words.

    «леновский» → …, «леново»; «кольцевуха» → …, «кольцевой»; «чистилка» → «чистить».
    """
    for stem in (*_stems(word, _NOUN), word):
        for doer in _DOERS:
            if stem.endswith(doer) and len(stem) - len(doer) > _SHORTEST:
                yield f"{stem[: -len(doer)]}ть"
    for root, cut in _roots(word):
        for end in cut[: _CUTS_OF_SHORT.get(len(root))]:
            yield root + end


def without_ending(word: str) -> str:
    """A foreign name without its Russian ending: «твисты» → «твист»; "" for a word without one."""
    match = _NOUN.search(word)
    return word[: match.start()] if match and match.start() > _SHORTEST else ""


def _stems(word: str, ending: re.Pattern[str]) -> Iterator[str]:
    """The word without an ending of that kind, where it has one."""
    if match := ending.search(word):
        yield word[: match.start()]
