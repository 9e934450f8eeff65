"""Pieces in a message: of which rows, or what a bare number means."""

from dataclasses import replace
from typing import Literal

from optfm.conversation import references
from optfm.conversation.acts import (
    Act,
    Choose,
    Count,
    CountOpen,
    Extreme,
)
from optfm.conversation.counts import by_ordinal
from optfm.conversation.cues import Cue, CueName
from optfm.conversation.message import says_something
from optfm.conversation.narrowing import bare_values, told_by
from optfm.conversation.reading_goods import REACH
from optfm.conversation.reading_rows import RowsReading
from optfm.conversation.row_words import named
from optfm.conversation.strictness import find_strictly
from optfm.search import Query
from optfm.text.morphology import is_counted_by, is_of_many, is_word
from optfm.text.normalise import has_cyrillic

#: digits that a part number is known by: «422» of RL-422S
_PART_DIGITS = 3
#: with «сколько всего» and nothing else: the sum is asked for
_OF_A_SUM: frozenset[CueName] = frozenset({"in_all", "little", "how_much", "this", "correction"})


class CountReading(RowsReading):
    """Rows counted, chosen to be counted, or still to be named."""

    def _counting(self) -> Act:
        state, pieces = self._state, self._count.pieces
        named = [*references.ordinals(self._cues, state, self._goods), *self._pointed_at()]
        if lines := by_ordinal(self._cues, named) if len(named) > 1 else ():
            return Count(lines=lines)
        if self._meant.codes:
            if len(self._meant.codes) > 1 and self._meant.cues[0].name == "number":
                return self._refine(count=pieces)
            return Count(lines=tuple((code, pieces) for code in self._meant.codes))
        if extreme := self._extreme():
            return Extreme(order=extreme, of=self._of_these(), count=pieces)
        if self._cues.has("sort_cheap", "sort_dear") and not self._describes:
            order: Literal["cheap", "dear"] = "cheap" if self._cues.has("sort_cheap") else "dear"
            return Extreme(order=order, of=self._of_these(), count=pieces)
        if self._describes:
            described = self._said.without("goods")
            if len(state.chosen) == 1 and self._has_all(state.chosen[0], described):
                return Count(lines=((state.chosen[0], pieces),))
            return self._refine(count=pieces)
        if code := self._of_a_size():
            return self._choose((code,))
        if self._cues.has("both", "every", "first_rows", "last_rows"):
            return CountOpen(count=pieces)  # of rows that are not there
        if len(state.in_focus) == 1:
            return Count(lines=((state.in_focus[0], pieces),))
        if len(state.chosen) > 1:
            return Count(lines=tuple((code, pieces) for code in state.chosen))
        if self._said.goods:
            called = [c for c in state.listed if self._is_called(c, self._said.goods)]
            if len(called) == 1:
                return Count(lines=((called[0], pieces),))
        told = told_by([token.text for token in self._cues.left], state, self._goods)
        if len(told) == 1:  # «обычных 4 шт»
            return Count(lines=((told[0], pieces),))
        return CountOpen(count=pieces)

    def _of_a_size(self) -> str:
        """«тюбик 50», «катушка 100»: one thing with a number is the row that has this number."""
        tokens, listed = self._cues.tokens, self._state.listed
        (number, *others) = self._cues.of("number") or (None,)
        if number is None or others or not number.first or len(listed) < 2:
            return ""
        noun, typed = tokens[number.first - 1].text, tokens[number.first].text
        of_pieces = any(cue.last == number.first for cue in self._cues.of("pieces"))
        if not of_pieces or is_of_many(noun) or not typed.isdigit():
            return ""
        rows = [row for row in map(self._goods.row, listed) if row and named(typed, row.name)]
        return rows[0].code if len(rows) == 1 else ""

    def _measured(self) -> int:
        """«десять тюбов» of the one row in focus: what nobody knows stands as the number wants it.

        :returns: the pieces; 0 where it is no such message.
        """
        numbers, left = self._cues.of("number"), self._cues.left
        if len(numbers) != 1 or len(left) != 1 or len(self._state.in_focus) != 1:
            return 0
        (number,), (noun,) = numbers, left
        after = self._cues.tokens[number.last : number.last + 1]
        if after != (noun,) or not has_cyrillic(noun.text):
            return 0
        if any(device.sure for device in self._said.devices):
            return 0
        if any(word.options for word in self._said.words) or self._said.values:
            return 0
        fits = is_counted_by(noun.text, number.number) or not is_word(noun.text)
        return number.number if fits else 0

    def _recounted(self) -> Act | None:
        """«не семь, пять»: other pieces of what was counted as so many."""
        numbers = self._cues.of("number")
        if len(numbers) != 2:
            return None
        wrong, right = numbers
        refused = any(
            cue.last == wrong.first and self._cues.tokens[cue.first].text == "не"
            for cue in self._cues.of("refuse")
        )
        lines = tuple(
            (code, right.number)
            for code, pieces in self._state.lines
            if pieces == wrong.number and code in (self._state.chosen or self._state.listed)
        )
        return Count(lines=lines) if refused and lines else None

    def _pointed_at(self) -> list[tuple[Cue, str]]:
        """«его 3» beside «первого 2»: the one row that the talk is about, with its cue."""
        pronouns = [
            c for c in self._cues.of("this") if self._cues.tokens[c.first].text in self._words.its
        ]
        rows = self._state.in_focus
        return [(pronouns[0], rows[0])] if pronouns and len(rows) == 1 else []

    def _of_another_model(self) -> bool:
        """«сколько за 10?» after «на A51 нет, близко…»: nobody agreed to what is near."""
        state, missed = self._state, self._state.missed
        models = missed.models if missed else ()
        if not models or self._meant.codes or self._cues.has("this") or self._describes:
            return False
        agreed = any(t.text in self._words.agreed for t in self._cues.tokens)
        near = any(self._goods.fits(code, device) for code in state.in_focus for device in models)
        return bool(state.in_focus) and not near and not agreed

    def _choose_pointed(self, codes: tuple[str, ...]) -> Act:
        """The rows pointed out, with pieces where the number is none of their own words.

        What the search reads of the description holds for what is asked next («на 7 такой же»).
        """
        pieces = self._count.pieces
        rows = [row for row in map(self._goods.row, codes) if row]
        if pieces and len(rows) == 1 and not named(str(pieces), rows[0].name):
            return Count(lines=((rows[0].code, pieces),))
        described = self._said.without("goods")
        if says_something(described) and self._found_with(described) <= set(codes):
            self._said = described
            return self._refine()
        return self._choose(codes)

    def _found_with(self, said: Query) -> set[str]:
        """The rows of the goods in focus that a description tells."""
        focus = self._state.focus
        answer = find_strictly(focus.refined(said), self._goods) if focus else None
        rows = answer.rows if answer and answer.kind != "none" and not answer.unmet else ()
        return {hit.row.code for hit in rows} or {""}

    def _choose(self, codes: tuple[str, ...]) -> Act:
        if self._state.asked == "row" and self._state.count:
            return Count(lines=tuple((code, self._state.count) for code in codes))
        return Choose(codes=codes)

    def _spoken_of_before(self) -> str:
        """«вернись к первому дисплею» after other goods: that of the rows spoken of one by one."""
        number = next((cue.number for cue in self._cues.of("ordinal")), 1)
        if not self._cues.has("back") or not self._said.goods or self._said.devices:
            return ""
        rows = [c for c in self._state.taken if self._is_called(c, self._said.goods)]
        at = number - 1 if number > 0 else len(rows) + number
        return rows[at] if 0 <= at < len(rows) else ""

    def _bare_number(self) -> Act:
        """«5» means what was asked last: a row, pieces, else a model or a value."""
        state, number = self._state, self._count.pieces
        typed = self._cues.tokens[self._count.cues[0].first].text
        if state.asked == "row" and self._cues.has("refuse"):
            return CountOpen(count=number)  # «нет, 3»: of the pieces that were named
        if state.asked == "row" and (code := references.nth(state, number)):
            return self._choose((code,))
        if self._and_of and self._names_another(typed):
            return self._refine()
        if state.counted and len(state.in_focus) == 1:
            return Count(lines=((state.in_focus[0], number),))
        if self._and_of and self._of_a_kind_asked() and self._finds(self._said):
            return self._refine()
        others = [t.text for t in self._cues.tokens if t.text != typed]
        plain = all(word in self._words.agreed for word in others)
        plain = plain or self._cues.has("take", "same", "this")
        one = len(state.in_focus) == 1
        if one and (plain or not typed.isdigit()):
            return Count(lines=((state.in_focus[0], number),))
        if len(state.chosen) > 1 and plain:
            return Count(lines=tuple((code, number) for code in state.chosen))
        if not one and plain and typed.isdigit() and (code := references.nth(state, number)):
            return self._choose((code,))
        if says_something(self._said) and self._finds(self._said):
            return self._refine()
        if one:
            return Count(lines=((state.in_focus[0], number),))
        return CountOpen(count=number)

    def _names_another(self, typed: str) -> bool:
        """«а 421?» after RL-422S: the digits of a part number that the goods in focus have."""
        words = [w for w in self._said.words if w.name in ("number", "article") and w.options]
        if len(typed) < _PART_DIGITS or not typed.isdigit() or not words:
            return False
        shown = (*self._state.chosen, *self._state.in_focus)
        return not any(self._goods.has(c, w) for c in shown for w in words) and self._finds(
            self._said
        )

    def _of_a_kind_asked(self) -> bool:
        """«а 128?» after «64 гига»: a number that may be of a value asked for before."""
        focus = self._state.focus
        asked = {*(v.name for v in focus.values), *bare_values(focus)} if focus else set()
        return bool(asked & {*(v.name for v in self._said.values), *bare_values(self._said)})

    def _pieces_at_end(self) -> int:
        """«ну розовый тогда 2»: a last number that no row so described has is pieces; else 0."""
        said, goods = self._said, self._goods
        if pieces := self._in_words_at_end():
            return pieces
        numbers = [w for w in said.words if w.name == "number" and w.said.isdecimal()]
        models = [d for d in said.devices if not d.sure and d.said.isdecimal()]
        cue = next(reversed(self._cues.of("number")), None)
        if self._state.focus is None or len(numbers) + len(models) != 1 or cue is None:
            return 0
        before = self._cues.tokens[cue.first - 1].text if cue.first else ""
        typed = [*(word.said for word in numbers), *(device.said for device in models)]
        if cue.number != int(typed[0]) or cue.last < len(self._cues.tokens):
            return 0
        facets = tuple(f for f in said.facets if f not in numbers)
        rest = replace(
            said, facets=facets, devices=tuple(d for d in said.devices if d not in models)
        )
        if before in references.FOR or not says_something(rest):
            return 0
        answer = goods.find(self._state.focus.refined(rest), limit=REACH)
        rows = [hit.row.code for hit in answer.rows]
        stated = any(goods.has(code, word) for code in rows for word in numbers)
        if not rows or stated or any(goods.fits(code, d) for code in rows for d in models):
            return 0
        self._said = rest
        return cue.number

    def _in_words_at_end(self) -> int:
        """«белых тоже один»: a number in words behind what tells the rows is no model's."""
        numbers, tokens = self._cues.of("number"), self._cues.tokens
        if len(numbers) != 1 or self._said.devices or not self._describes:
            return 0
        (cue,) = numbers
        spelt = cue.last == len(tokens) and not tokens[cue.first].text[0].isdigit()
        before = tokens[cue.first - 1].text if cue.first else ""
        return cue.number if spelt and before not in references.FOR else 0

    def _sums_up(self) -> bool:
        """«сколько всего?»: of what was counted, or asked where nothing was."""
        if not self._cues.has("in_all") or self._describes:
            return False
        alone = all(cue.name in _OF_A_SUM for cue in self._cues.found) and not self._cues.left
        return bool(self._state.lines) or alone
