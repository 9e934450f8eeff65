"""What else there is of a line's kind: «есть подешевле?», «а олед почём?», «другую»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.notes import money, text_of
from optfm.orders.order import MOST_OPTIONS, Line, Option
from optfm.orders.quantities import (
    explicit_amount,
    plain,
)

_ASKED = re.compile(
    r"(?<!\w)(?:сколько(?:\s+сто[ия]т)?|поч[её]м|есть(?:\s+ли)?|как(?:ой|ая|ие|ое)|цена"
    r"|бывает|у вас|что по|ли)(?!\w)"
)


class Alternatives:
    """Tells of, and lets choose among, other goods of the same kind for the same device."""

    def __init__(self, matcher: Matcher, mentions: Mentions) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.words = edit_words()

    def another(self, draft: Draft, low: str) -> bool:
        """«клавиатуру другую»: of what else there is of its kind the customer chooses."""
        match = self.words.verbs["another"].search(low)
        if match is None or explicit_amount(low):
            return False
        core = clauses.core(f"{low[: match.start()]} {low[match.end() :]}")
        places = self.mentions.pointed(draft, low) or self.mentions.refs(draft, core)
        if len(places) != 1 or draft.order.lines[places[0]].state != "sure":
            return False
        line = draft.order.lines[places[0]]
        self.open(draft, places[0], [o for o in self.kin(line) if o.code != line.code])
        return True

    def told(self, draft: Draft, clause: str, verb: str) -> bool:
        """«есть подешевле?»: what there is, the order as it was."""
        low = plain(clause)
        core = clauses.core(low)
        places = self.mentions.pointed(draft, low) or self.mentions.refs(draft, core)
        at = places[0] if places else draft.target()
        if (core and not places) or not 0 <= at < len(draft.order.lines):
            return False
        if draft.order.lines[at].state != "sure":
            return False
        found = [f"{o.name} · {money(o.price_kop)} ₽" for o in self.others(draft, at, verb)[:3]]
        name = f"{verb}_are" if found else f"no_{verb}"
        draft.told.append(text_of(name, goods="; ".join(found)))
        draft.focus = at
        return True

    def told_kin(self, draft: Draft, clause: str) -> bool:
        """«а олед почём?»: what there is of a line's kind, the order as it was."""
        core = clauses.core(_ASKED.sub(" ", plain(clause)))
        sense = self.goods.sense(core)
        said = sense.known or sense.colour
        if not core or sense.whole or sense.goods or sense.empty or not said:
            return False
        for at in sorted(range(len(draft.order.lines)), key=lambda n: n != draft.focus):
            line = draft.order.lines[at]
            kin = self.kin(line) if line.state == "sure" else line.options
            options = [o for o in kin if self.goods.meets(core, o.code)][:3]
            row = self.goods.row(self.in_colour_alone(line, core))
            if row is not None:
                options = [Option(code=row.code, name=row.name, price_kop=row.price_kop)]
            if options and (row is not None or len(options) < len(kin)):
                goods = "; ".join(f"{o.name} · {money(o.price_kop)} ₽" for o in options)
                draft.told.append(text_of("kin_are", goods=goods))
                draft.asked_of = core
                draft.focus = at
                return True
        return False

    def others(self, draft: Draft, at: int, verb: str) -> list[Option]:
        """The cheaper, or dearer, goods of a line's kind, the cheapest, or dearest, first."""
        line = draft.order.lines[at]
        options = [
            o for o in self.kin(line) if o.code != line.code
            and o.price_kop != line.price_kop
            and (o.price_kop < line.price_kop) == (verb == "cheaper")
        ]  # fmt: skip
        return sorted(options, key=lambda o: o.price_kop, reverse=verb == "dearer")

    def open(self, draft: Draft, at: int, options: Sequence[Option]) -> None:
        """Let the customer choose among other goods for a line."""
        line = draft.order.lines[at]
        if not options:
            draft.put(at, replace(line, note=text_of("no_other")))
            return
        draft.put(at,
            replace(
                line, state="choose", options=tuple(options[:MOST_OPTIONS]), code="", codes=(),
                name="", price_kop=0, percent=0, status="", note="",
            ),
        )  # fmt: skip

    def kin(self, line: Line) -> list[Option]:
        """The goods of the same kind for the same device."""
        return self.matcher.every_option(self.goods.kind_of(line.code))

    def in_colour_alone(self, line: Line, words: str) -> str:
        """The code of a line's goods in a colour, where the words say nothing but a colour."""
        sense = self.goods.sense(words)
        other = sense.goods or sense.whole or sense.value or sense.known
        return self.matcher.in_colour(line.code, words) if sense.colour and not other else ""
