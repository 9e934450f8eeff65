"""A line of an order against the price list: one state, from the rows that fit it."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from optfm.catalog import PriceRow
from optfm.orders.asking import (
    bans,
    having,
    manner_of,
    pack_of,
    with_sizes,
    without_match,
    without_price,
)
from optfm.orders.fits import Fit, Fitting, plainest
from optfm.orders.goods import IndexGoods
from optfm.orders.notes import money, text_of
from optfm.orders.order import MOST_OPTIONS, Line, Option, Order
from optfm.orders.outcomes import (
    choose,
    is_missing_a_word,
    joined,
    none_such,
    option,
    sure,
    with_notes,
)
from optfm.orders.quantities import plain
from optfm.orders.row_tests import (
    Lacking,
    Lacks,
    RowTest,
    says_without,
)
from optfm.orders.said import Reading, SaidLine
from optfm.orders.unmet import is_another, is_compound, tells_apart
from optfm.orders.words import order_words
from optfm.search import Facet, Hit, PriceIndex, Query
from optfm.text.morphology import stem

#: a search less sure than this is shown to choose from rather than taken
_SURE = 0.5
#: so many words say what the goods are without any before them
_TELLING = 2
_PRICE_LAST = re.compile(r"(?<=\s)(\d{2,6})\s*$")
#: a price that somebody wrote down from a list may have moved so much since
_PRICE_MOVES = 0.15


class Matcher:
    """Finds what lines of orders mean in one revision of the list."""

    def __init__(
        self,
        goods: IndexGoods,
        *,
        list_date: date | None = None,
        unpriced: PriceIndex | None = None,
    ) -> None:
        """:param unpriced: goods that the list puts no price on, if there are any."""
        self._unpriced = unpriced
        self.goods = goods
        self.list_date = list_date
        self._units = frozenset(
            spelling for unit in goods.index.shelf.vocabulary.units.values() for spelling in unit
        )
        self._fitting = Fitting(goods)

    def order(self, reading: Reading) -> Order:
        """The lines of a reading, matched; repeated goods are said to be."""
        return joined(Order(lines=self.lines(reading.lines), list_date=self.list_date))

    def lines(self, said_lines: Iterable[SaidLine]) -> tuple[Line, ...]:
        """The lines, matched; what is to be taken instead of one, where that is not to be had."""
        lines: list[Line] = []
        for said in said_lines:
            last = lines[-1] if said.instead and lines else None
            if last and last.state in ("sure", "choose") and not is_missing_a_word(last):
                note = text_of("instead", said=said.instead)
                lines[-1] = replace(last, note=" ".join(filter(None, (last.note, note))))
            else:
                lines.append(self.line(said))
        return tuple(lines)

    def line(self, said: SaidLine) -> Line:
        """One line with its state."""
        if said.uncounted and said.said.startswith("="):
            return Line(
                said=said.said, asked="", quantity=said.quantity, state="unread",
                note=text_of("unnamed"),
            )  # fmt: skip
        questions = self._questions(said)
        line = self._first(said, questions)
        if line.state == "none" and (name := self._without_a_price(line.asked)):
            line = replace(line, name=name, options=(), note=text_of("unpriced"))
        note = line.note
        if said.range:
            note = " ".join(
                filter(None, (text_of("range", low=said.range[0], high=said.range[1]), note))
            )
        if said.uncounted:
            note = " ".join(filter(None, (text_of("uncounted"), note)))
        line = with_notes(replace(line, note=note))
        if line.state == "sure" and said.price and round(said.price * 100) != line.price_kop:
            old, new = money(round(said.price * 100)), money(line.price_kop)
            line = replace(
                line,
                note=" ".join(filter(None, (text_of("file_price", old=old, new=new), line.note))),
            )
        return line

    def _without_a_price(self, asked: str) -> str:
        """What the list has for a line without a price; "" where it has nothing."""
        if self._unpriced is None:
            return ""
        facts = self._unpriced.facts(asked.strip().upper())
        if facts is not None:
            return " ".join(facts.row.name.split())
        queries = self._unpriced.parse(asked)
        answer = self._unpriced.find(queries[0], limit=1) if queries else None
        if answer is None or answer.kind == "none" or answer.unmet or not answer.rows:
            return ""
        return " ".join(answer.rows[0].row.name.split())

    def asked(self, text: str, *, said: str, quantity: int | None) -> Line:
        """A line for a full question."""
        return (
            self.line(SaidLine(said=said, quantity=quantity, head=""))
            if text == said
            else (with_notes(self._first(SaidLine(said=said, quantity=quantity), [text])))
        )

    def taken(self, line: Line, code: str) -> Line:
        """A line decided for a row of the list."""
        row = self.goods.row(code)
        assert row is not None
        said = SaidLine(said=line.said, quantity=line.quantity)
        return with_notes(sure(said, line.asked, Fit((row,)), ""))

    def among(self, said: SaidLine, codes: Sequence[str]) -> Line:
        """A line to be chosen among rows of the list, in their order."""
        rows = [row for row in map(self.goods.row, codes) if row]
        return choose(said, said.said, [Fit((row,)) for row in rows], "")

    def in_colour(self, code: str, words: str) -> str:
        """The code of the same goods in the colour that the words name; "" where there are none."""
        return self._fitting.in_colour(code, words)

    def every_option(self, question: str) -> list[Option]:
        """All the goods that a question finds, for choosing among more than are shown."""
        answer = self.goods.search(question)
        rows = [row for hit in answer.hits for row in hit.rows] if answer.kind != "none" else []
        return [option(fit) for fit in self._fitting.of(rows)]

    def _questions(self, said: SaidLine) -> list[str]:
        """What to search for, the likeliest first."""
        text = said.said
        if said.lean == "device":
            low = plain(text)
            device = self._device_of(said.head)
            match = order_words().same_device.search(low)
            if match and device:
                return [f"{text[: match.start()]} на {device} {text[match.end() :]}".strip()]
            return [f"{text} на {device}"] if device else [text]
        if said.lean == "base":
            bases = dict.fromkeys(filter(None, (said.head, said.under)))
            leaning = [self.goods.leaning(base, text) for base in bases]
            sense = self.goods.sense(text)
            apart = self.goods.sense(said.head).article and not sense.article
            # «12 gx» under «дисплеи 11 фог», but no bare «12» and nothing of another article
            bare = re.fullmatch(r"[\d\s]+", text) is not None
            if (sense.known or sense.numbered) and not bare and not (apart and sense.plug):
                leaning.append(self.goods.leaning(said.head, text, goods_only=True))
            if (
                sense.known_words < _TELLING and not sense.numbered
            ):  # «тайпси» of the C580 is of no other article
                leaning = [question for question in leaning if question != text] or [text]
            if manner := manner_of(said.head):
                leaning = [f"{question} {manner}" for question in leaning]
            sense = self.goods.sense(text)
            return [text, *leaning] if sense.article else leaning
        return [text, self.goods.leaning(said.head, text)] if said.head else [text]

    def _device_of(self, head: str) -> str:
        """The device of what a line leans on: words, «13» as a device is called, or a code."""
        if self.goods.row(head):
            head = self.goods.kind_of(head)
        return self.goods.device_of(head) or self.goods.device_of(f"на {head}")

    def _first(self, said: SaidLine, questions: Sequence[str]) -> Line:
        if said.code:
            return self._by_code(said)
        best: Line | None = None
        for question in dict.fromkeys(questions):
            line = self._searched(said, question)
            found = line.state in ("sure", "choose")
            if found and not is_missing_a_word(line) and self._is_for(said, line):
                return self._near(said, line) or line
            if best is None or (found and best.state != "choose" and not is_missing_a_word(line)):
                best = line
        assert best is not None
        if near := self._near(said, best):
            return near
        unfound, sense = best.state not in ("sure", "choose"), self.goods.sense(said.said)
        if said.lean == "base" and (unfound or is_missing_a_word(best)):
            own = self._searched(said, said.said)  # «Софт тач 11» under «Дисплеи incell:»
            alone = sense.noun or sense.known_words >= _TELLING
            open_ = unfound and sense.noun and own.state == "choose"
            if ((own.state == "sure" and alone) or open_) and self._is_for(said, own):
                return own
        return best

    def _near(self, said: SaidLine, line: Line) -> Line | None:
        """«стекло на 11 и чехол прозрачный»: of many goods those for the device just spoken of."""
        if not said.near or line.state != "choose" or len(line.options) < MOST_OPTIONS:
            return None
        closer = self._searched(said, f"{said.said} на {said.near}")
        codes = closer.codes or [option.code for option in closer.options]
        found = closer.state in ("sure", "choose") and not is_missing_a_word(closer)
        fits = all(self.goods.is_for(said.near, code) for code in codes)
        return closer if found and fits else None

    def _is_for(self, said: SaidLine, line: Line) -> bool:
        """Whether goods found by what a line leans on are for the device that it names itself."""
        if said.lean != "base" or not self.goods.sense(said.said).device:
            return True
        if not self.goods.query(line.asked).models:
            return True  # the «А23» of «батарейки А23» is no phone
        codes = line.codes or [option.code for option in line.options]
        return any(self.goods.is_for(said.said, code) for code in codes)

    def _by_code(self, said: SaidLine) -> Line:
        """A code of a column, with the name beside it as a witness."""
        codes = self.goods.rows_of_code(said.code)
        name = said.said.removeprefix(said.code).strip()
        if len(codes) > 1 and name:
            named = {row.code for hit in self.goods.search(name).hits for row in hit.rows}
            codes = [row for row in codes if row.code in named] or codes
        if len(codes) == 1:
            return sure(said, said.code, Fit(tuple(codes)), "")
        if codes:
            return choose(said, said.code, [Fit((row,)) for row in codes], text_of("which_code"))
        if not name:
            return Line(
                said=said.said,
                asked=said.code,
                quantity=said.quantity,
                state="none",
                note=text_of("no_code", code=said.code),
            )
        line = self._searched(said, name)
        note = text_of("no_code", code=said.code)
        sense = self.goods.sense(name)
        if line.state == "choose" and not (sense.whole or sense.known_words > 1):
            return replace(line, state="none", options=(), note=note)  # «дисплей» names no goods
        if line.state == "sure":
            option = Option(
                code=line.code, name=line.name, price_kop=line.price_kop, codes=line.codes
            )
            return replace(
                line,
                state="choose",
                options=(option,),
                code="",
                codes=(),
                name="",
                price_kop=0,
                note=note,
            )
        return replace(line, note=note)

    def _searched(self, said: SaidLine, question: str) -> Line:
        plain_question, banned = self._without_bans(question)
        cheapest = order_words().cheapest.search(plain(plain_question))
        if cheapest:
            plain_question = without_match(plain_question, cheapest)
        asked, priced = plain_question, None
        if not said.said.isdigit():  # the «512» under «карты памяти»
            asked, priced = self._without_price(plain_question)
        answer = self.goods.search(asked)
        if answer.kind == "none":
            for sized in with_sizes(asked):
                other = self.goods.search(sized)
                if other.kind != "none":
                    answer = other
                    break
        if answer.kind == "none" and (series := self._of_a_series(said, asked)):
            return series
        if answer.kind == "none" and (looser := self._looser(said, asked)):
            return looser
        if answer.section:
            return self._none(said, question, answer.hits)
        if answer.kind == "none":
            empty = self.goods.sense(asked).empty
            line = self._none(said, question, answer.hits)
            return (
                replace(line, state="unread", options=(), note=text_of("unread")) if empty else line
            )
        rows = [row for hit in answer.hits for row in hit.rows]
        had = having(question)
        rows = [row for row in rows if not any(says_without(row, word) for word in had)]
        of_others = not self.goods.is_for_whose_it_sounds(answer)
        if not rows or of_others or self.goods.leaves_out_a_number(answer):
            return self._none(said, question, answer.hits)
        rows = self._fitting.narrowed(
            rows,
            question,
            banned,
            said.price or priced or said.told,
            pack_of(f"{said.head} {said.said} {question}"),
        )
        rows = self.goods.of_all_words(answer.query, rows)
        fits = plainest(self._fitting.of(rows), question)
        if cheapest and not answer.unmet and answer.total <= len(answer.hits):
            fits = [min(fits, key=lambda fit: fit.best.price_kop)]
        pack = str(pack_of(f"{said.head} {said.said} {question}"))
        without_it = len(rows) < sum(len(hit.rows) for hit in answer.hits)
        unmet = [w for w in answer.unmet if w != pack and not (without_it and stem(w) in had)]
        numbered = any(any(map(str.isdigit, word)) for word in unmet)
        if numbered and not self.goods.sense(asked).whole:
            return self._none(said, question, answer.hits)  # «крышка 17»: of no such model
        if unmet and (tells_apart(answer.query, unmet) or self._is_of_others(answer.query, unmet)):
            return self._none(said, question, answer.hits)  # «12 мини HG», of which there is KF
        if unmet and is_compound(answer.query, unmet):
            return self._none(said, question, answer.hits)
        if unmet:
            return choose(said, question, fits, text_of("unmet", word=", ".join(unmet)))
        if len(fits) == 1 and answer.total <= len(answer.hits) and answer.confidence >= _SURE:
            return sure(said, question, fits[0], self._fitting.why(fits[0], question))
        return choose(said, question, fits, "")

    def _without_bans(self, question: str) -> tuple[str, list[RowTest]]:
        """«акб 13 про без шлейфа», «9а не ориг фактори»: the question, and what rows must lack."""
        banned: list[RowTest] = []
        for ban in reversed(bans(question)):
            qualities = self._qualities(ban.words)
            if qualities:
                banned.append(Lacking(self.goods.index, qualities))
            else:
                banned.append(Lacks(stem(ban.words.split()[0])))
            end = ban.end if qualities else ban.first_end
            question = f"{question[: ban.start]} {question[end:]}"
        return " ".join(question.split()), banned

    def _qualities(self, words: str) -> tuple[Facet, ...]:
        """The qualities that a text is, where it says nothing else: «ориг фактори»."""
        query = self.goods.query(words)
        only = all(f.name == "quality" for f in query.facets) and not query.devices
        return tuple(query.facets) if only and len(query.facets) > 1 else ()

    def _is_of_others(self, query: Query, unmet: Sequence[str]) -> bool:
        """Whether other such goods have a property that those for the model have not."""
        properties = [
            f for f in query.words if f.name == "property" and f.said in unmet and f.options
        ]
        return bool(query.models) and any(
            map(functools.partial(self.goods.have, query), properties)
        )

    def _without_price(self, question: str) -> tuple[str, float | None]:
        """The question without «по 1560», and without the price of «акб 11 HG — 460»."""
        asked, price = without_price(question, self._units)
        match = _PRICE_LAST.search(asked) if price is None else None
        if match is None or self.goods.finds(asked) and not self.goods.search(asked).unmet:
            return asked, price
        rest, told = asked[: match.start()].strip(" -–—"), float(match[1])
        answer = self.goods.search(rest)
        rows = [row for hit in answer.hits for row in hit.rows] if answer.kind != "none" else []
        near = any(abs(row.price_kop / 100 - told) <= told * _PRICE_MOVES for row in rows)
        return (rest, told) if near and not answer.unmet else (asked, price)

    def _of_a_series(self, said: SaidLine, asked: str) -> Line | None:
        """«кабель D22»: of the articles that begin so, what there is."""
        rows: list[PriceRow] = []
        for text in self.goods.with_longer_articles(asked):
            answer = self.goods.search(text)
            if answer.kind != "none" and not answer.unmet:
                rows += [row for hit in answer.hits for row in hit.rows]
        if not rows:
            return None
        fits = self._fitting.of(self._fitting.narrowed(rows, asked, (), said.price, 0))
        return choose(said, asked, fits, "")

    def _looser(self, said: SaidLine, question: str) -> Line | None:
        """The goods without a word that no row has: to choose from, the word is named."""
        for text, dropped in self.goods.looser(question):
            answer = self.goods.search(text)
            if answer.kind == "none" or answer.section:
                continue
            rows = [row for hit in answer.hits for row in hit.rows]
            pack = pack_of(f"{said.head} {said.said} {question}")
            had = having(question)
            rows = [row for row in rows if not any(says_without(row, word) for word in had)]
            fits = self._fitting.of(self._fitting.narrowed(rows, text, (), said.price, pack))
            query, words = self.goods.query(question), dropped.split(", ")
            if not rows or is_another(query, words) or is_compound(query, words):
                return self._none(said, question, answer.hits)  # «C580 тайпси», of which is micro
            return choose(said, question, fits, text_of("unmet", word=dropped))
        return None

    def _none(self, said: SaidLine, asked: str, hits: Sequence[Hit]) -> Line:
        return none_such(said, asked, self._fitting.of([hit.row for hit in hits[:MOST_OPTIONS]]))
