"""An order edited in words: what a message adds, changes, removes, chooses; never guesses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from optfm.orders import clauses, pointing
from optfm.orders.choosing import Chooser
from optfm.orders.deciding import Deciding
from optfm.orders.dividing import Dividing
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.exchanging import Exchanging
from optfm.orders.matching import Matcher, is_missing_a_word, joined, with_notes
from optfm.orders.mentions import Mentions
from optfm.orders.notes import text_of
from optfm.orders.order import MOST_OPTIONS, Line, Order
from optfm.orders.quantities import (
    Amount,
    bare_amount,
    explicit_amount,
    only_amount,
    plain,
    with_packs,
    without_prices,
)  # fmt: skip
from optfm.orders.reading import read
from optfm.orders.removing import Removing
from optfm.orders.renumbering import LONG_NUMBER, Renumbering
from optfm.orders.said import SaidLine
from optfm.orders.splitting import sentences
from optfm.orders.words import order_words
from optfm.text.normalise import has_cyrillic

Act = Literal[
    "edited",
    "show",
    "total",
    "clear",
    "undo",
    "repeat",
    "checkout",
    "offer",
    "choose",
    "choices",
    "forget",
]


_PICKED = re.compile(r"строка\s+(\d{1,3})\s*[:,-]\s*(\S{4,20})$", re.IGNORECASE)
_PRICE = re.compile(
    r"(?<!\w)(?:за|по|цена|который|которая|которые)\s+(\d{2,6})(?:\s*(?:р\w*|₽))?(?![\w.,])"
)
_PLUS = re.compile(r"^\+\s*(?=\d{1,3}\s+[^\W\d]|[^\W\d])")
_AS_MANY_AS = re.compile(
    r"(?<!\w)(?:(?:столько\s+)?(?:же\s+)?как\s+(?:и\s+)?(?:у|на|для|по)"
    r"|столько\s+же\s+(?:сколько|как)(?:\s+и)?(?:\s+(?:у|на|для|по))?)\s+(\S.*)$"
)
#: «первой 5 второй 6», the lines marked
_NEXT_LINE = re.compile(r"(\d)\s+(?=[\ue000-\ue7ff])")
_NOT = re.compile(r"(?<!\w)не(?!\w)")
_TOO_MANY = re.compile(r"(?<![\w-])\d{6,}(?![\w-])")
#: more is no edit but another list
_MOST_SENTENCES, _LONGEST_SENTENCE = 40, 600
_OF_A_MODEL = re.compile(r"(?<!\w)(?:на|для|под|к)\s+\d{1,2}(?:\s+тоже)?$")
#: «обычный, а не ориг»: what it is not
_NOT_THAT = re.compile(r"(?<=\w)\s*,?\s+а\s+не\s+\D{2,40}$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"^(.*\S)\s+(\d{1,5})$")
_LEAD = re.compile(r"^(?:(?:и|а|да|ну|так|вот|еще|также|плюс|тогда)\s+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """What a message did to an order."""

    act: Act
    order: Order
    focus: int = -1  #: place of the line that the talk is about, -1 for none
    beside: str = ""  #: what else the message says: «самовывоз завтра»
    lost: tuple[str, ...] = ()  #: pieces that were not understood
    gone: tuple[str, ...] = ()  #: names of the lines that were removed
    absent: tuple[int, ...] = ()  #: numbers of lines that the order does not have
    missing: tuple[str, ...] = ()  #: goods to remove that the order does not have
    which: tuple[int, ...] = ()  #: places that the words may all mean
    absurd: bool = False  #: a quantity that nobody orders
    told: tuple[str, ...] = ()  #: answers to what was asked of the lines

    @property
    def refused(self) -> bool:
        """Whether something was asked that the order cannot do."""
        return bool(self.absent or self.missing or self.which or self.absurd)


class Editor:
    """Edits orders over one revision of the list."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.chooser = Chooser(matcher)
        self.words = edit_words()
        self.mentions = Mentions(self.goods)
        self.renumbering = Renumbering(self.mentions)
        self.removing = Removing(self.mentions)
        self.exchanging = Exchanging(matcher, self.mentions)
        self.deciding = Deciding(matcher, self.mentions)
        self.dividing = Dividing(matcher)

    def edit(
        self, text: str, order: Order, focus: int = -1, *, before: Order | None = None
    ) -> Edited | None:
        """What a message means for an order, or None where it is about something else.

        :param focus: place of the line that the last turn was about.
        :param before: the order before its last change: «верни мини».
        """
        text = self._heard(text)
        if name := clauses.command(text):
            done = Edited(act=name, order=order, focus=focus)  # type: ignore[arg-type]
            return self._cheapest(done) if name == "cheapest" else done
        if (match := _PICKED.match(text.strip())) and (picked := self._picked(match, order)):
            return picked
        if self._takes_back(text):
            return Edited(act="edited", order=order, focus=focus)
        if chosen := self._chosen(text, order, focus):
            return chosen
        draft = Draft(order, focus if 0 <= focus < len(order.lines) else -1, before=before)
        if self.dividing.divided(draft, text):
            return self._done(draft)
        text = self.renumbering.without_corrections(text, draft)
        if not text and draft.understood:
            return self._done(draft)
        said = [one for row in text.splitlines() for one in sentences(row)]
        if len(said) > _MOST_SENTENCES or any(len(one) > _LONGEST_SENTENCE for one, _ in said):
            draft.understood = self._add(draft, text)
            said = []
        for sentence, question in said:
            self._sentence(draft, sentence, question)
        if not draft.understood or (draft.lost and draft.order is order and not draft.checkout):
            return None
        return self._done(draft)

    def _heard(self, text: str) -> str:
        """The message in the right keyboard layout, without spaces that say nothing."""
        rows = [" ".join(row.split()) for row in text.splitlines() if row.strip()]
        text = "\n".join(with_packs(_PLUS.sub("плюс ", row)) for row in rows)
        return text if has_cyrillic(text) else self.goods.index.heard(text)

    def only_counts(self, text: str) -> bool:
        """Whether a message is a number of pieces and nothing else: «беру 2», «5 штук»."""
        amount = explicit_amount(text)
        core = clauses.core(amount.rest if amount else text)
        return not core if amount else only_amount(core) is not None

    def with_goods(self, text: str, code: str) -> str:
        """The message with a code in place of «его» and «такой», where it says no goods itself."""
        low = plain(text)
        match = self.words.verbs["pronoun"].search(low)
        if match is None or clauses.command(text) or clauses.asks(text) or "?" in text:
            return text
        rest = f"{low[: match.start()]} {low[match.end() :]}"
        takes = clauses.verb(low) == "replace" or self.only_counts(rest) or clauses.accepts(rest)
        if not takes or clauses.verb(low) == "remove":
            return text
        return f"{text[: match.start()]}{code}{text[match.end() :]}"

    def says_count(self, text: str) -> bool:
        """Whether a message plainly counts what it names: «колонка 2 шт», «wtr-55 1»."""
        if clauses.says_count(text, self.goods):
            return True
        if clauses.asks(text):
            return False
        amount = bare_amount(clauses.core(text), self.goods, ending=True)
        if amount is None or not amount.value:
            return False
        sense = self.goods.sense(amount.rest)
        whole = sense.article or sense.code or (sense.goods and (sense.device or sense.value))
        whole = whole or (sense.goods and self.goods.names_by_number(amount.rest))
        return bool(order_words().orders.match(plain(text))) or whole

    def adds_to_order(self, text: str) -> bool:
        """«добавь в заказ …»: goods for an order, whether there is one or not."""
        return self.words.verbs["into_order"].search(plain(text)) is not None

    def _takes_back(self, text: str) -> bool:
        """«поменяй местами… а нет, не надо»: a message that takes back what it begins with."""
        low = re.sub(r"(?<!\w)(?:а|ой|ну)\s+(?=нет|не|хотя)", "", plain(text))
        low = " ".join(re.findall(r"[\w-]+", low))
        said = next((r for r in self.words.retractions if low.endswith(f" {r}")), "")
        return bool(said) and self.goods.sense(low.removesuffix(said)).goods is False

    def _chosen(self, text: str, order: Order, focus: int) -> Edited | None:
        """A message that chooses among options and says nothing else."""
        at = order.asked_about(focus)
        if at >= 0:
            line = order.lines[at]
            done = (
                self.chooser.by_letter(line, text)
                or self.chooser.by_place(line, text)
                or self.chooser.accepted(line, text)
            )
            if done:
                return self._decided(order, at, done)
        found = self.chooser.listed(text, order)
        if not found:
            return None
        for at, line in found.items():
            order = order.with_line(at, line)
        opened = order.open_lines
        return Edited(act="edited", order=joined(order), focus=opened[0] if opened else max(found))

    def _picked(self, match: re.Match[str], order: Order) -> Edited | None:
        """«строка 2: УТ-00038303», as a button says it."""
        at = int(match[1]) - 1
        if not 0 <= at < len(order.lines) or self.goods.row(match[2]) is None:
            return None
        return self._decided(order, at, self.matcher.taken(order.lines[at], match[2]))

    def _decided(self, order: Order, at: int, line: Line) -> Edited:
        """A line decided; the next that is open is asked about."""
        opened = [n for n in order.open_lines if n != at]
        focus = next((n for n in opened if n > at), opened[0] if opened else at)
        return Edited(act="edited", order=joined(order.with_line(at, line)), focus=focus)

    def _done(self, draft: Draft) -> Edited:
        nothing = [at for at in set(draft.touched) if draft.order.lines[at].quantity == 0]
        draft.remove(nothing)
        if draft.keep:
            gone = [at for at in range(len(draft.order.lines)) if at not in draft.keep]
            draft.remove(gone)
        order = joined(_unjoined(draft.order))
        focus = draft.touched[-1] if draft.touched else -1 if draft.gone else draft.focus
        return Edited(
            act="checkout" if draft.checkout else "edited",
            order=order,
            focus=focus if focus < len(order.lines) else len(order.lines) - 1,
            beside=", ".join(draft.beside),
            lost=tuple(text for text in draft.lost if self._names_goods(text)),
            gone=tuple(draft.gone),
            absent=tuple(dict.fromkeys(draft.absent)),
            missing=tuple(draft.missing),
            which=tuple(draft.which),
            absurd=draft.absurd,
            told=tuple(draft.told),
        )

    def _names_goods(self, text: str) -> bool:
        """Whether what was not understood is worth a word: «ой, подождите» is not."""
        sense = self.goods.sense(clauses.core(text))
        return sense.goods or sense.code or sense.article

    def _cheapest(self, done: Edited) -> Edited:
        lines = self.chooser.cheapest(done.order)
        return replace(done, act="edited", order=joined(replace(done.order, lines=lines)))

    def _sentence(self, draft: Draft, sentence: str, question: bool) -> None:
        draft.mode = ""
        if match := self.words.verbs["all_lines"].search(plain(sentence)):
            sentence = f"{sentence[: match.start()]}всех{sentence[match.end() :]}"
        if self.deciding.by_rank(draft, sentence):
            draft.understood = True
            return
        lead = _LEAD.match(plain(sentence))
        if lead and lead[0]:
            sentence = sentence[lead.end() :]
        if other := _NOT_THAT.search(sentence):
            sentence, draft.mode = sentence[: other.start()], "change"
        sentence = self.exchanging.with_more_instead(draft, sentence)
        sentence = _NEXT_LINE.sub(r"\1, ", self.mentions.marked(sentence, draft))
        sentence = self.mentions.device_first(draft, sentence)
        low = plain(sentence)
        if self.renumbering.all_but(draft, low) or self.exchanging.not_but(draft, low):
            draft.understood = True
            return
        draft.adding = bool(lead and self.words.verbs["add"].search(lead[0]))
        draft.again = bool(lead and self.words.verbs["again"].search(lead[0]))
        draft.goes_on = bool(lead and lead[0].split()[:1] == ["и"])
        if lead and clauses.verb(lead[0].strip()) == "change":
            draft.mode = "change"  # «ну тогда incell»
        said = clauses.pieces(sentence)
        for at, (clause, more) in enumerate(said):
            draft.adding, draft.again = draft.adding or more, draft.again or more
            named = clauses.core(clause)
            if not (named or pointing.places(clause)) and clauses.verb(plain(clause)) == "add":
                draft.adding = True
                continue
            if (
                not (named or pointing.places(clause))
                and at + 1 < len(said)
                and (clauses.verb(plain(clause)) == "change")
            ):
                draft.mode = "change"  # «передумал, акб кф»
                continue
            if draft.added and self._goes_on(draft, clause):
                draft.added[-1] += f", {clause}"
                continue
            if clauses.checks_out(clause):
                draft.understood = draft.checkout = True
                continue
            tells = clauses.verb(plain(clause)) in ("remove", "keep", "replace")
            counts = bool(draft.lost) and not tells and only_amount(named or "")
            if counts and self._was_meant(draft, named):
                draft.understood = True  # «скотча мало, надо 10»
                continue
            if counts and self._names_goods(draft.lost[-1]):
                draft.added.append(f"{draft.lost.pop()}, {clause}")  # «акб 12 hg, 4 шт»
                draft.understood = True
                continue
            ended = question and at == len(said) - 1
            if self._clause(draft, clause, asked=ended or clauses.asks(clause)):
                draft.understood = True
            elif draft.understood or draft.checkout:
                draft.beside.append(clause)
            else:
                draft.lost.append(clause)
        self._flush(draft)

    def _was_meant(self, draft: Draft, amount: str) -> bool:
        """Whether the words just before name one line: then the number is its quantity."""
        places = self.mentions.refs(draft, clauses.core(draft.lost[-1]))
        if len(places) != 1:
            return False
        draft.lost.pop()
        draft.set(places[0], only_amount(amount))
        return True

    def _goes_on(self, draft: Draft, clause: str) -> bool:
        """«… скотч на 11, пачку по 5 - 1»: more of the goods that have just been named."""
        if explicit_amount(draft.added[-1]) or clauses.verb(plain(clause)):
            return False
        amount = explicit_amount(clause)
        rest = clauses.core(amount.rest if amount else clause)
        sense = self.goods.sense(rest)
        return not (sense.goods or sense.whole) or order_words().packs.match(rest) is not None

    def _flush(self, draft: Draft) -> None:
        for text in draft.added:
            if not self._add(draft, text):
                draft.lost.append(text)
        draft.added = []

    def _clause(self, draft: Draft, clause: str, *, asked: bool) -> bool:
        clause = self.mentions.with_others(draft, self.mentions.with_device(draft, clause))
        clause = self.renumbering.of_a_model(draft, clause)
        low = plain(clause)
        if not low:  # «остальные убери» where there are no others
            return True
        if self.removing.restored(draft, low):
            return True
        own = clauses.verb(low) or ("add" if draft.adding else "")
        counts = pointing.places(low) and only_amount(clauses.core(pointing.without(low)))
        verb = own or ("" if counts else draft.mode)  # «третью удали, вторую 12»
        if numbers := pointing.absent(low):
            if not (len(numbers) == 1 and self._nth_option(draft, low, numbers[0] - 1)):
                draft.absent += numbers
            return True
        if self.renumbering.recounted(draft, low, verb, asked=asked):
            return True
        if not asked and self._as_many_as(draft, low):
            return True
        same = self.words.verbs["same"].search(low)
        if same and (line := draft.focused()) and line.quantity:
            clause = f"{clause[: same.start()]} {clause[same.end() :]} {line.quantity} шт"
            low = plain(clause)
        if asked and "remove" in (verb, _asked_without(low)):
            sums = _asked_without(low) or clauses.takes_away(low)
            return bool(sums) and self.removing.would_be(draft, low)
        if verb == "remove":
            draft.mode = verb
            return self.removing.take_away(draft, clause, own=bool(own))
        if verb == "keep":
            places = self.mentions.pointed(draft, low) or self.mentions.refs(
                draft, clauses.core(clause)
            )
            if places:
                draft.mode = verb
                draft.keep += places
                draft.touched += places
                return True
        if (
            verb == "replace"
            and pointing.places(low)
            and only_amount(clauses.core(pointing.without(low)))
        ):
            verb = "change"  # «поменяй количество: первое 5»
        if verb == "replace" and (goods := self.exchanging.in_place_of_gone(draft, low)):
            return self._change_or_add(draft, goods, "add", asked=False)
        if asked and verb in ("cheaper", "dearer"):
            return self.exchanging.told(draft, clause, verb)
        if asked and self.exchanging.told_kin(draft, clause):
            return True
        if not asked and verb in ("", "cheaper") and self._names_new_goods(draft, clause):
            verb = "add"  # «и дисплей к нему подешевле 1», «и чехол на него»
        if verb in ("replace", "cheaper", "dearer"):
            return self.exchanging.exchange(draft, clause, verb)
        if not verb and not asked and self.exchanging.one_for_another(draft, low):
            return True
        return self._change_or_add(draft, clause, verb, asked=asked)

    def _nth_option(self, draft: Draft, low: str, place: int) -> bool:
        """«третий возьму»: of the options of the open line, where no line has that number."""
        at = draft.target()
        if not (pointing.is_bare(low) and at >= 0 and self.deciding.is_open(draft, at)):
            return False
        said = clauses.core(pointing.without(low))
        return not said and self.deciding.nth(draft, at, place)

    def _names_new_goods(self, draft: Draft, clause: str) -> bool:
        """Whether a clause counts goods that no line is of."""
        core = clauses.core(clause)
        amount = explicit_amount(core) or bare_amount(core, self.goods, ending=True)
        same = order_words().same_device.search(plain(clause)) is not None
        if amount is None and not same and not draft.goes_on:
            return False
        named = clauses.core(amount.rest if amount else core)
        known = self.mentions.kin(draft, named) or self.mentions.refs(draft, named)
        return self.goods.sense(named).goods and not known

    def _as_many_as(self, draft: Draft, low: str) -> bool:
        """«акб 11 поставь как у дисплея»: the quantity of another line."""
        match = _AS_MANY_AS.search(low)
        if match is None:
            return False
        other = pointing.places(match[1]) or self.mentions.refs(draft, clauses.core(match[1]))
        rest = low[: match.start()]
        places = pointing.places(rest) or self.mentions.refs(draft, clauses.core(rest))
        if len(other) != 1 or not places:
            return False
        for at in places:
            draft.set(at, draft.order.lines[other[0]].quantity)
        return True

    def _change_or_add(self, draft: Draft, clause: str, verb: str, *, asked: bool) -> bool:
        low = plain(clause)
        pointed = self.mentions.pointed(draft, low, bare=False)
        if _TOO_MANY.search(low) and (
            pointed or len(self.mentions.refs(draft, clauses.core(_TOO_MANY.sub(" ", low)))) == 1
        ):
            draft.absurd = True
            return True
        if pointed and draft.order.lines and self._by_number(draft, low, pointed, asked=asked):
            return True
        price = _PRICE.search(low)
        if price and (done := self.deciding.by_price(draft, low, price)):
            return done
        own = without_prices(clause)
        if enough := self.words.verbs["enough"].search(plain(own)):
            own = f"{own[: enough.start()]} {own[enough.end() :]}".strip()  # «дисплеев один хватит»
        core = clauses.core(own)
        if not asked and self._plainest(draft, low, core):
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
        of_a_model = _OF_A_MODEL.search(low)
        if of_a_model and draft.goes_on and not asked and not self.mentions.refs(draft, core):
            return self._same_for_a_model(draft, clause)
        told = core and not of_a_model
        if amount is None and told and (value := only_amount(core)) is not None and verb != "add":
            if value > LONG_NUMBER and self.mentions.refs(draft, core):
                return False  # «2015» of «оплетка 2015» is no quantity
            amount, rest = Amount(value=value, how="unit", rest=""), ""
        if amount and not rest and _NOT.search(low):
            return False  # «64 не …»: nothing is to be that many
        if amount and not rest:
            return self._amount_alone(draft, amount, each=each, more=verb == "add")
        if not rest or (asked and not amount):
            return False
        return self._with_words(draft, clause, rest, amount, verb, each=each)

    def _same_for_a_model(self, draft: Draft, clause: str) -> bool:
        """«и на 15 тоже»: as many of the goods that the talk is about, for another model."""
        line, too = draft.focused(), self.words.verbs["too"].search(plain(clause))
        count = line.quantity if line and too else None
        if too:
            clause = f"{clause[: too.start()]} {clause[too.end() :]}".strip()
        draft.added.append(f"{clause} - {count}" if count else clause)
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
            return self.deciding.choose_words(draft, pointed[0], core) or self.exchanging.reword(
                draft, pointed[0], core
            )
        return False

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
        missing = [at for at, line in enumerate(draft.order.lines) if line.quantity is None]
        at = missing[0] if len(missing) == 1 and not draft.touched else draft.target()
        draft.set(at, amount.value)
        return True

    def _with_words(
        self, draft: Draft, clause: str, rest: str, amount: Amount | None, verb: str, *, each: bool
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
            for at in [*places, *(self._shared(draft) if amount.how == "each" else ())]:
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
        if amount is None and verb != "add":
            return self.deciding.refines(draft, rest) or (
                verb == "change"
                and not places
                and (
                    self.exchanging.rewords_one(draft, clause)
                    or self.exchanging.exchanges_only(draft, rest)
                )
            )
        if places and verb == "add" and amount is None and len(places) == 1:
            draft.set(places[0], (draft.order.lines[places[0]].quantity or 0) + 1)
            return True
        if self._another_colour(draft, clause, rest, amount):
            return True
        if sense.empty and not sense.known and not sense.colour:
            return False
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

    def _another_colour(self, draft: Draft, clause: str, rest: str, amount: Amount | None) -> bool:
        """«и белых таких же 5»: the goods that the talk is about, in another colour."""
        line = draft.focused()
        if line is None or line.state != "sure" or amount is None:
            return False
        sense = self.goods.sense(self.words.verbs["alike"].sub(" ", rest))
        colour = sense.colour and not (sense.goods or sense.whole or sense.value or sense.known)
        if not colour or not self.words.verbs["alike"].search(plain(clause)):
            return False
        code = self.matcher.in_colour(line.code, rest)
        if not code:
            return False
        bare = replace(line, said=f"{line.said}, {rest}", quantity=amount.value, note="")
        draft.order = replace(
            draft.order, lines=(*draft.order.lines, self.matcher.taken(bare, code))
        )
        draft.touched.append(len(draft.order.lines) - 1)
        return True

    def _shared(self, draft: Draft) -> list[int]:
        """«мышь и кабель по 3»: the lines named before, which had no quantity of their own."""
        found = [(text, self.mentions.refs(draft, clauses.core(text))) for text in draft.lost]
        draft.lost = [text for text, places in found if len(places) != 1]
        return [places[0] for _, places in found if len(places) == 1]

    def _leaning(self, said: SaidLine, devices: Sequence[str]) -> Line:
        """«и скотч пачку»: of many that fit, those for the only device that the order is about."""
        line = self.matcher.line(said)
        many = line.state == "choose" and len(line.options) == MOST_OPTIONS
        if not many or said.lean != "own" or len(devices) != 1 or self.goods.sense(said.said).whole:
            return line
        found = self.matcher.asked(
            f"{said.said} на {devices[0]}", said=said.said, quantity=said.quantity
        )
        codes = found.codes or [option.code for option in found.options]
        fits = all(self.goods.is_for(devices[0], code) for code in codes)
        decided = found.state == "choose" or (found.state == "sure" and fits)
        return found if decided and not is_missing_a_word(found) else line

    def _add(self, draft: Draft, text: str) -> bool:
        """New lines, read as any order; what they leave out is the last line's."""
        if not self.mentions.names_something(text):
            return False
        line = draft.focused()
        devices = dict.fromkeys(
            filter(None, (self.goods.device_of(line.asked) for line in draft.order.lines))
        )
        base = (line.asked if line else "") or ""
        if alike := self.words.verbs["alike"].search(plain(text)):
            text = f"{text[: alike.start()]} {text[alike.end() :]}"  # «таких же чёрных на камон 30»
            base = self._base_of(draft, text, base)
        reading = read(text, self.goods, base=base, devices=list(devices))
        found = [self._leaning(one, list(devices)) for one in reading.lines]
        found = [one for one in found if one.state != "unread"]
        if reading.alone and len(found) == 1 and found[0].quantity is None:
            found = [with_notes(replace(found[0], quantity=reading.alone))]
        for one in found:
            draft.order = replace(draft.order, lines=(*draft.order.lines, one))
            draft.touched.append(len(draft.order.lines) - 1)
        return bool(found)

    def _base_of(self, draft: Draft, text: str, base: str) -> str:
        """The line, the last first, whose goods there are as the words say."""
        for line in reversed(draft.order.lines):
            said = read(text, self.goods, base=line.asked).lines[:1]
            found = [self.matcher.line(one) for one in said]
            if found and found[0].state == "sure" and not is_missing_a_word(found[0]):
                return line.asked
        return base


def _unjoined(order: Order) -> Order:
    """Without the notes on repeated goods, which the edit may have made wrong."""
    mark = text_of("same_goods", n="\\d+").replace("\\d+", "").split(".")[0][:20]
    return replace(
        order,
        lines=tuple(
            replace(line, note=re.sub(rf"{re.escape(mark)}[^.]*\.\s*", "", line.note))
            if mark in line.note
            else line
            for line in order.lines
        ),
    )


def _asked_without(low: str) -> str:
    """«сколько будет без дисплея?» tells to remove nothing, but asks what would be."""
    summed = re.search(r"(?<!\w)(?:сколько|по\s?чем|сумм\w*|итог\w*)(?!\w)", low)
    return "remove" if summed and re.search(r"(?<!\w)без\s+\w", low) else ""
