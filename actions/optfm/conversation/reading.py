"""What a message does, read in the light of what the conversation is about."""

import re
from dataclasses import replace
from typing import Literal

from optfm.conversation import references
from optfm.conversation.acts import (
    Act,
    Again,
    Ask,
    AskAttribute,
    AskWhether,
    CheckFit,
    Choose,
    Compare,
    Count,
    CountOpen,
    Extreme,
    Mistaken,
    More,
    OtherThan,
    Refine,
    Sort,
    SumUp,
    Superlative,
    TooDear,
    Unclear,
)
from optfm.conversation.attributes import properties
from optfm.conversation.counts import by_ordinal
from optfm.conversation.cues import Cue, CueName
from optfm.conversation.goods import Goods
from optfm.conversation.itemising import itemised
from optfm.conversation.message import Message, says_something
from optfm.conversation.narrowing import bare_values, merged, only_purpose, told_by
from optfm.conversation.row_words import named_all
from optfm.conversation.state import ConversationState
from optfm.search import Device, FacetName, Query, Words
from optfm.text.morphology import part_of_speech

_LIFTED: dict[CueName, FacetName] = {
    "any_price": "price",
    "any_colour": "colour",
    "any_brand": "brand",
    "any_quality": "quality",
}
#: left out of a question about other goods; more of it is left to the search's own reading
_ASIDE: tuple[CueName, ...] = ("compare", "fits", "attribute")
#: with «сколько всего» and nothing else: the sum is asked for
_OF_A_SUM: frozenset[CueName] = frozenset({"in_all", "little", "how_much", "this", "correction"})
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
#: rows of the last list among which a word may tell one
_REACH = 60


def read_act(text: str, state: ConversationState, goods: Goods) -> Act:
    """What a message does.

    :param text: as typed.
    :param state: what the conversation is about; a new one where it has not begun.
    """
    return _Reading(text, state, goods).act()


class _Reading(Message):
    """What the message does; what it says is the message's own."""

    def _refine(self, *, count: int = 0, lifted: tuple[FacetName, ...] = ()) -> Refine:
        return Refine(
            said=self._said,
            lifted=lifted,
            count=count,
            superlative=self._extreme(),
            left=self._left(),
        )

    # --- the act

    def act(self) -> Act:
        state, cues = self._state, self._cues
        if any(query.codes or query.code_said for query in self._whole):
            return Ask(queries=tuple(self._whole))
        if not (state.focus or state.listed or state.chosen):
            return self._fresh()
        if lines := itemised(self._text, state, self._goods):
            return Count(lines=lines)
        if sum(query.names_goods for query in self._whole) > 1 and not self._meant.codes:
            return Ask(queries=tuple(self._whole))
        if code := self._spoken_of_before():
            return self._choose((code,))
        if self._sums_up():
            return SumUp()
        if self._complains_of_the_price():
            return TooDear()
        if self._cues.has("not_that") and not self._cues.left:
            return Mistaken()
        if self._fits and self._asks_fit():
            codes = self._meant.codes or state.in_focus
            return CheckFit(said=self._said, codes=codes, plain=self._plain_device())
        if cues.has("compare") and not self._other_goods():
            return self._compare()
        if self._count.pieces and not self._count.alone and not self._other_goods():
            return Again() if self._of_another_model() else self._counting()
        if self._asked_of and not self._other_goods():
            if self._of_others():
                return self._refine()
            return AskAttribute(name=self._asked_of, codes=self._about())
        if not self._other_goods() and (act := self._of_all_shown()):
            return act
        if priced := self._priced_and_described():
            self._said = priced
            return self._refine()
        if self._meant.codes:
            return self._choose(self._meant.codes)
        if self._count.alone:
            return self._bare_number()
        if self._asks_whether():
            return AskWhether(said=self._said, code=self._one, left=self._left())
        if codes := self._told_by_adjectives():
            return self._choose(codes)
        if self._said.names_goods:
            return self._larger_of_them() or self._named_goods()
        if lifted := self._lifted():
            return self._refine(lifted=lifted)
        if extreme := self._extreme():
            if self._describes:
                return self._refine()
            return Extreme(order=extreme, of=self._of_these())
        if value := self._value_anew():
            self._said = value
            return self._refine()
        if pieces := self._pieces_at_end():
            return self._refine(count=pieces)
        if self._describes:
            return self._refine()
        if without := self._without_it():
            self._said = without
            return self._refine()
        return self._of_cues()

    def _larger_of_them(self) -> Act | None:
        """«клей побольше» of the glue that is shown."""
        if self._other_goods() or self._describes or not self._cues.has("big", "small"):
            return None
        order: Literal["most", "least"] = "most" if self._cues.has("big") else "least"
        return Superlative(name="size", order=order, said=Query())

    def _priced_and_described(self) -> Query | None:
        """«за 375, в розовом»: of the lines at that price the one that is so described."""
        price = self._meant.price
        if not price or not self._describes or self._said.names_goods:
            return None
        said = self._said.priced(price, price)
        return said if self._finds(said) else None

    def _told_by_adjectives(self) -> tuple[str, ...]:
        """«зарядный» of flat cables: no goods, but the rows shown whose names have the root."""
        words = [token.text for token in self._cues.left]
        if not words or self._said.devices or not self._said.names_goods:
            return ()
        if not all(part_of_speech(word) == "adjective" for word in words):
            return ()
        return told_by(words, self._state, self._goods)

    def _value_anew(self) -> Query | None:
        """«а на 7?» after «5 дюймов»: the number is of the unit that was said before."""
        focus, numbers = self._state.focus, self._cues.of("number")
        tokens = {t.text for t in self._cues.tokens}
        if focus is None or focus.models or len(numbers) != 1 or self._cues.left:
            return None
        digits = self._cues.tokens[numbers[0].first].text
        if not (self._and_of or "на" in tokens) or not digits[0].isdigit():
            return None
        for value in focus.values:
            if _DIGITS.search(value.said):
                said = self._goods.parse(_DIGITS.sub(digits, value.said, count=1))[0]
                if [v.name for v in said.values] == [value.name]:
                    anew = replace(said, facets=said.values, devices=())
                    return anew if "на" in tokens or self._finds(anew) else None
        return None

    def _pieces_at_end(self) -> int:
        """«ну розовый тогда 2»: a last number that no row so described has is pieces; else 0."""
        said, goods = self._said, self._goods
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
        answer = goods.find(self._state.focus.refined(rest), limit=_REACH)
        rows = [hit.row.code for hit in answer.rows]
        stated = any(goods.has(code, word) for code in rows for word in numbers)
        if not rows or stated or any(goods.fits(code, d) for code in rows for d in models):
            return 0
        self._said = rest
        return cue.number

    def _without_it(self) -> Query | None:
        """«а без?»: without what was asked for last."""
        focus = self._state.focus
        if focus is None or [token.text for token in self._cues.left] != ["без"]:
            return None
        asked = [f for f in focus.facets if f.name != "goods" and not f.exclude and f.said]
        return self._goods.parse(f"без {asked[-1].said}", about=focus)[0] if asked else None

    def _sums_up(self) -> bool:
        """«сколько всего?»: of what was counted, or asked where nothing was."""
        if not self._cues.has("in_all") or self._describes:
            return False
        alone = all(cue.name in _OF_A_SUM for cue in self._cues.found) and not self._cues.left
        return bool(self._state.lines) or alone

    def _complains_of_the_price(self) -> bool:
        """«дороговато»: of what is shown, and with no wish of its own."""
        wishes = self._cues.has("sort_cheap", "sort_dear", "cheapest", "dearest", "number")
        return self._cues.has("too_dear") and not wishes and not self._other_goods()

    def _of_all_shown(self) -> Act | None:
        """«какая самая мощная?», «а другой фирмы?»."""
        for cue in self._cues.found:
            if cue.name == "most" or cue.name == "least":
                return Superlative(name=cue.of, order=cue.name, said=self._said)
            if cue.name == "other_brand":
                return OtherThan(name="brand", said=self._said)
            if cue.name == "other_colour":
                return OtherThan(name="colour", said=self._said)
            if cue.name == "more_colours":
                return self._more_colours()
        return None

    def _more_colours(self) -> Act:
        """«а каких ещё цветов бывают?»: rows of other colours, or which colours these rows have."""
        focus = self._state.focus
        if focus is not None and focus.facets_of("colour", exclude=False):
            return OtherThan(name="colour", said=self._said)
        return AskAttribute(name="colour", codes=self._about())

    def _fresh(self) -> Act:
        if self._sums_up():
            return SumUp()
        of_acts = any(cue.name not in ("number", "little") for cue in self._cues.found)
        if all(query.empty for query in self._whole) or (of_acts and not self._cues.left):
            return Unclear()
        if self._fits and self._asks_fit() and len(self._said.devices) > 1:
            return CheckFit(said=self._said, codes=())
        return Ask(queries=self._asked())

    def _asked(self) -> tuple[Query, ...]:
        """The message as a question by itself."""
        aside = [c for c in self._cues.of(*_ASIDE) if c.name != "attribute" or self._asked_of]
        aside += self._taken_before()
        if not aside:
            return tuple(self._whole)
        left = self._cues.without(aside)
        parsed = self._goods.parse(left, about=self._state.focus)
        queries = [query.adding(*self._like) for query in parsed]
        named = [query for query in queries if not query.empty]
        return tuple(named or self._whole)

    def _taken_before(self) -> list[Cue]:
        """«беру 2 и чехол на него»: what is taken of goods that no message has named."""
        found: list[Cue] = []
        if self._state.focus is not None:
            return found
        for number in self._cues.of("number"):
            taking = [c for c in self._cues.of("take") if c.last == number.first]
            after = [t.text for t in self._cues.tokens[number.last : number.last + 1]]
            if taking and (not after or after == ["и"]):
                found += [*taking, number, *self._cues.of("there")]
        return found

    def _other_goods(self) -> bool:
        return self._said.names_goods and not self._same_goods(self._said) and not self._narrows()

    @property
    def _fits(self) -> bool:
        """«подойдёт», also left out: «а от A10s на A10?»."""
        two = len([d for d in self._said.devices if not d.exclude]) == 2
        return self._cues.has("fits") or (two and any(t.text == "от" for t in self._cues.tokens))

    def _asks_fit(self) -> bool:
        return bool([d for d in self._said.devices if not d.exclude] or self._said.values) and not (
            self._said.names_goods
            and not self._same_goods(self._said)
            and len(self._said.devices) < 2
        )

    def _plain_device(self) -> Device | None:
        """The device as its words say it by themselves: «9x» may be of another line."""
        named = [device for device in self._said.devices if not device.exclude]
        said = named[-1].said if named else ""
        devices = self._goods.parse(said)[0].devices if said else ()
        return devices[0] if devices else None

    def _compare(self) -> Act:
        state, codes = self._state, self._meant.codes
        if len(codes) == 1:
            others = state.chosen if state.chosen and state.chosen != codes else ()
            if not others:
                others = tuple(code for code in state.listed if code not in codes)
            return Compare(codes=(*codes, *others))
        if not codes and self._describes:
            codes = self._with_any(self._said)
            if codes and len(state.chosen) == 1 and state.chosen[0] not in codes:
                codes = (*state.chosen, *codes)
        if len(codes) < 2 and len(state.chosen) == 1 and (other := self._another()):
            return Compare(codes=(*state.chosen, other))
        if len(codes) < 2 and len(state.listed) < 2 <= len(state.taken):
            return Compare(codes=state.taken[-2:])
        if len(codes) < 2:
            aside = bool(state.chosen) and not set(state.chosen) <= set(state.listed)
            codes = state.chosen if len(state.chosen) > 1 or aside else state.listed
        return Compare(codes=codes)

    def _another(self) -> str:
        """«чем он лучше BX42?»: the one row that a part number or a brand not shown finds."""
        named = [w for w in self._said.words if w.name in ("article", "brand") and w.options]
        focus = self._state.focus
        if focus is None or not named:
            return ""
        for query in merged(focus, self._said):
            rows = self._goods.find(query, limit=2).rows
            if len(rows) == 1 and rows[0].row.code not in self._state.chosen:
                return rows[0].row.code
        return ""

    def _with_any(self, said: Query) -> tuple[str, ...]:
        """Rows shown that have something of what is said: «разница между HG и original»."""
        facets = [f for f in said.facets if not f.exclude]
        return tuple(
            code for code in self._state.listed if any(self._goods.has(code, f) for f in facets)
        )

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
        return CountOpen(count=pieces)

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
        if state.counted and len(state.in_focus) == 1:
            return Count(lines=((state.in_focus[0], number),))
        if self._and_of and self._of_a_kind_asked() and self._finds(self._said):
            return self._refine()
        others = [t.text for t in self._cues.tokens if t.text != typed]
        plain = all(word in self._words.agreed for word in others) or self._cues.has("take")
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

    def _of_a_kind_asked(self) -> bool:
        """«а 128?» after «64 гига»: a number that may be of a value asked for before."""
        focus = self._state.focus
        asked = {*(v.name for v in focus.values), *bare_values(focus)} if focus else set()
        return bool(asked & {*(v.name for v in self._said.values), *bare_values(self._said)})

    def _named_goods(self) -> Act:
        said, focus = self._said, self._state.focus
        queries = self._asked()
        if len(queries) > 1 or focus is None:
            return Ask(queries=queries)
        said = queries[0]
        if not said.names_goods and not said.devices:
            self._said = said  # the whole message says that its noun is none of the goods
            return self._refine()
        if any(not d.exclude for d in said.devices):
            return Ask(queries=(said,))
        for group in self._state.groups:
            if self._of_group(group, said):
                return Ask(queries=(group.refined(said),))
        if self._so_that(said):
            return self._refine()
        if self._narrows() or self._meant_so(said, focus):
            return self._refine()
        if self._by_plug(said):
            self._said = said.without("goods")
            return self._refine()
        if self._with_what(said):
            self._said = said.without("goods")  # «с тайпси разъемом» of the goods in focus
            return self._refine()
        if only_purpose(said) and self._goods.general(focus):
            return self._refine()
        return Ask(queries=(focus.other_goods(said),))

    def _so_that(self, said: Query) -> bool:
        """«чтоб была быстрая зарядка» of cables: what the goods in focus should be able to do."""
        if not self._words.so_that.intersection(token.text for token in self._cues.tokens):
            return False
        able = said.without("goods")
        if not says_something(able) or not self._finds(able):
            return False
        self._said = able
        return True

    def _meant_so(self, said: Query, focus: Query) -> bool:
        """«не защитное, а само стекло с рамкой»: the goods in focus, told more closely."""
        nouns = {stem for word in focus.goods for option in word.options for stem in option}
        same = [w for w in said.goods if any(set(option) <= nouns for option in w.options)]
        if not self._taken_back or not same or len(same) < len(said.goods):
            return False
        self._said = said.without("goods")
        return self._describes and self._finds(self._said)

    def _by_plug(self, said: Query) -> bool:
        """«разъём тайп си» of chargers: which plug the goods in focus should have."""
        called = {word.said.lower().replace("ё", "е") for word in said.goods}
        plugs = said.facets_of("connector", exclude=False)
        only = called <= self._words.plug and bool(plugs)
        return only and self._finds(said.without("goods"))

    def _with_what(self, said: Query) -> bool:
        """«с тайпси разъемом»: begins with what the goods in focus come with, and names a plug."""
        little = {at for c in self._cues.of("refuse") for at in range(c.first, c.last)}
        first = next((t.text for n, t in enumerate(self._cues.tokens) if n not in little), "")
        return first in self._words.with_ and bool(said.facets_of("connector", exclude=False))

    def _of_it(self) -> bool:
        """«он олед?», «это инселл?»: begins with the row and asks for no other goods."""
        little = {at for c in self._cues.of("little") for at in range(c.first, c.last)}
        first = next((t.text for n, t in enumerate(self._cues.tokens) if n not in little), "")
        return first in self._words.it

    @staticmethod
    def _of_group(group: Query, said: Query) -> bool:
        """Whether goods named again are those of one of the several that were asked together."""
        of_group = {option for word in group.goods for option in word.options}
        return any(option in of_group for word in said.goods for option in word.options)

    def _narrows(self) -> bool:
        """Whether goods named now are a word of some of the goods in focus: «книжка» of cases."""
        focus, said = self._state.focus, self._said
        if focus is None or not said.goods or any(not d.exclude for d in said.devices):
            return False
        if self._same_goods(said) and not focus.goods:
            return False
        hits = self._goods.find(focus, limit=_REACH).rows
        having = [hit for hit in hits if self._is_called(hit.row.code, said.goods)]
        return 0 < len(having) < len(hits)

    def _lifted(self) -> tuple[FacetName, ...]:
        return tuple(name for cue, name in _LIFTED.items() if self._cues.has(cue))

    def _extreme(self) -> Literal["", "cheap", "dear"]:
        cues = self._cues
        asks_which = any(token.text in self._words.which for token in cues.tokens)
        if cues.has("cheapest") or (asks_which and cues.has("sort_cheap")):
            return "cheap"
        if cues.has("dearest") or (asks_which and cues.has("sort_dear")):
            return "dear"
        return ""

    def _of_these(self) -> tuple[str, ...]:
        """«из двух»: those last spoken of, where the question in focus has but one row."""
        state = self._state
        words = {token.text for token in self._cues.tokens}
        if self._words.of_two & words and len(state.chosen) == 1 and len(state.taken) > 1:
            return state.listed if len(state.listed) == 2 else state.taken[-2:]
        return ()

    def _about(self) -> tuple[str, ...]:
        """The rows that a question about a property means."""
        if self._meant.codes:
            return self._meant.codes
        # «копия или оригинал?» names what it asks for, and no rows that have it.
        asked = properties()[self._asked_of].facets if self._asked_of else ()
        described = self._said.without("goods", *asked)
        if len(self._state.chosen) == 1 and self._has_all(self._state.chosen[0], described):
            return self._state.in_focus
        if says_something(described):
            having = tuple(c for c in self._state.listed if self._has_all(c, described))
            if having:
                return having
        return self._state.in_focus

    def _of_others(self) -> bool:
        """«а б7000 такой же объём?»: names a part number that no row shown has and the list has."""
        named = [w for w in self._said.words if w.name in ("article", "number") and w.options]
        shown = (*self._state.listed, *self._state.chosen)
        if not named or any(self._goods.has(code, word) for code in shown for word in named):
            return False
        return self._finds(self._said)

    @property
    def _one(self) -> str:
        """The one row that the talk is about, "" where there are several."""
        rows = self._state.in_focus
        return self._state.chosen[0] if self._state.chosen else rows[0] if len(rows) == 1 else ""

    def _asks_whether(self) -> bool:
        """«он с рамкой?», «это стекло или металл?»: of one row, and no wish for another."""
        said = self._said
        row = self._goods.row(self._one)
        if row is None or not (said.facets and self._text.rstrip().endswith("?")):
            return False
        if not self._cues.has("this"):  # «защита есть?» of a row that says «без защиты»
            asks = any(token.text in self._words.is_there for token in self._cues.tokens)
            told = all(isinstance(f, Words) for f in said.facets) and named_all(
                self._left(), row.name
            )
            return bool(asks and told and self._state.chosen) and not said.devices
        if said.devices or said.price.bounded or said.sale or any(f.exclude for f in said.facets):
            return False
        if self._of_it():
            return True
        known = [word for word in said.goods if word.options]
        return not known or any(self._goods.has(self._one, word) for word in known)

    def _of_cues(self) -> Act:
        cues = self._cues
        if cues.has("more"):
            return More()
        if cues.has("sort_cheap", "sort_dear"):
            return Sort(order="cheap" if cues.has("sort_cheap") else "dear")
        if cues.has("any_of_all"):
            return self._refine()
        if cues.has("big", "small") and self._state.listed and not cues.left:
            order: Literal["most", "least"] = "most" if cues.has("big") else "least"
            return Superlative(name="size", order=order, said=Query())
        if cues.has("this", "how_much", "take", "same") or not cues.left:
            return Again() if self._state.in_focus or self._state.missed else Unclear()
        return self._refine() if says_something(self._said) else Unclear()
