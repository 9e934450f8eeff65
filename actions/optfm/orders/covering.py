"""A clause that no way of editing knows, read by what its words cover of the order.

«xr дублируй», «седьмую с восьмой до пяти подними», «держатель клиенту ни к чему»: which lines have
the words, what number is left over, whether something is denied; the verb may be any.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from optfm.orders import clauses, pointing
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.mentions import Mentions
from optfm.orders.order import Line, Order
from optfm.orders.quantities import number_of, number_pattern, plain
from optfm.orders.words import order_words
from optfm.text.morphology import is_function, is_verb, part_of_speech, stem

_MOST_WORDS = 8
_WORD = re.compile(r"[\w+]+(?:[.,*/-][\w+]+)*")
_DENIES = frozenset({"не", "нет", "ни"})


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What a clause says of an order."""

    places: tuple[int, ...]  #: lines that have all the words, or one word each
    count: int | None  #: the number that no line is named by
    denied: bool
    told: bool  #: a verb that is not known
    more: bool  #: words that no line has and that may be of goods


class Covering:
    """Finds what a clause means of an order by the words that its lines have."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.goods = mentions.goods

    def does(self, draft: Draft, clause: str, verb: str) -> bool:
        """A count for the lines, their removal, or a question about them; False for none."""
        found = self.of(draft.order, clause)
        if found is None:
            return False
        if found.count is not None and not found.denied:
            for at in found.places:
                had = draft.order.lines[at].quantity
                fewer = verb == "remove" and had is not None and found.count < had
                draft.set(at, had - found.count if fewer and had else found.count)
            return True
        if found.count is None and found.denied and not found.more:
            draft.remove(found.places)
            return True
        if found.count is None and found.told and not found.more and not found.denied:
            draft.unclear += found.places
            return True
        return False

    def of(self, order: Order, clause: str) -> Covered | None:
        """What the words cover; None where they are of something else."""
        low = plain(pointing.without(clause))
        words = _WORD.findall(low)
        if len(words) > _MOST_WORDS or order_words().talk.search(low):
            return None
        said = [w for w in words if not _is_filler(w)]
        numbers = [w for w in said if _is_number(w)]
        marked = pointing.places(clause)
        named = [
            (w, set(self._lines_with(order, w)))
            for w in said
            if not _is_number(w) and not is_verb(w)
        ]
        others = [w for w, places in named if not places]
        if any(a in _DENIES and b in dict(named) for a, b in pairwise(words)):
            return None  # «не белый»: of the goods
        if any(self._names_other_goods(w) for w in others):
            return None
        counts = numbers if marked else list(self._not_of_lines(order, numbers))
        if len(counts) > 1:
            return None
        places = marked or self._covered(order, [places for _, places in named if places])
        if not places:
            return None
        return Covered(
            places=tuple(places),
            count=number_of(counts[0]) if counts else None,
            denied=bool(_DENIES & set(words[words[:1] == ["нет"] :])),  # «нет, давай …» denies none
            told=any(is_verb(w) for w in said),
            more=len(others) > 1 or any(map(self._is_of_goods, others)),
        )

    def each_word(self, order: Order, text: str) -> list[int]:
        """«серый с синим»: the lines that several words name, each word one of them."""
        words = [w for w in _WORD.findall(plain(text)) if not _is_filler(w)]
        found = [set(self._lines_with(order, word)) for word in words]
        if len(found) < 2 or any(len(places) != 1 for places in found):
            return []
        return sorted(set.union(*found))

    def named(self, order: Order, text: str) -> list[int]:
        """«машина» of «в машину WCR-61»: the one line whose own words have all of a text's."""
        words = {stem(w) for w in _WORD.findall(plain(text)) if not _is_filler(w)}
        found = [at for at, line in enumerate(order.lines) if words <= _stems(line)]
        return found if words and len(found) == 1 else []

    def _lines_with(self, order: Order, word: str) -> Iterator[int]:
        """The lines that a word alone names."""
        for at, line in enumerate(order.lines):
            if stem(word) in _stems(line) or self._meets(word, line):
                yield at

    def _meets(self, word: str, line: Line) -> bool:
        codes = [line.code] if line.code else [option.code for option in line.options]
        return bool(codes) and all(self.goods.meets(word, code) for code in codes)

    def _names_other_goods(self, word: str) -> bool:
        sense = self.goods.sense(word)
        return sense.goods or sense.whole or sense.line

    def _is_of_goods(self, word: str) -> bool:
        """Whether some row has a word: what a line should be rather than who wants it."""
        sense = self.goods.sense(word)
        return sense.known or sense.colour

    def _not_of_lines(self, order: Order, numbers: Sequence[str]) -> Iterator[str]:
        """The numbers that are no part of a line's name, the only number whatever it is."""
        for number in numbers:
            digits = number.isdigit()
            if len(numbers) == 1 or not (digits and self.mentions.with_number(order, int(number))):
                yield number

    def _covered(self, order: Order, found: Sequence[set[int]]) -> list[int]:
        """The one line that has all the words, or the lines that each word names alone."""
        if not found:
            return []
        if common := set.intersection(*found):
            return sorted(common) if len(common) == 1 else []
        return sorted(set.union(*found)) if all(len(places) == 1 for places in found) else []


def _is_filler(word: str) -> bool:
    if _is_number(word):
        return False
    verbs = edit_words().verbs
    known = verbs["empty"].fullmatch(word) or order_words().pieces.fullmatch(word)
    return bool(known) or is_function(word) or bool(clauses.verb(word)) or word in _DENIES


def _is_number(word: str) -> bool:
    return re.fullmatch(number_pattern(), word) is not None


def _stems(line: Line) -> set[str]:
    said = f"{line.said} {line.asked} {line.name}"
    return {stem(word) for word in _WORD.findall(plain(said)) if part_of_speech(word) != "service"}
