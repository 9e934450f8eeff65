"""Which words of a text are people's names.

By the dictionary: what is a name and nothing else, however it is typed; what may be
something else («роман», «вера»), only with a capital inside a sentence. Goods are no people.
"""

import functools
import re
from collections.abc import Iterator

from optfm.llm.privacy.dictionary import shares
from optfm.text import vocabulary

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
#: Shares of a word's readings: beyond the first it is a name in small letters too.
_ONLY_A_NAME, _MOSTLY_A_NAME = 0.9, 0.6
_SENTENCE = re.compile(r"(?:^|[.!?…\n:])[\s«\"(—-]*$")
#: What stands before a place: «в Владимир», «город Киров».
_TOWARDS = re.compile(r"\b(?:в|во|из|до|под|город|городе|города|г)[.\s]+$", re.IGNORECASE)


def people(text: str) -> Iterator[tuple[int, int]]:
    """Where names of people begin and end, in the order of the text."""
    ended = -9
    for found in _WORD.finditer(text):
        before = text[: found.start()]
        beside = before[ended:].strip() == "" and ended >= 0
        if _is_name(found[0], inside=not _SENTENCE.search(before), before=before, beside=beside):
            ended = found.end()
            yield found.span()


def _is_name(word: str, *, inside: bool, before: str, beside: bool) -> bool:
    """:param inside: a sentence does not begin with it.

    :param beside: the word before it is a name.
    """
    low = word.lower().replace("ё", "е")
    if len(low) < 3 or low in _goods():
        return False
    capital = word[0].isupper() and not word.isupper()
    of = shares(low)
    if beside and capital and word.lower() not in _goods():
        return True  # a surname that no dictionary has
    if of.place and (of.place > of.person or _TOWARDS.search(before)):
        return False
    if not of.known or not of.person:
        return False
    if of.person >= _ONLY_A_NAME:
        return True
    return capital and (of.person >= _MOSTLY_A_NAME or inside)


@functools.cache
def _goods() -> frozenset[str]:
    """Words by which goods and their makers are called."""
    known = vocabulary.load()
    said = [
        *known.brands, *known.slang, *known.synonyms, *known.colours,
        *(w for lists in (known.brands, known.synonyms, known.colours) for ws in lists.values()
          for w in ws),
        *(w for series in known.series.values() for w in series.words),
    ]  # fmt: skip
    return frozenset(part.lower().replace("ё", "е") for words in said for part in words.split())
