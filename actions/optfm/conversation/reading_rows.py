"""What a message asks of the rows that are shown, and which of them it means."""

from dataclasses import replace
from typing import Literal

from optfm.conversation.acts import (
    Act,
    AskAttribute,
    Compare,
    OtherThan,
    Superlative,
)
from optfm.conversation.attributes import properties
from optfm.conversation.cues import CueName, cue_reader
from optfm.conversation.message import VALUES, says_something
from optfm.conversation.narrowing import merged, told_by
from optfm.conversation.reading_goods import GoodsReading
from optfm.conversation.row_words import named, named_all
from optfm.conversation.strictness import find_strictly
from optfm.search import Device, Facet, Query, Words
from optfm.text.morphology import is_deed, is_of, is_plural, is_verb, part_of_speech

#: with one of these a message wants something else than an answer about the row
_NO_QUESTIONS: tuple[CueName, ...] = (
    "how_much", "take", "number", "pieces", "more", "sort_cheap", "sort_dear", "cheapest",
    "dearest", "fits",
)  # fmt: skip
#: words that ask for rows that have them rather than whether the rows shown do
_NO_PROPERTY = frozenset({"goods", "brand", "article", "number"})


class RowsReading(GoodsReading):
    """Questions about rows, and rows told by a description."""

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

    def _asks_of_its_own(self) -> bool:
        """«длина провода» of a filter: the noun in the genitive is a part of what is shown."""
        said = self._said
        if not self._asked_of or not said.goods or said.models or not self._state.in_focus:
            return False
        ends = {cue.last for cue in self._cues.of("attribute")}
        after = {t.text for n, t in enumerate(self._cues.tokens) if n in ends and is_of(t.text)}
        return all(word.said.lower().replace("ё", "е") in after for word in said.goods)

    def _of_others(self) -> bool:
        """«а б7000 такой же объём?»: names a part number that no row shown has and the list has."""
        named = [w for w in self._said.words if w.name in ("article", "number") and w.options]
        shown = (*self._state.listed, *self._state.chosen)
        if not named or any(self._goods.has(code, word) for code in shown for word in named):
            return False
        return self._finds(self._said)

    def _states_a_value(self) -> bool:
        """«диаметр 26» of several lamps: the value is told and not asked for."""
        asks = self._text.rstrip().endswith("?") or any(
            token.text in self._words.which for token in self._cues.tokens
        )
        numbered = any(word.name == "number" for word in self._said.words)
        told = bool(self._said.values) or numbered
        return told and not asks and len(self._state.in_focus) > 1 and self._finds(self._said)

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

    def _asks_of_them(self) -> bool:
        """«они складные?» of several rows, none of whose names says so: no wish for others."""
        said, state = self._said, self._state
        if len(state.in_focus) < 2 or state.focus is None or not self._cues.has("this"):
            return False
        if not (said.facets and self._text.rstrip().endswith("?")) or said.devices:
            return False
        if (
            said.price.bounded
            or said.sale
            or not all(
                isinstance(f, Words) and f.name not in _NO_PROPERTY and not f.exclude
                for f in said.facets
            )
        ):
            return False
        answer = find_strictly(state.focus.refined(said), self._goods)
        return answer.kind == "none" or {f.said for f in said.facets} <= {*answer.unmet}

    def _done_with(self) -> Query | None:
        """«карты памяти читает?», «с флешками работает?»: what the rows in focus do with a thing.

        A noun that cannot be who does it: of many, or governed. What its deed is none can say.
        """
        said, shown = self._said, self._state.in_focus
        typed = [token.text for token in self._cues.tokens]
        things = tuple(
            replace(word, name="property") for word in said.words if word.name in ("goods", "part")
        )
        if not (shown and things and any(map(is_deed, typed)) and self._text.endswith("?")):
            return None
        if said.devices or said.price.bounded or self._cues.has(*_NO_QUESTIONS):
            return None
        if self._words.is_there.intersection(typed):
            return None
        if any(self._goods.has(code, thing) for code in shown for thing in things):
            return replace(said, facets=things)
        done_with = all(word.governed or is_plural(word.said.lower()) for word in things)
        return Query() if done_with else None

    def _pointed_out(self) -> tuple[str, ...]:
        """«та, что набором 5 штук», «где матрица оригинальная»: the rows shown that fit it best.

        Who points at a row means one that is shown, be it in words that no row has.
        """
        listed = self._state.listed
        if len(listed) < 2 or not (self._cues.has("pointer") or self._first in self._words.points):
            return ()
        fitting = {code: self._explained(code) for code in listed}
        best, least = max(fitting.values()), min(fitting.values())
        return tuple(c for c, words in fitting.items() if words == best) if best > least else ()

    def _explained(self, code: str) -> int:
        """How many words of the message a row's name has."""
        row = self._goods.row(code)
        name = row.name if row else ""
        said = self._said.facets
        gone = {word for f in said if f.exclude for word in _spelt(f)}
        lacked = sum(not self._has(code, f) for f in said if f.exclude)  # «та, что без пульта»
        facets = [f for f in said if not f.exclude and self._has(code, f)]
        typed = {word for f in facets for word in _spelt(f)}
        aside = [cue for cue in self._cues.found if cue.name not in VALUES]
        words = [token.text for token in cue_reader().read(self._cues.without(aside)).tokens]
        words = [word for word in words if word not in gone]
        return lacked + sum(word in typed or named(word, name) for word in words)

    def _has(self, code: str, facet: Facet) -> bool:
        as_said = replace(facet, name="property") if isinstance(facet, Words) else facet
        return bool(self._goods.has(code, as_said))

    def _asked_within(self) -> Query | None:
        """«мышка в комплекте?», «а шнур, он в коробке лежит?»: what comes with the rows in focus.

        «Со шнуром в комплекте» is a wish for such goods.
        """
        cues = self._cues
        if not (cues.has("within") and self._state.in_focus) or cues.has(*_NO_QUESTIONS):
            return None
        typed = [token.text for token in cues.tokens]
        asks = self._text.rstrip().endswith("?") or any(map(is_deed, typed))
        if not (asks or self._words.is_there.intersection(typed)):
            return None
        left = cues.without(cues.of("within", "this", "refuse", "attribute"))
        (said, *_) = self._goods.parse(left, about=self._state.focus)
        parts = tuple(word for word in said.words if not word.governed and word.speech == "noun")
        if not parts or said.models or said.price.bounded:
            return None
        return replace(said, facets=parts, devices=(), quantity=0)

    def _asks_what_it_does(self) -> bool:
        """«а магнитится?», «быстро заряжает?»: a deed of the rows in focus, and no goods named."""
        said, left = self._said, [token.text for token in self._cues.left]
        known = [f for f in said.facets if not isinstance(f, Words) or (f.options and f.must)]
        if not self._state.in_focus or known or said.devices or said.price.bounded:
            return False
        return any(map(is_deed, left)) and self._text.rstrip().endswith("?")

    def _of_a_part(self) -> bool:
        """«оплётка тряпочная?» of a cable: what the one row in focus is with, and what it is like.

        A part alone («а оплётка есть?») may as well be wished for by itself.
        """
        row, said, words = self._goods.row(self._one), self._said, self._words
        if row is None or not said.goods or said.models or said.price.bounded or self._and_of:
            return False
        if any(f.exclude for f in said.facets) or self._cues.has(*_NO_QUESTIONS):
            return False
        typed = [token.text for token in self._cues.tokens if token.text not in words.is_there]
        verbs = list(filter(is_verb, typed))
        asks = words.is_there.intersection(token.text for token in self._cues.tokens)
        which = typed[-1] in words.which if typed else False
        if not (self._text.rstrip().endswith("?") or verbs or asks or which):
            return False
        points = any(t.text in words.its for t in self._cues.tokens)  # «защита в ней есть?»
        points = points or (which and not asks)  # «оплётка какая»
        if not (verbs or points) and len(said.facets) == len(said.goods):
            return False
        first = named(row.name.split()[0].lower(), " ".join(w.said.lower() for w in said.goods))
        return not first and all(self._states(row.code, word) for word in said.goods)

    def _of_its_part(self) -> bool:
        """«двадцатку кнопок» of a flat cable with buttons: the goods named are in its name."""
        said, row = self._said, self._goods.row(self._one)
        if row is None or not said.goods or said.models:
            return False
        words = [word for goods in said.goods for word in _spelt(goods)]
        return bool(words) and named_all(words, row.name)

    def _states(self, code: str, word: Words) -> bool:
        """Whether a row says a word anywhere in its name, be it that it is without."""
        row = self._goods.row(code)
        spelt = word.said.lower().replace("ё", "е").split()
        return bool(
            self._goods.has(code, replace(word, name="property")) is not None
            or (row and spelt and named_all(spelt, row.name))
        )

    def _of_it(self) -> bool:
        """«он олед?», «это инселл?»: begins with the row and asks for no other goods."""
        little = {at for c in self._cues.of("little") for at in range(c.first, c.last)}
        first = next((t.text for n, t in enumerate(self._cues.tokens) if n not in little), "")
        return first in self._words.it

    @property
    def _first(self) -> str:
        return self._cues.tokens[0].text if self._cues.tokens else ""

    def _told_by_adjectives(self) -> tuple[str, ...]:
        """«зарядный» of flat cables: no goods, but the rows shown whose names have the root."""
        words = [token.text for token in self._cues.left]
        if not words or self._said.devices or not self._said.names_goods:
            return ()
        if not all(part_of_speech(word) == "adjective" for word in words):
            return ()
        return told_by(words, self._state, self._goods)

    def _priced_and_described(self) -> Query | None:
        """«за 375, в розовом»: of the lines at that price the one that is so described."""
        price = self._meant.price
        if not price or not self._describes or self._said.names_goods:
            return None
        said = self._said.priced(price, price)
        return said if self._finds(said) else None

    def _told_otherwise(self) -> tuple[str, ...]:
        """«средний, где матрица ориг»: the one row told best, where the one placed is told less."""
        if not says_something(self._said):
            return ()
        words = [token.text for token in self._cues.left]
        told = {
            row.code: (self._explained(row.code), sum(named(word, row.name) for word in words))
            for row in map(self._goods.row, self._state.listed)
            if row
        }
        best = max(told.values(), default=(0, 0))
        fitting = tuple(code for code, words in told.items() if words == best)
        return fitting if len(fitting) == 1 and fitting[0] not in self._meant.codes else ()

    def _larger_of_them(self) -> Act | None:
        """«клей побольше» of the glue that is shown."""
        if self._other_goods() or self._describes or not self._cues.has("big", "small"):
            return None
        order: Literal["most", "least"] = "most" if self._cues.has("big") else "least"
        return Superlative(name="size", order=order, said=Query())

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

    def _complains_of_the_price(self) -> bool:
        """«дороговато»: of what is shown, and with no wish of its own."""
        wishes = self._cues.has("sort_cheap", "sort_dear", "cheapest", "dearest", "number")
        return self._cues.has("too_dear") and not wishes and not self._other_goods()

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

    @property
    def _fits(self) -> bool:
        """«подойдёт», also left out: «а от A10s на A10?»."""
        two = len([d for d in self._said.devices if not d.exclude]) == 2
        return self._cues.has("fits", "written") or (
            two and any(t.text == "от" for t in self._cues.tokens)
        )

    def _asks_fit(self) -> bool:
        return bool([d for d in self._said.devices if not d.exclude] or self._said.values) and not (
            self._said.names_goods
            and not self._same_goods(self._said)
            and len(self._said.devices) < 2
        )

    def _fits_a_thing(self) -> bool:
        """«для приставки подойдут?»: whether they fit what is no device of the list, nor goods."""
        said, typed = self._said, self._text.rstrip()
        if not (self._cues.has("fits") and typed.endswith("?") and self._state.in_focus):
            return False
        if not said.words or said.devices or said.values or said.price.bounded:
            return False
        return all(word.governed and not word.options for word in said.words)

    def _which_has_the_most(self) -> tuple[str, Literal["most", "least"]] | None:
        """«подлиннее шнур у какого»: the noun is a part of the rows that are shown."""
        words = {token.text for token in self._cues.tokens}
        asks = bool(words & self._words.whose) and "у" in words
        for cue in self._cues.found if asks and len(self._state.in_focus) > 1 else ():
            if cue.name == "most" or cue.name == "least":
                return cue.of, cue.name
        return None

    def _describes_known(self) -> bool:
        """Whether the message has a word that the list knows: «большой экран», not «тюбик»."""
        said, cues = self._said, self._cues
        called = {cues.tokens[c.first].text for c in cues.of("pieces")}
        known = [
            f
            for f in said.facets
            if not isinstance(f, Words) or (f.options and f.said not in called)
        ]
        return bool(known or said.devices or said.price.bounded or said.sale)

    def _plain_device(self) -> Device | None:
        """The device as its words say it by themselves: «9x» may be of another line."""
        named = [device for device in self._said.devices if not device.exclude]
        said = named[-1].said if named else ""
        devices = self._goods.parse(said)[0].devices if said else ()
        return devices[0] if devices else None


def _spelt(facet: Facet) -> list[str]:
    return facet.said.lower().replace("ё", "е").split()
