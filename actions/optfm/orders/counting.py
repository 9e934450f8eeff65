"""Counts of lines: «второй строки 20», «дисплеев сделай 4», «всё по 5», «и xr тоже»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses, pointing
from optfm.orders.adding import Adding
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.covering import Covering
from optfm.orders.deciding import Deciding, is_a_price
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.prices_said import without_prices
from optfm.orders.quantities import Amount, explicit_amount, only_amount, plain
from optfm.orders.renumbering import LONG_NUMBER, Renumbering
from optfm.orders.rewording import Rewording
from optfm.orders.specifying import Specifying
from optfm.orders.words import order_words

_PRICE = re.compile(
    r"(?<!\w)(?P<how>за|по|цена|который|которая|которые|которую|которое)\s+(?:за\s+)?(?P<price>\d{2,6})"
    r"(?:\s*(?:р\w*|₽))?(?![\w.,])(?!\s*шт)"
)
_AS_MANY_AS = re.compile(
    r"(?<!\w)(?:(?:столько\s+)?(?:же\s+)?как\s+(?:и\s+)?(?:у|на|для|по)"
    r"|как(?:\s+и)?(?=\s+[\ue000-\ue7ff])|столько\s+же\s+(?:сколько|как)(?:\s+и)?(?:\s+(?:у|на|для|по))?)\s+(\S.*)$"
)
_NOT = re.compile(r"(?<!\w)не(?!\w)")
_UP_TO = re.compile(r"(?<!\w)до\s+(?:\d|[^\W\d]+(?=\s|$))")
_TOO_MANY = re.compile(r"(?<![\w-])\d{6,}(?![\w-])")
_OF_A_MODEL = re.compile(r"(?<!\w)(?:на|для|под|к)\s+(\d{1,2}|\S.*?)(?:\s+тоже)?$")
#: «1 к 13 про»
_TO_A_LINE = re.compile(r"^(?:добав\w+\s+)?(\S+(?:\s+шт\w*)?)\s+(?:к|ко)\s+(\S.*)$")
_LAST_NUMBER = re.compile(r"^(.*\S)\s+(\d{1,5})$")


class Counting:
    """Gives lines the quantities that a clause says, or takes its goods for new ones."""

    def __init__(
        self,
        matcher: Matcher,
        mentions: Mentions,
        rewording: Rewording,
        deciding: Deciding,
        specifying: Specifying,
    ) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.rewording = rewording
        self.deciding = deciding
        self.renumbering = Renumbering(mentions)
        self.adding = Adding(matcher, mentions, specifying)
        self.covering = Covering(mentions)
        self.words = edit_words()

    def change_or_add(self, draft: Draft, clause: str, verb: str, *, asked: bool) -> bool:
        """A clause that removes and exchanges nothing: a count, a choice, or new goods."""
        low = plain(clause)
        pointed = self.mentions.pointed(draft, low, bare=False)
        if _TOO_MANY.search(low) and (
            pointed or len(self.mentions.refs(draft, clauses.core(_TOO_MANY.sub(" ", low)))) == 1
        ):
            draft.absurd = True
            return True
        if pointed and draft.order.lines and self._by_number(draft, low, pointed, asked=asked):
            return True
        if not asked and self.adding.all_for_a_model(draft, clause):
            return True
        price = _PRICE.search(low)
        if price and (done := self.deciding.by_price(draft, low, price)):
            return done
        if price and is_a_price(price):
            return False
        if verb == "add" and _UP_TO.search(low):
            verb = "change"  # «добей до 20»
        if verb == "add" and self._more_to(draft, low):
            return True
        own = clauses.without_edge_verbs(without_prices(clause))
        if enough := self.words.verbs["enough"].search(plain(own)):
            own = f"{own[: enough.start()]} {own[enough.end() :]}".strip()  # «дисплеев один хватит»
        core = clauses.core(own)
        if not asked and (
            self._plainest(draft, low, core)
            or self.deciding.lacks(draft, low)
            or self.deciding.of_a_number(draft, low)
        ):
            return True
        packed = self.renumbering.says_pack(own)
        amount = explicit_amount(own) or (None if packed else explicit_amount(core))
        if amount is None and core and not packed:
            amount = bare_amount(core, self.goods, ending=True)
        changes = amount is None and (verb in ("change", "add") or bool(draft.touched))
        last = _LAST_NUMBER.match(core) if changes else None
        if last and self.mentions.refs(draft, last[1]):
            amount = Amount(value=int(last[2]), how="end", rest=last[1])
        if amount and amount.how == "start" and amount.value:
            named = self.mentions.with_number(draft.order, amount.value)
            amount = None if named and clauses.core(amount.rest) else amount  # «11 тоже кф»
        if not packed:
            amount = amount or self.renumbering.plain_count(draft, core)
        rest = clauses.core(amount.rest) if amount else core
        each = order_words().each.search(low) is not None or (
            amount is not None and amount.how == "each"
        )
        of_a_model = amount is None and self._is_of_a_model(low)
        goes_on = draft.goes_on or self.words.verbs["alike"].search(low)
        if of_a_model and goes_on and not asked and not self.mentions.refs(draft, core):
            return self.adding.same_for_a_model(draft, clause)
        told = core and not of_a_model
        if amount is None and told and (value := only_amount(core)) is not None and verb != "add":
            if value > LONG_NUMBER and self.mentions.refs(draft, core):
                return False  # «2015» of «оплетка 2015» is no quantity
            if value > LONG_NUMBER and self.rewording.exchanges_only(draft, core):
                return True  # «возьму 1515», where a 3515 is ordered
            amount, rest = Amount(value=value, how="unit", rest=""), ""
        if asked and amount and (not amount.explicit or (not verb and clauses.asks(clause))):
            return False  # «есть ещё вибро на 7?», «какая скидка, если 100 штук?»
        if amount is None and not core and (value := only_amount(own)):
            amount, rest = Amount(value=value, how="unit", rest=""), ""  # «один»
        if amount and not rest and _NOT.search(low):
            return False  # «64 не …»: nothing is to be that many
        if amount and not rest and self._is_of_the_goods(draft, low, amount):
            return True
        if amount and not rest:
            return self._amount_alone(draft, amount, each=each, more=verb == "add")
        if not rest or (asked and not amount):
            return False
        return self._with_words(draft, clause, rest, amount, verb, each=each, asked=asked)

    def _is_of_a_model(self, low: str) -> bool:
        """«такое же на 12», «на s24 такое же»: a device and no goods of its own."""
        rest = " ".join(self.words.verbs["alike"].sub(" ", low).split())
        match = _OF_A_MODEL.search(rest)
        sense = self.goods.sense(rest)
        return match is not None and (
            match[1].isdigit() or (sense.device and not (sense.goods or sense.colour))
        )

    def _more_to(self, draft: Draft, low: str) -> bool:
        """«+1 к 13 про», «два к дисплеям»: so many more of the line that is named."""
        match = _TO_A_LINE.match(re.sub(r"^(?:плюс|ещ?е)\s+", "", low))
        value = only_amount(match[1]) if match else None
        places = self.mentions.refs(draft, clauses.core(match[2])) if match and value else []
        if len(places) != 1 or not value:
            return False
        draft.set(places[0], (draft.order.lines[places[0]].quantity or 0) + value)
        return True

    def _plainest(self, draft: Draft, low: str, core: str) -> bool:
        """«акб обычный»: of an open line, the goods that have nothing more in their names."""
        match = order_words().plainest.search(low)
        places = self.mentions.refs(draft, core) if core else list(draft.order.open_lines)
        opened = [at for at in places if draft.order.lines[at].state == "choose"]
        return (
            bool(match)
            and len(opened) == 1
            and bool(match and self.deciding.choose_words(draft, opened[0], match[0]))
        )

    def nth_option(self, draft: Draft, low: str, place: int) -> bool:
        """«третий возьму»: of the options of the open line, where no line has that number."""
        at = draft.target()
        if not (pointing.is_bare(low) and at >= 0 and self.deciding.is_open(draft, at)):
            return False
        said = clauses.core(pointing.without(low))
        return not said and self.deciding.nth(draft, at, place)

    def _by_number(self, draft: Draft, low: str, pointed: list[int], *, asked: bool) -> bool:
        """«второй строки 20», «второй» of the options that are open, «первый ориг»."""
        rest = pointing.without(low)
        core = clauses.core(rest) or (rest if order_words().plainest.search(rest) else "")
        amount = explicit_amount(rest.strip()) if core else None
        value = only_amount(core) if core else None
        if value is None and amount and not clauses.core(amount.rest):
            value = amount.value
        if pointing.is_bare(low) and value is None and core and not asked:
            sense = self.goods.sense(core)
            named = self.mentions.refs(draft, core) if sense.goods or sense.whole else []
            named = [n for n in named if self.deciding.is_open(draft, n)]
            if len(named) == 1 and self.deciding.nth(draft, named[0], pointed[0]):
                return True  # «акб первый»
        target = draft.target()
        if pointing.is_bare(low) and value is None and 0 <= target < len(draft.order.lines):
            line, at = draft.order.lines[target], pointed[0]
            if line.state == "choose" and at < len(line.options) and not core:
                draft.put(target, self.matcher.taken(line, line.options[at].code))
                return True
        if value is not None:
            for at in pointed:
                draft.set(at, value)
            return True
        if core and not asked and amount is None and len(pointed) == 1:
            return self.deciding.choose_words(draft, pointed[0], core) or self.rewording.reword(
                draft, pointed[0], core
            )
        return False

    def _is_of_the_goods(self, draft: Draft, low: str, amount: Amount) -> bool:
        """«вместо twist scout, тоже 16»: a number that the goods just exchanged have in common."""
        line = draft.focused()
        if not (draft.touched and line and self.words.verbs["too"].search(low)):
            return False
        number = re.compile(rf"(?<!\d){amount.value}(?!\d)")
        return not explicit_amount(low) and number.search(f"{line.name} {line.asked}") is not None

    def _amount_alone(self, draft: Draft, amount: Amount, *, each: bool, more: bool) -> bool:
        """«ну давай 5», «всё по 5», «ещё по одному каждого»."""
        if not draft.order.lines:
            return False
        if each and amount.value:
            places = draft.keep or range(len(draft.order.lines))
            draft.counted = {at: line.quantity for at, line in enumerate(draft.order.lines)}
            for at in list(places):
                had = draft.order.lines[at].quantity or 0 if more else 0
                draft.set(at, had + amount.value)
            return True
        if draft.unclear:  # «двенадцатые разбирают, мне их пять»
            for at in draft.unclear:
                draft.set(at, amount.value)
            draft.unclear = []
            return True
        missing = [at for at, line in enumerate(draft.order.lines) if line.quantity is None]
        at = missing[0] if len(missing) == 1 and not draft.touched else draft.target()
        draft.set(at, amount.value)
        return True

    def _with_words(
        self,
        draft: Draft,
        clause: str,
        rest: str,
        amount: Amount | None,
        verb: str,
        *,
        each: bool,
        asked: bool,
    ) -> bool:
        places = self.mentions.refs(draft, rest)
        sense = self.goods.sense(rest)
        if (
            places
            and amount
            and verb == "add"
            and len(places) == 1
            and (
                not self.deciding.narrows(draft, places[0], rest)
                or self.deciding.is_named(draft, places[0], rest)
            )
        ):
            line = draft.order.lines[places[0]]
            draft.set(places[0], (line.quantity or 0) + (amount.value or 0))
            return True
        if each and amount is None and self.deciding.chooses_each(draft, rest):
            return True
        if each and amount is None and self._all_in_colour(draft, rest):
            return True
        if places and self.deciding.chooses(draft, places, rest, amount):
            return True
        if places and amount and (len(places) == 1 or each):
            for at in [*places, *(self.mentions.shared(draft) if amount.how == "each" else ())]:
                draft.set(at, amount.value)
            return True
        if places and amount and (draft.touched or self._is_spoken_of(draft, places)):
            at = draft.target()
            draft.set(at if at in places else places[-1], amount.value)
            return True
        if len(places) > 1 and amount and not sense.whole:
            draft.which += places
            return True
        if amount is None and len(places) == 1 and self._likewise(draft, plain(clause), places):
            return True
        low = plain(clause)
        also = self.words.verbs["too"].search(low) or self.words.verbs["alike"].search(low)
        wanted = verb == "add" or draft.goes_on or also
        if (
            amount is None
            and wanted
            and not places
            and self.adding.another_colour(draft, rest, None)
        ):
            return True
        if amount is None and verb != "add":
            return self.deciding.refines(draft, rest) or (
                verb == "change"
                and not places
                and (
                    self.rewording.rewords_one(draft, clause)
                    or self.rewording.exchanges_only(draft, rest)
                )
            )
        if places and verb == "add" and amount is None and len(places) == 1:
            draft.set(places[0], (draft.order.lines[places[0]].quantity or 0) + 1)
            return True
        if amount and self.adding.another_colour(draft, rest, amount.value):
            return True
        if amount and self.adding.another_of_a_kind(draft, rest, amount.value):
            return True
        if sense.empty and not sense.known and not sense.colour:
            return False
        if verb != "add" and self.covering.does(draft, clause, verb):
            return True
        if asked and not (sense.goods or sense.whole):
            return False  # «кратность пять?»
        draft.added.append(clause)
        return True

    def _likewise(self, draft: Draft, low: str, places: Sequence[int]) -> bool:
        """«и xr тоже»: as many as the line that was changed just before."""
        line, before = draft.focused(), draft.before
        if line is None or before is None or not self.words.verbs["too"].search(low):
            return False
        if len(before.lines) > len(draft.order.lines):  # one was removed just before
            draft.remove(places)
            return True
        was = {one.code: one.quantity for one in before.lines}
        if line.quantity is None or was.get(line.code, line.quantity) == line.quantity:
            return False
        for at in places:
            draft.set(at, line.quantity)
        return True

    @staticmethod
    def _is_spoken_of(draft: Draft, places: Sequence[int]) -> bool:
        """Whether the talk is about one of the lines, not only about the whole list just given."""
        opened = draft.order.lines[draft.focus].state == "choose" if draft.focus >= 0 else False
        return draft.focus in places and (draft.before is not None or opened)

    def _all_in_colour(self, draft: Draft, rest: str) -> bool:
        """«обе в чёрном»: the same goods in another colour, of every line."""
        sense = self.goods.sense(rest)
        if not sense.colour or sense.goods or sense.whole or sense.known:
            return False
        found = [
            (at, code)
            for at, line in enumerate(draft.order.lines)
            if line.state == "sure" and (code := self.matcher.in_colour(line.code, rest))
        ]
        for at, code in found:
            line = draft.order.lines[at]
            draft.put(at, self.matcher.taken(replace(line, said=f"{line.said}, {rest}"), code))
        return bool(found)

    def as_many_as(self, draft: Draft, low: str) -> bool:
        """«акб 11 поставь как у дисплея»: the quantity of another line."""
        match = _AS_MANY_AS.search(low)
        if match is None:
            return False
        other = pointing.places(match[1]) or self.mentions.refs(draft, clauses.core(match[1]))
        rest = low[: match.start()]
        places = pointing.places(rest) or self.mentions.refs(draft, clauses.core(rest))
        if len(other) != 1:
            return False
        if not places:
            same = draft.order.lines[other[0]].quantity
            return self.adding.another_colour(draft, clauses.core(rest), same)
        for at in places:
            draft.set(at, draft.order.lines[other[0]].quantity)
        return True

    def was_meant(self, draft: Draft, amount: str) -> bool:
        """Whether the words just before name one line: then the number is its quantity."""
        places = self.mentions.refs(draft, clauses.core(draft.lost[-1]))
        if len(places) != 1:
            return False
        draft.lost.pop()
        draft.set(places[0], only_amount(amount))
        return True
