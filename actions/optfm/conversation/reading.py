"""What a message does, read in the light of what the conversation is about."""

from dataclasses import replace

from optfm.conversation.acts import (
    Act,
    Again,
    Ask,
    AskAttribute,
    AskWhether,
    CheckFit,
    Count,
    Extreme,
    Mistaken,
    More,
    Sort,
    SumUp,
    Superlative,
    Take,
    TooDear,
    Unclear,
)
from optfm.conversation.goods import Goods
from optfm.conversation.itemising import itemised
from optfm.conversation.message import says_something
from optfm.conversation.narrowing import told_by
from optfm.conversation.reading_counts import CountReading
from optfm.conversation.state import ConversationState
from optfm.search import Query
from optfm.text.morphology import is_verb


def read_act(text: str, state: ConversationState, goods: Goods) -> Act:
    """What a message does.

    :param text: as typed.
    :param state: what the conversation is about; a new one where it has not begun.
    """
    return _Reading(text, state, goods).act()


class _Reading(CountReading):
    """What the message does; what it says is the message's own."""

    def act(self) -> Act:
        state, cues = self._state, self._cues
        if any(query.codes or query.code_said for query in self._whole):
            return Ask(queries=tuple(self._whole))
        if not (state.focus or state.listed or state.chosen):
            return self._fresh()
        if act := self._recounted():
            return act
        if lines := itemised(self._text, state, self._goods):
            return Count(lines=lines)
        if codes := self._pointed_out():
            return self._choose_pointed(codes)
        if lifted := self._lifted_properties():
            return self._refine(lifted=lifted)
        if self._asks_of_its_own():
            return AskAttribute(name=self._asked_of, codes=state.in_focus)
        if (asked := self._asked_within()) is not None:
            return AskWhether(said=asked, codes=state.in_focus, left=self._left())
        if self._of_a_part():
            return AskWhether(
                said=_without_verbs(self._said), codes=(self._one,), left=self._left()
            )
        if self._only_of_these():
            return self._refine()
        if most := self._which_has_the_most():
            return Superlative(name=most[0], order=most[1], said=Query())
        if sum(query.names_goods for query in self._whole) > 1 and not self._meant.codes:
            return Ask(queries=tuple(self._whole))
        if code := self._spoken_of_before():
            return self._choose((code,))
        if self._sums_up():
            return SumUp()
        if (said := self._done_with()) is not None:
            return AskWhether(said=said, codes=state.in_focus, left=self._left())
        if self._complains_of_the_price():
            return TooDear()
        if self._cues.has("not_that") and not self._cues.left:
            return Mistaken()
        if self._fits and self._asks_fit():
            codes = self._meant.codes or state.in_focus
            return CheckFit(said=self._said, codes=codes, plain=self._plain_device())
        if self._fits_a_thing():
            return AskWhether(said=self._said, codes=state.in_focus, left=self._left())
        if cues.has("compare") and not self._other_goods():
            return self._compare()
        counts = self._count.pieces and not (self._count.alone or self._asks_of_a_pack())
        if counts and (not self._other_goods() or self._of_its_part()):
            return Again() if self._of_another_model() else self._counting()
        if self._asked_of and not self._other_goods():
            if self._of_others() or self._states_a_value():
                return self._refine()
            if order := self._ranked():
                return Superlative(name=self._asked_of, order=order, said=Query())
            return AskAttribute(name=self._asked_of, codes=self._about())
        if not self._other_goods() and (act := self._of_all_shown()):
            return act
        if priced := self._priced_and_described():
            self._said = priced
            return self._refine()
        if self._meant.codes:
            return self._choose(self._told_otherwise() or self._meant.codes)
        if self._count.alone:
            return self._bare_number()
        if self._asks_whether():
            return AskWhether(said=self._said, codes=(self._one,), left=self._left())
        if self._asks_of_them():
            return AskWhether(said=self._said, codes=state.in_focus, left=self._left())
        if codes := self._told_by_adjectives():
            return self._choose(codes)
        if pieces := self._measured():
            return Count(lines=((state.in_focus[0], pieces),))
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
        if act := self._in_a_larger_one():
            return act
        if self._asks_what_it_does():
            left = tuple(token.text for token in self._cues.left)
            told = tuple(f for f in self._said.words if f.options)  # «с микрофоном идёт?»
            return AskWhether(said=Query(facets=told), codes=state.in_focus, left=left)
        if self._describes:
            return self._refine()
        if without := self._without_it():
            self._said = without
            return self._refine()
        return self._of_cues()

    def _fresh(self) -> Act:
        if self._sums_up():
            return SumUp()
        of_acts = any(cue.name not in ("number", "little") for cue in self._cues.found)
        if all(query.empty for query in self._whole) or (of_acts and not self._cues.left):
            return Unclear()
        if self._fits and self._asks_fit() and len(self._said.devices) > 1:
            return CheckFit(said=self._said, codes=())
        return Ask(queries=self._asked())

    def _in_a_larger_one(self) -> Act | None:
        """«в большом тюбике»: rows shown by their size, whatever they are in is called."""
        big = self._cues.has("big")
        if not (big or self._cues.has("small")) or not self._state.listed:
            return None
        if self._describes_known():
            return None
        return Superlative(name="size", order="most" if big else "least", said=Query())

    def _of_cues(self) -> Act:
        cues = self._cues
        if cues.has("more"):
            return More()
        if cues.has("sort_cheap", "sort_dear"):
            return Sort(order="cheap" if cues.has("sort_cheap") else "dear")
        if cues.has("any_of_all"):
            return self._refine()
        if codes := told_by([token.text for token in cues.left], self._state, self._goods):
            return self._choose(codes)
        if self._one and cues.has("this") and cues.left and self._text.rstrip().endswith("?"):
            return AskWhether(said=self._said, codes=(self._one,), left=self._left())
        if self._takes_it():
            return Take(code=self._state.chosen[0])
        if cues.has("this", "how_much", "take", "same") or not cues.left:
            return Again() if self._state.in_focus or self._state.missed else Unclear()
        return self._refine() if says_something(self._said) else Unclear()

    def _takes_it(self) -> bool:
        """«беру, наверное»: of one row, whose price was told."""
        state, asks = self._state, self._text.rstrip().endswith("?")
        one = len(state.chosen) == 1 and bool(state.in_focus)
        return one and not asks and self._cues.has("take") and not self._cues.has("how_much")


def _without_verbs(said: Query) -> Query:
    """«держатель входит?» asks for the holder."""
    return replace(said, facets=tuple(f for f in said.facets if not is_verb(f.said.lower())))
