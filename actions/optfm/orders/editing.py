"""An order edited in words: what a message adds, changes, removes, chooses; never guesses."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher, joined, with_notes
from optfm.orders.notes import text_of
from optfm.orders.order import Line, Option, Order
from optfm.orders.quantities import (
    Amount,
    bare_amount,
    explicit_amount,
    only_amount,
    plain,
    plain_amount,
    without_prices,
)  # fmt: skip
from optfm.orders.reading import AND, COMMA, read, sentences
from optfm.orders.words import order_words
from optfm.text.morphology import analyser

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
_NOT_BUT = re.compile(r"(?<!\w)не\s+(\d{1,5})(?:\s*шт\w*)?\s*,?\s*а\s+(\d{1,5})(?![\w.,]\w)")
_INSTEAD = re.compile(r"(?<![\w-])(\d{1,5})\s*(?:шт\w*)?\s*(?:вместо|а не)\s+(\d{1,5})(?!\w)")
_INSTEAD_FIRST = re.compile(r"вместо\s+(\d{1,5})\s*(?:шт\w*)?\s*[-,]?\s*(?:\w+\s+)?(\d{1,5})(?!\w)")
_PRICE = re.compile(
    r"(?<!\w)(?:за|по|цена|который|которая|которые)\s+(\d{2,6})(?:\s*(?:р\w*|₽))?(?![\w.,])"
)
_FOR_LINE = re.compile(r"(?<!\w)(?:для|у|в|на)\s+(\d{1,3})(?:-?(?:го|й|ой|я))?\s*$")
_BETWEEN = re.compile(rf"{AND.pattern}|\s+а\s+(?=\S+\s+\S)", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"^(.*\S)\s+(\d{1,5})$")
_LEAD = re.compile(r"^(?:(?:и|а|да|ну|так|вот|еще|также|плюс|тогда)\s+)*")
_LEADING_LINE = re.compile(r"^(\d{1,3})(?:-?(?:ю|я|е|й|го))?$")
_QUESTION = re.compile(
    r"(?<!\w)(?:сколько|почем|как(?:ой|ая|ие|ое)?|когда|где|есть ли|а есть|можно ли|чем|что за)"
    r"(?!\w)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """What a message did to an order."""

    act: Act
    order: Order
    focus: int = -1  #: place of the line that the talk is about, -1 for none
    beside: str = ""  #: what else the message says: «самовывоз завтра»
    lost: tuple[str, ...] = ()  #: pieces that were not understood
    gone: tuple[str, ...] = ()  #: names of the lines that were removed


@dataclass
class _Work:
    order: Order
    focus: int
    understood: bool = False
    mode: str = ""  #: a verb that goes on over commas: «убери кабель и мышь»
    keep: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    adding: bool = False
    added: list[str] = field(default_factory=list)  #: clauses of one sentence that name new goods
    checkout: bool = False


class Editor:
    """Edits orders over one revision of the list."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.words = edit_words()

    def edit(self, text: str, order: Order, focus: int = -1) -> Edited | None:
        """What a message means for an order, or None where it is about something else.

        :param focus: place of the line that the last turn was about.
        """
        if name := self.command(text):
            done = Edited(act=name, order=order, focus=focus)  # type: ignore[arg-type]
            return self._cheapest(done) if name == "cheapest" else done
        if (match := _PICKED.match(text.strip())) and (picked := self._picked(match, order)):
            return picked
        work = _Work(order, focus if 0 <= focus < len(order.lines) else -1)
        if self._numbers(text, work):
            return self._done(work)
        for row in text.splitlines():
            for sentence, question in sentences(row):
                self._sentence(work, sentence, question)
        if not work.understood or (work.lost and work.order is order and not work.checkout):
            return None
        return self._done(work)

    def says_count(self, text: str) -> bool:
        """Whether a message plainly counts what it names: «колонка 2 шт», «3 наушника»."""
        amount = plain_amount(self._core(text), self.goods) or plain_amount(
            text.strip(" .!"), self.goods
        )
        return amount is not None and not _QUESTION.search(plain(text))

    def command(self, text: str) -> str:
        """The command that a whole message is, "" where it is none."""
        low = " ".join(re.sub(r"[^\w-]+", " ", plain(text)).split())
        for shorter in (
            low,
            re.sub(r"^(?:ну|а|и|так|ок|окей|хорошо|ладно|тогда|давай|да|пожалуйста)\s+", "", low),
            re.sub(r"\s+(?:пожалуйста|плиз|тогда|уже)$", "", low),
        ):
            for name, said in self.words.commands.items():
                if shorter in said:
                    return name
        return ""

    def _picked(self, match: re.Match[str], order: Order) -> Edited | None:
        """«строка 2: УТ-00038303», as a button says it."""
        at = int(match[1]) - 1
        if not 0 <= at < len(order.lines) or self.goods.row(match[2]) is None:
            return None
        line = self.matcher.taken(order.lines[at], match[2])
        opened = [n for n in order.open_lines if n != at]
        focus = next((n for n in opened if n > at), opened[0] if opened else at)
        return Edited(act="edited", order=joined(order.with_line(at, line)), focus=focus)

    def _done(self, work: _Work) -> Edited:
        if work.keep:
            gone = [at for at in range(len(work.order.lines)) if at not in work.keep]
            self._remove(work, gone)
        order = joined(_unjoined(work.order))
        focus = work.touched[-1] if work.touched else work.focus
        return Edited(
            act="checkout" if work.checkout else "edited",
            order=order,
            focus=focus if focus < len(order.lines) else len(order.lines) - 1,
            beside=", ".join(work.beside),
            lost=tuple(text for text in work.lost if self._names_goods(text)),
            gone=tuple(work.gone),
        )

    def _names_goods(self, text: str) -> bool:
        """Whether what was not understood is worth a word: «ой, подождите» is not."""
        sense = self.goods.sense(self._core(text))
        return sense.goods or sense.code or sense.article

    def _cheapest(self, done: Edited) -> Edited:
        lines = [
            self.matcher.taken(line, min(line.options, key=lambda o: o.price_kop).code)
            if line.state == "choose" and line.options
            else line
            for line in done.order.lines
        ]
        return replace(done, act="edited", order=joined(replace(done.order, lines=tuple(lines))))

    def _numbers(self, text: str, work: _Work) -> bool:
        """«не 100 а 10», «семёрок 10 вместо 5»."""
        low = plain(text)
        for pattern, old, new in ((_NOT_BUT, 1, 2), (_INSTEAD, 2, 1), (_INSTEAD_FIRST, 1, 2)):
            match = pattern.search(low)
            if match is None:
                continue
            before, after = int(match[old]), int(match[new])
            core = self._core(f"{low[: match.start()]} {low[match.end() :]}")
            places = self._refs(work, core) if core else []
            if not places:
                places = [at for at, line in enumerate(work.order.lines) if line.quantity == before]
            if len(places) > 1:
                places = [at for at in places if work.order.lines[at].quantity == before] or places
            if len(places) > 1 and work.focus in places:
                places = [work.focus]
            if len(places) == 1:
                self._set(work, places[0], after)
                return True
        return False

    def _sentence(self, work: _Work, sentence: str, question: bool) -> None:
        work.mode = ""
        lead = _LEAD.match(plain(sentence))
        if lead and lead[0]:
            sentence = sentence[lead.end() :]
        work.adding = bool(lead and self.words.verbs["add"].search(lead[0]))
        clauses = _pieces(sentence)
        for at, (clause, more) in enumerate(clauses):
            work.adding = work.adding or more
            if not self._core(clause) and self._verb(plain(clause)) == "add":
                work.adding = True
                continue
            if work.added and self._goes_on(work, clause):
                work.added[-1] += f", {clause}"
                continue
            if self.command(clause) == "checkout":
                work.understood = work.checkout = True
                continue
            ended = question and at == len(clauses) - 1
            if self._clause(work, clause, asked=ended or bool(_QUESTION.search(plain(clause)))):
                work.understood = True
            elif work.understood or work.checkout:
                work.beside.append(clause)
            else:
                work.lost.append(clause)
        self._flush(work)

    def _goes_on(self, work: _Work, clause: str) -> bool:
        """«… скотч на 11, пачку по 5 - 1»: more of the goods that have just been named."""
        if explicit_amount(work.added[-1]) or self._verb(plain(clause)):
            return False
        amount = explicit_amount(clause)
        rest = self._core(amount.rest if amount else clause)
        sense = self.goods.sense(rest)
        return not (sense.goods or sense.whole) or order_words().packs.match(rest) is not None

    def _flush(self, work: _Work) -> None:
        for text in work.added:
            if not self._add(work, text):
                work.lost.append(text)
        work.added = []

    def _clause(self, work: _Work, clause: str, *, asked: bool) -> bool:
        low = plain(clause)
        own = self._verb(low) or ("add" if work.adding else "")
        verb = own or work.mode
        same = self.words.verbs["same"].search(low)
        if same and (line := self._focused(work)) and line.quantity:
            clause = f"{clause[: same.start()]} {clause[same.end() :]} {line.quantity} шт"
            low = plain(clause)
        if verb == "remove":
            work.mode = verb
            return self._take_away(work, clause, own=bool(own))
        if verb == "keep":
            places = self._pointed(work, low) or self._refs(work, self._core(clause))
            if places:
                work.mode = verb
                work.keep += places
                work.touched += places
                return True
        if verb in ("replace", "cheaper", "dearer"):
            return self._exchange(work, clause, verb)
        return self._change_or_add(work, clause, verb, asked=asked)

    def _verb(self, low: str) -> str:
        for name in ("remove", "replace", "keep", "cheaper", "dearer", "add", "change"):
            match = self.words.verbs[name].search(low)
            if match is None:
                continue
            if name == "remove" and match[0] in ("без", "кроме", "минус") and match.start() > 0:
                continue  # «акб без шлейфа»: of the goods
            if name == "keep" and (explicit_amount(low) or match.start() > 0):
                continue
            return name
        return ""

    def _core(self, text: str) -> str:
        """The words that name something: without verbs and fillers."""
        low = plain(text)
        for name in (
            "remove",
            "replace",
            "cheaper",
            "dearer",
            "add",
            "change",
            "keep",
            "same",
            "line",
            "option",
            "last",
        ):
            low = self.words.verbs[name].sub(" ", low)
        low = re.sub(rf"(?<!\w){order_words().each.pattern}(?!\w)", " ", low)
        words = [
            w for w in re.findall(r"[\w.,+/*-]+", low)
            if not self.words.verbs["empty"].fullmatch(w) and re.search(r"\w", w) and not _acts(w)
        ]  # fmt: skip
        return " ".join(words).strip(" -,.")

    def _focused(self, work: _Work) -> Line | None:
        lines = work.order.lines
        at = work.touched[-1] if work.touched else work.focus
        return lines[at] if 0 <= at < len(lines) else lines[-1] if lines else None

    def _target(self, work: _Work) -> int:
        """The line that is talked about: the last touched, the one in focus, the only open one."""
        if work.touched:
            return work.touched[-1]
        opened = work.order.open_lines
        if work.focus in opened or (work.focus >= 0 and not opened):
            return work.focus
        if opened:
            return opened[0]
        return len(work.order.lines) - 1

    def _pointed(self, work: _Work, low: str, *, bare: bool = True) -> list[int]:
        """The lines named by their numbers: «второй строки», «№3», «для 2», «последней»."""
        lines = work.order.lines
        if self.words.verbs["last"].search(low) and lines:
            return [len(lines) - 1]
        for word, number in self.words.ordinals.items():
            if re.search(rf"(?<!\w){word}(?!\w)", low) and number <= len(lines):
                return [number - 1]
        line = self.words.verbs["line"].pattern
        for pattern in (
            rf"{line}\s*(\d{{1,3}})(?!\w)",
            rf"(?<!\w)(\d{{1,3}})(?:-?[а-я]{{1,2}})?\s+{line}",
        ):
            if (match := re.search(pattern, low)) and 0 < int(match[1]) <= len(lines):
                return [int(match[1]) - 1]
        if not bare:
            return []
        match = _FOR_LINE.search(low) or _LEADING_LINE.match(self._core(low))
        if match and 0 < int(match[1]) <= len(lines) and not self._refs(work, match[1]):
            return [int(match[1]) - 1]
        return []

    def _refs(self, work: _Work, core: str) -> list[int]:
        """The lines that have all that the words say."""
        if not core or not re.search(r"\w", core):
            return []
        found = [at for at, line in enumerate(work.order.lines) if self._is_meant(core, line)]
        if len(found) > 1:
            own = [at for at in found if self._named_so(core, work.order.lines[at])]
            found = own or found
        return found

    def _is_meant(self, core: str, line: Line) -> bool:
        if line.state == "sure":
            return any(self.goods.meets(core, code) for code in (line.codes or (line.code,)))
        if line.state == "choose":
            return any(self.goods.meets(core, option.code) for option in line.options)
        said = {w[:5] for w in re.findall(r"\w+", plain(line.said))}
        return all(w[:5] in said for w in re.findall(r"\w+", core))

    def _named_so(self, core: str, line: Line) -> bool:
        """Whether the customer himself used the words in that line."""
        said = {w[:4] for w in re.findall(r"\w+", plain(f"{line.said} {line.asked}"))}
        return all(w[:4] in said for w in re.findall(r"\w+", core))

    def _take_away(self, work: _Work, clause: str, *, own: bool) -> bool:
        low = plain(clause)
        core = self._core(clause)
        amount = explicit_amount(core)
        places = self._pointed(work, low) or self._refs(work, core)
        if not places and amount and (places := self._refs(work, amount.rest)):
            for at in places[:1]:
                line = work.order.lines[at]
                if amount.value and line.quantity and amount.value < line.quantity:
                    self._set(work, at, line.quantity - amount.value)
                    return True
        if not places and not core and own and work.order.lines:
            places = [self._target(work)]
        if not places:
            return False
        self._remove(work, places)
        return True

    def _remove(self, work: _Work, places: Sequence[int]) -> None:
        if not places:
            return
        lines = work.order.lines
        work.gone += [lines[at].name or lines[at].said for at in places]
        work.order = work.order.without(places)
        work.touched = [_shifted(at, places) for at in work.touched if at not in places]
        work.keep = [_shifted(at, places) for at in work.keep if at not in places]
        work.focus = _shifted(work.focus, places) if work.focus not in places else -1

    def _set(self, work: _Work, at: int, quantity: int | None) -> None:
        line = work.order.lines[at]
        if line.state == "sure":
            note = line.note if line.note and not _of_quantity(line.note) else ""
            line = with_notes(replace(line, quantity=quantity, note=note))
        else:
            line = replace(line, quantity=quantity)
        work.order = work.order.with_line(at, line)
        work.touched.append(at)

    def _exchange(self, work: _Work, clause: str, verb: str) -> bool:
        """«замени на оригинал», «вместо HG KF», «подешевле для 2»."""
        if not work.order.lines:
            return False
        low = plain(clause)
        places = self._pointed(work, low)
        core = self._core(_FOR_LINE.sub("", low) if places else low)
        if verb == "replace":
            return self._replace(work, low, places)
        if not places and core and (found := self._refs(work, core)):
            places = found
        if not places and core and not work.order.open_lines:
            return False
        at = places[0] if places else self._target(work)
        line = work.order.lines[at]
        most = re.search(r"(?<!\w)сам\w+", low) is not None
        if line.state == "choose" and line.options:
            options = sorted(line.options, key=lambda o: o.price_kop, reverse=verb == "dearer")
            self._put(work, at, self.matcher.taken(line, options[0].code))
            return True
        if line.state != "sure":
            return False
        options = [
            o for o in self._kin(line) if o.code != line.code
            and o.price_kop != line.price_kop
            and (o.price_kop < line.price_kop) == (verb == "cheaper")
        ]  # fmt: skip
        options.sort(key=lambda o: o.price_kop, reverse=verb == "dearer")
        if not options:
            note = text_of("no_cheaper" if verb == "cheaper" else "no_dearer")
            self._put(work, at, replace(line, note=note))
        elif most or len(options) == 1:
            self._put(work, at, self.matcher.taken(line, options[0].code))
        else:
            self._put(
                work, at,
                replace(
                    line, state="choose", options=tuple(options[:5]), code="", codes=(), name="",
                    price_kop=0, percent=0, status="", note="",
                ),
            )  # fmt: skip
        return True

    def _kin(self, line: Line) -> list[Option]:
        """The goods of the same kind for the same device."""
        return self.matcher.every_option(self.goods.kind_of(line.code))

    def _replace(self, work: _Work, low: str, places: list[int]) -> bool:
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        left, _, right = body.partition("\0")
        instead = re.search(r"(?<!\w)(?:вместо|взамен)(?!\w)", low) is not None
        old, new = "", ""
        if match := re.match(r"^\s*(.*?)(?:^|\s)на\s+(.+)$", right):
            old, new = match[1], match[2]
        elif instead:
            words = self._core(right).split()
            if left.strip():
                old, new = self._core(right), left
            else:
                for cut in range(1, len(words)):
                    if self._refs(work, " ".join(words[:cut])):
                        old, new = " ".join(words[:cut]), " ".join(words[cut:])
        if not new.strip():
            return False
        old, new = self._core(old), self._core(new)
        number = _LEADING_LINE.match(old)
        if number and 0 < int(number[1]) <= len(work.order.lines):
            places = [int(number[1]) - 1]
        places = places or (self._refs(work, old) if old else [])
        if not places and old:
            return False
        at = places[0] if places else self._target(work)
        line = work.order.lines[at]
        sense = self.goods.sense(new)
        kind = self.goods.kind_of(line.code) if line.state == "sure" else line.asked
        question = new if sense.goods or sense.code else self.goods.leaning(kind, new)
        found = self.matcher.asked(
            question, said=new if sense.goods else f"{line.said} {new}", quantity=line.quantity
        )
        if found.state == "none":
            work.lost.append(new)
            self._put(work, at, replace(line, note=text_of("no_such", what=new)))
            return True
        self._put(work, at, found)
        return True

    def _put(self, work: _Work, at: int, line: Line) -> None:
        work.order = work.order.with_line(at, line)
        work.touched.append(at)

    def _change_or_add(self, work: _Work, clause: str, verb: str, *, asked: bool) -> bool:
        low = plain(clause)
        pointed = self._pointed(work, low, bare=False)
        if pointed and work.order.lines and self._by_number(work, low, pointed[0]):
            return True
        price = _PRICE.search(low)
        if price and (done := self._by_price(work, low, price)):
            return done
        own = without_prices(clause)
        core = self._core(own)
        amount = explicit_amount(own) or explicit_amount(core)
        if amount is None and core:
            amount = bare_amount(core, self.goods, ending=True)
        last = _LAST_NUMBER.match(core) if amount is None and verb == "change" else None
        if last and self._refs(work, last[1]):
            amount = Amount(value=int(last[2]), how="end", rest=last[1])
        rest = self._core(amount.rest) if amount else core
        each = order_words().each.search(low) is not None or (
            amount is not None and amount.how == "each"
        )
        if amount is None and core and (value := only_amount(core)) is not None and verb != "add":
            amount, rest = Amount(value=value, how="unit", rest=""), ""
        if amount and not rest:
            return self._amount_alone(work, amount, each=each)
        if not rest or (asked and not amount):
            return False
        return self._with_words(work, clause, rest, amount, verb, each=each)

    def _by_number(self, work: _Work, low: str, at: int) -> bool:
        """«второй строки 20», «второй» of the options that are open."""
        line_said = self.words.verbs["line"].search(low) or self.words.verbs["last"].search(low)
        rest = re.sub(r"(?<!\w)(?:" + "|".join(self.words.ordinals) + r")(?!\w)", " ", low)
        if rest == low:
            rest = re.sub(rf"{self.words.verbs['line'].pattern}\s*\d{{1,3}}(?!\w)", " ", rest)
        rest = re.sub(
            rf"(?<!\w)\d{{1,3}}(?:-?[а-я]{{1,2}})?\s+{self.words.verbs['line'].pattern}", " ", rest
        )
        core = self._core(rest)
        amount = explicit_amount(rest.strip()) if core else None
        value = only_amount(core) if core else None
        if value is None and amount and not self._core(amount.rest):
            value = amount.value
        target = self._target(work)
        if not line_said and value is None and 0 <= target < len(work.order.lines):
            line = work.order.lines[target]
            if line.state == "choose" and at < len(line.options) and not core:
                self._put(work, target, self.matcher.taken(line, line.options[at].code))
                return True
        if value is not None:
            self._set(work, at, value)
            return True
        return False

    def _by_price(self, work: _Work, low: str, match: re.Match[str]) -> bool:
        """«11 за 1560»: of the goods to choose from, the one at that price."""
        kop = int(match[1]) * 100
        core = self._core(f"{low[: match.start()]} {low[match.end() :]}")
        places = self._refs(work, core) if core else list(work.order.open_lines)
        for at in places:
            line = work.order.lines[at]
            if line.state == "choose":
                options = [o for o in line.options if o.price_kop == kop]
                options = options or [
                    o for o in self.matcher.every_option(line.asked) if o.price_kop == kop
                ]
                if len(options) == 1:
                    self._put(work, at, self.matcher.taken(line, options[0].code))
                    return True
        return False

    def _amount_alone(self, work: _Work, amount: Amount, *, each: bool) -> bool:
        """«ну давай 5», «всё по 5»."""
        if not work.order.lines:
            return False
        if each and amount.value:
            places = work.keep or range(len(work.order.lines))
            for at in list(places):
                self._set(work, at, amount.value)
            return True
        missing = [at for at, line in enumerate(work.order.lines) if line.quantity is None]
        at = missing[0] if len(missing) == 1 and not work.touched else self._target(work)
        self._set(work, at, amount.value)
        return True

    def _with_words(
        self, work: _Work, clause: str, rest: str, amount: Amount | None, verb: str, *, each: bool
    ) -> bool:
        places = self._refs(work, rest)
        sense = self.goods.sense(rest)
        if (
            places
            and amount
            and verb == "add"
            and len(places) == 1
            and not self._narrows(work, places[0], rest)
        ):
            line = work.order.lines[places[0]]
            self._set(work, places[0], (line.quantity or 0) + (amount.value or 0))
            return True
        if places and self._chooses(work, places, rest, amount):
            return True
        if places and amount and (len(places) == 1 or each):
            for at in places:
                self._set(work, at, amount.value)
            return True
        if places and amount and (named := [p for p in places if p == self._target(work)]):
            self._set(work, named[0], amount.value)
            return True
        if amount is None and verb != "add":
            return self._refines(work, rest)
        if places and verb == "add" and amount is None and len(places) == 1:
            self._set(work, places[0], (work.order.lines[places[0]].quantity or 0) + 1)
            return True
        if sense.empty and not sense.known and not sense.colour:
            return False
        work.added.append(clause)
        return True

    def _narrows(self, work: _Work, at: int, rest: str) -> bool:
        line = work.order.lines[at]
        return line.state == "choose" or (
            len(line.codes) > 1 and bool(self.goods.sense(rest).colour)
        )

    def _chooses(
        self, work: _Work, places: Sequence[int], rest: str, amount: Amount | None
    ) -> bool:
        """«инселл давай», «одну чёрную»: words that decide an open line, a number or not."""
        opened = [at for at in places if self._narrows(work, at, rest)]
        if not opened:
            return False
        at = work.focus if work.focus in opened else opened[0]
        line = work.order.lines[at]
        if self._named_so(rest, line) and line.state == "choose" and amount:
            return False  # his own words again, with another number
        codes = [o.code for o in line.options] if line.state == "choose" else list(line.codes)
        fitting = [code for code in codes if self.goods.meets(rest, code)]
        if not fitting or (len(fitting) == len(codes) and line.state == "choose"):
            return False
        if len(fitting) == 1 or line.state == "sure":
            chosen = self.matcher.taken(line, fitting[0])
        else:
            chosen = replace(line, options=tuple(o for o in line.options if o.code in fitting))
        if amount and amount.value:
            chosen = with_notes(replace(chosen, quantity=amount.value, note=""))
        self._put(
            work,
            at,
            replace(
                chosen, said=f"{line.said} {rest}" if rest not in plain(line.said) else line.said
            ),
        )
        return True

    def _refines(self, work: _Work, rest: str) -> bool:
        """Words without a number that an open line's goods have: looked up anew."""
        sense = self.goods.sense(rest)
        if sense.goods and sense.whole:
            return False
        opened = work.order.open_lines
        for at in sorted(opened, key=lambda at: at != work.focus):
            line = work.order.lines[at]
            found = self.matcher.asked(
                f"{line.asked} {rest}", said=f"{line.said} {rest}", quantity=line.quantity
            )
            if found.state == "sure" or (
                found.state == "choose" and len(found.options) < len(line.options)
            ):
                self._put(work, at, found)
                return True
        return False

    def _names_something(self, text: str) -> bool:
        """Whether anything is left of a text but ordinals, verbs, fillers and numbers."""
        words = re.findall(r"[^\W\d_]{2,}", self._core(text))
        return any(word not in self.words.ordinals for word in words) or self.goods.sense(text).code

    def _add(self, work: _Work, text: str) -> bool:
        """New lines, read as any order; what they leave out is the last line's."""
        if not self._names_something(text):
            return False
        line = self._focused(work)
        reading = read(text, self.goods, base=(line.asked if line else "") or "")
        found = [self.matcher.line(one) for one in reading.lines]
        found = [one for one in found if one.state != "unread"]
        if reading.alone and len(found) == 1 and found[0].quantity is None:
            found = [with_notes(replace(found[0], quantity=reading.alone))]
        for one in found:
            work.order = replace(work.order, lines=(*work.order.lines, one))
            work.touched.append(len(work.order.lines) - 1)
        return bool(found)


@functools.lru_cache(4096)
def _acts(word: str) -> bool:
    """Whether a word is a verb in all its readings: «возьми», «посчитайте» name no goods."""
    if not analyser().word_is_known(word):
        return False
    return all(reading.tag.POS in ("VERB", "INFN") for reading in analyser().parse(word))


def _shifted(at: int, gone: Sequence[int]) -> int:
    return at - sum(place < at for place in gone)


def _pieces(sentence: str) -> list[tuple[str, bool]]:
    """The clauses of a sentence, and whether «ещё» stands before each."""
    found: list[tuple[str, bool]] = []
    for part in COMMA.split(sentence):
        start, more = 0, False
        for match in _BETWEEN.finditer(part or ""):
            found.append((part[start : match.start()].strip(), more))
            start, more = (
                match.end(),
                re.search("ещ[её]|также", match[0], re.IGNORECASE) is not None,
            )
        found.append(((part or "")[start:].strip(), more))
    return [(clause, more) for clause, more in found if clause]


def _of_quantity(note: str) -> bool:
    return bool(re.search(r"кратно|деш|цена ниже|Распродажа", note))


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
