"""What goods a message names, and what it wishes of the goods in focus."""

import re
from dataclasses import replace
from typing import Literal

from optfm.conversation.acts import (
    Act,
    Ask,
    AskAttribute,
    Refine,
)
from optfm.conversation.attributes import is_called, properties
from optfm.conversation.cues import Cue, CueName
from optfm.conversation.message import Message, says_something
from optfm.conversation.narrowing import only_purpose
from optfm.search import FacetName, Query

_LIFTED: dict[CueName, FacetName] = {
    "any_price": "price",
    "any_colour": "colour",
    "any_brand": "brand",
    "any_quality": "quality",
}
#: left out of a question about other goods; more of it is left to the search's own reading
_ASIDE: tuple[CueName, ...] = ("compare", "fits", "attribute", "back")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
#: rows of the last list among which a word may tell one
REACH = 60


class GoodsReading(Message):
    """Other goods, the same anew, or a wish of those in focus."""

    def _refine(self, *, count: int = 0, lifted: tuple[FacetName, ...] = ()) -> Refine:
        return Refine(
            said=self._said,
            lifted=lifted,
            count=count,
            superlative=self._extreme(),
            left=self._left(),
        )

    def _lifted(self) -> tuple[FacetName, ...]:
        return tuple(name for cue, name in _LIFTED.items() if self._cues.has(cue))

    def _lifted_properties(self) -> tuple[FacetName, ...]:
        """«разъём любой, лишь бы до 2000»: what was asked of a property holds no more."""
        tokens, focus = self._cues.tokens, self._state.focus
        if focus is None:
            return ()
        for cue in self._cues.of("any_of_all"):
            for at in {cue.first - 2, cue.first - 1, cue.last} & set(range(len(tokens))):
                for one in properties().values():
                    names = (*one.facets, *one.values)
                    asked = any(facet.name in names for facet in focus.facets)
                    if not asked or not is_called(tokens[at].text, one.nouns):
                        continue
                    start, end = sorted((at, cue.first))
                    left = self._text[: tokens[start].start] + self._text[tokens[end].end :]
                    self._said = self._goods.parse(left, about=focus)[0]
                    return names
        return ()

    def _ranked(self) -> Literal["", "most", "least"]:
        """«ёмкость у какого больше?»: the property asked for tells one of the rows."""
        words = {token.text for token in self._cues.tokens}
        if len(self._state.in_focus) < 2 or not words & (self._words.which | self._words.whose):
            return ""
        if not properties()[self._asked_of].values:
            return ""
        if words & self._words.higher:
            return "most"
        return "least" if words & self._words.lower else ""

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
        if len(state.chosen) > 1:
            return state.chosen
        words = {token.text for token in self._cues.tokens}
        if self._words.of_two & words and len(state.chosen) == 1 and len(state.taken) > 1:
            return state.listed if len(state.listed) == 2 else state.taken[-2:]
        return ()

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
            plain = said.without("goods")
            of_focus = replace(plain, facets=(*focus.goods, *plain.facets))
            if self._names_plug(said) and self._goods.find(of_focus, limit=1).kind != "none":
                self._said = plain  # «а для hp с тайпси разъёмом»
                return self._refine()
            return Ask(queries=(said,))
        for group in self._state.groups:
            if self._of_group(group, said):
                refined = group.refined(said)
                found = self._goods.find(refined, limit=1).kind != "none"
                return Ask(queries=(refined if found else said,))
        if self._so_that(said):
            return self._refine()
        if self._narrows() or self._meant_so(said, focus):
            return self._refine()
        if self._by_plug(said):
            self._said = said.without("goods")
            return self._refine()
        if self._by_count_of_plugs(said, focus):
            self._said = said.without("goods", "number")
            found = self._describes and self._finds(self._said)
            return (
                self._refine()
                if found
                else AskAttribute(name="connector", codes=self._state.in_focus)
            )
        if self._with_what(said):
            self._said = said.without("goods")  # «с тайпси разъемом» of the goods in focus
            return self._refine()
        if only_purpose(said) and self._goods.general(focus):
            return self._refine()
        return Ask(queries=(focus.other_goods(said),))

    def _only_of_these(self) -> bool:
        """«без коврика, только клавиатура и мышь»: all goods named are in each row shown."""
        named = [word for query in self._whole for word in query.goods if not word.exclude]
        gone = [facet for query in self._whole for facet in query.facets if facet.exclude]
        if any(f.name != "goods" and not f.exclude for q in self._whole for f in q.facets):
            return False  # «не телефонные, банки 18650» says which, too
        shown = self._state.listed
        if not named or not gone or any(query.models for query in self._whole):
            return False
        if not shown or not all(self._is_called(code, tuple(named)) for code in shown):
            return False
        self._said = Query(facets=tuple(gone))
        return self._finds(self._said)

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
        return self._names_plug(said) and self._finds(said.without("goods"))

    def _names_plug(self, said: Query) -> bool:
        called = {word.said.lower().replace("ё", "е") for word in said.goods}
        return called <= self._words.plug and bool(said.facets_of("connector", exclude=False))

    def _by_count_of_plugs(self, said: Query, focus: Query) -> bool:
        """«на сто ватт, на три гнезда» of splitters: the plugs are a part of these goods."""
        called = {word.said.lower().replace("ё", "е") for word in said.goods}
        of_parts = all(word.governed for word in said.goods) or self._cues.has("number")
        return (
            called <= self._words.plug
            and of_parts
            and not focus.models
            and bool(self._state.in_focus)
        )

    def _with_what(self, said: Query) -> bool:
        """«с тайпси разъемом», «мне с пд быстрой зарядкой»: what the goods in focus come with.

        It names a plug, or something else that some of them have.
        """
        aside = self._cues.of("refuse", "take", "this", "little")
        little = {at for c in aside for at in range(c.first, c.last)}
        first = next(
            (
                t.text
                for n, t in enumerate(self._cues.tokens)
                if n not in little or t.text in self._words.with_
            ),
            "",
        )
        if first not in self._words.with_:
            return False
        return bool(said.facets_of("connector", exclude=False)) or (
            self._describes and self._finds(said.without("goods"))
        )

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
        hits = self._goods.find(focus, limit=REACH).rows
        having = [hit for hit in hits if self._is_called(hit.row.code, said.goods)]
        return 0 < len(having) < len(hits)

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

    def _without_it(self) -> Query | None:
        """«а без?»: without what was asked for last."""
        focus = self._state.focus
        left = [token.text for token in self._cues.left]
        if focus is None or left[:1] != ["без"] or not self._words.its.issuperset(left[1:]):
            return None
        asked = [f for f in focus.facets if f.name != "goods" and not f.exclude and f.said]
        return self._goods.parse(f"без {asked[-1].said}", about=focus)[0] if asked else None
