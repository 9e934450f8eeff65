"""An order edited in words: what a message adds, changes, removes, chooses; never guesses."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from optfm.orders import pointing
from optfm.orders.choosing import Chooser
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher, is_missing_a_word, joined, with_notes
from optfm.orders.notes import text_of
from optfm.orders.order import Line, Option, Order
from optfm.orders.quantities import (
    Amount,
    bare_amount,
    explicit_amount,
    number_pattern,
    only_amount,
    plain,
    plain_amount,
    without_prices,
)  # fmt: skip
from optfm.orders.reading import AND, COMMA, read, sentences
from optfm.orders.recounting import recount
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
_TO_LINE = re.compile(r"(?<!\w)(?:к|ко|на|для|под)\s+[\ue000-\ue7ff]")
_LIKE_LINE = re.compile(r",\s*(как(?:\s+и)?\s+)(?=[\ue000-\ue7ff])")
_CLAUSE = re.compile(r"[,;\n]\s*(?!а\s+\d)")
_FIRST_FOR = re.compile(
    r"^(?:к|ко|на|для|под)\s+(?P<line>[\ue000-\ue7ff])\s*(?:,\s*)?(?P<rest>\S.*)$"
)
_TOO_MANY = re.compile(r"(?<![\w-])\d{6,}(?![\w-])")
_OF_QUANTITY = re.compile(r"кратно|^От \d+ шт|Распродажа|сколько именно")
_BUT = re.compile(r"(?<!\w)кроме\s+(.+?)(?=\s*,|\s+по\s+\d|\s*$)")
_BUT_SO_MANY = re.compile(
    r"^\W*кроме\s+([^,]+?)\s*,\s*(?:(?:его|ее|их|там|туда|этого|этой|только)\s+)?-?\s*(\d{1,5})"
    r"\s*(?:шт\w*)?\W*$"
)
_IN_PLACE_OF_IT = re.compile(r"^\s*(?:него|нее|них|этого|этой|этих)\s+(?=\S)")
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
    absent: tuple[int, ...] = ()  #: numbers of lines that the order does not have
    missing: tuple[str, ...] = ()  #: goods to remove that the order does not have
    which: tuple[int, ...] = ()  #: places that the words may all mean
    absurd: bool = False  #: a quantity that nobody orders

    @property
    def refused(self) -> bool:
        """Whether something was asked that the order cannot do."""
        return bool(self.absent or self.missing or self.which or self.absurd)


@dataclass
class _Work:
    order: Order
    focus: int
    understood: bool = False
    mode: str = ""  #: a verb that goes on over commas: «убери кабель и мышь»
    before: Order | None = None  #: as the order was before its last change
    keep: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    which: list[int] = field(default_factory=list)
    absurd: bool = False
    counted: dict[int, int | None] = field(default_factory=dict)  #: before «все по 5»
    beside: list[str] = field(default_factory=list)
    adding: bool = False
    again: bool = False  #: «ещё» stands before
    added: list[str] = field(default_factory=list)  #: clauses of one sentence that name new goods
    checkout: bool = False


class Editor:
    """Edits orders over one revision of the list."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.chooser = Chooser(matcher)
        self.words = edit_words()

    def edit(
        self, text: str, order: Order, focus: int = -1, *, before: Order | None = None
    ) -> Edited | None:
        """What a message means for an order, or None where it is about something else.

        :param focus: place of the line that the last turn was about.
        :param before: the order before its last change: «верни мини».
        """
        if name := self.command(text):
            done = Edited(act=name, order=order, focus=focus)  # type: ignore[arg-type]
            return self._cheapest(done) if name == "cheapest" else done
        if (match := _PICKED.match(text.strip())) and (picked := self._picked(match, order)):
            return picked
        if self._takes_back(text):
            return Edited(act="edited", order=order, focus=focus)
        if chosen := self._chosen(text, order, focus):
            return chosen
        work = _Work(order, focus if 0 <= focus < len(order.lines) else -1, before=before)
        text = self._renumbered(text, work)
        if not text and work.understood:
            return self._done(work)
        for row in text.splitlines():
            for sentence, question in sentences(row):
                self._sentence(work, sentence, question)
        if not work.understood or (work.lost and work.order is order and not work.checkout):
            return None
        return self._done(work)

    def only_counts(self, text: str) -> bool:
        """Whether a message is a number of pieces and nothing else: «беру 2», «5 штук»."""
        amount = explicit_amount(text)
        core = self._core(amount.rest if amount else text)
        return not core if amount else only_amount(core) is not None

    def with_goods(self, text: str, code: str) -> str:
        """The message with a code in place of «его» and «такой», where it says no goods itself."""
        low = plain(text)
        match = self.words.verbs["pronoun"].search(low)
        if match is None or self.command(text) or self._asks(text) or "?" in text:
            return text
        rest = f"{low[: match.start()]} {low[match.end() :]}"
        takes = self._verb(low) == "replace" or self.only_counts(rest) or self.accepts(rest)
        if not takes or self._verb(low) == "remove":
            return text
        return f"{text[: match.start()]}{code}{text[match.end() :]}"

    def says_count(self, text: str) -> bool:
        """Whether a message plainly counts what it names: «колонка 2 шт», «3 наушника»."""
        amount = plain_amount(self._core(text), self.goods) or plain_amount(
            text.strip(" .!"), self.goods
        )
        return amount is not None and not _QUESTION.search(plain(text))

    def accepts(self, text: str) -> bool:
        """Whether a message only agrees: «да», «давай»."""
        words = re.findall(r"\w+", plain(text))
        return bool(words) and all(self.words.verbs["accept"].fullmatch(word) for word in words)

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
            done = self.chooser.by_letter(line, text) or self.chooser.accepted(line, text)
            if done:
                return self._decided(order, at, done)
        found = self.chooser.listed(text, order)
        if not found:
            return None
        for at, line in found.items():
            order = order.with_line(at, line)
        opened = order.open_lines
        return Edited(act="edited", order=joined(order), focus=opened[0] if opened else max(found))

    def command(self, text: str) -> str:
        """The command that a whole message is, "" where it is none."""
        low = " ".join(re.sub(r"[^\w-]+", " ", plain(text)).split())
        for shorter in (
            low,
            self.words.verbs["filler"].sub("", low),
            re.sub(r"^(?:ну|а|и|так|ок|окей|хорошо|ладно|тогда|давай|да|пожалуйста)\s+", "", low),
            re.sub(r"\s+(?:пожалуйста|плиз|тогда|уже)$", "", low),
        ):
            for name, said in self.words.commands.items():
                if " ".join(sorted(shorter.split())) in said:
                    return name
        return ""

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

    def _done(self, work: _Work) -> Edited:
        nothing = [at for at in set(work.touched) if work.order.lines[at].quantity == 0]
        self._remove(work, nothing)
        if work.keep:
            gone = [at for at in range(len(work.order.lines)) if at not in work.keep]
            self._remove(work, gone)
        order = joined(_unjoined(work.order))
        focus = work.touched[-1] if work.touched else -1 if work.gone else work.focus
        return Edited(
            act="checkout" if work.checkout else "edited",
            order=order,
            focus=focus if focus < len(order.lines) else len(order.lines) - 1,
            beside=", ".join(work.beside),
            lost=tuple(text for text in work.lost if self._names_goods(text)),
            gone=tuple(work.gone),
            absent=tuple(dict.fromkeys(work.absent)),
            missing=tuple(work.missing),
            which=tuple(work.which),
            absurd=work.absurd,
        )

    def _names_goods(self, text: str) -> bool:
        """Whether what was not understood is worth a word: «ой, подождите» is not."""
        sense = self.goods.sense(self._core(text))
        return sense.goods or sense.code or sense.article

    def _cheapest(self, done: Edited) -> Edited:
        lines = self.chooser.cheapest(done.order)
        return replace(done, act="edited", order=joined(replace(done.order, lines=lines)))

    def _renumbered(self, text: str, work: _Work) -> str:
        """What is left of a message after the clauses that correct a number."""
        clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
        rest = [clause for clause in clauses if not self._corrects(clause)]
        if len(rest) < len(clauses) and all(self._counts_or_acts(work, c) for c in rest):
            done = [self._numbers(c, work) for c in clauses if c not in rest]
            if all(done):
                work.understood = True
                return ", ".join(rest)
        if self._numbers(text, work):
            work.understood = True
            return ""
        return text

    def _counts_or_acts(self, work: _Work, clause: str) -> bool:
        """Whether a clause is an edit by itself: a verb, or a count."""
        core = self._core(clause)
        return bool(
            explicit_amount(clause)
            or self._verb(plain(clause))
            or bare_amount(clause, self.goods, ending=True)
            or self._plain_count(work, core)
        )

    def _plain_count(self, work: _Work, core: str) -> Amount | None:
        """«батареек 12»: a number after goods that have no model, of one line of the order."""
        match = _LAST_NUMBER.match(core)
        places = self._refs(work, match[1]) if match else []
        if match is None or len(places) != 1 or self._refs(work, core):
            return None
        line = work.order.lines[places[0]]
        if self.goods.device_of(line.name or line.asked):
            return None
        return Amount(value=int(match[2]), how="end", rest=match[1])

    @staticmethod
    def _corrects(clause: str) -> bool:
        return any(p.search(plain(clause)) for p in (_NOT_BUT, _INSTEAD, _INSTEAD_FIRST))

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
        if match := self.words.verbs["all_lines"].search(plain(sentence)):
            sentence = f"{sentence[: match.start()]}всех{sentence[match.end() :]}"
        lead = _LEAD.match(plain(sentence))
        if lead and lead[0]:
            sentence = sentence[lead.end() :]
        sentence = self._marked(sentence, work)
        sentence = self._for_line_first(work, sentence)
        if self._all_but(work, plain(sentence)):
            work.understood = True
            return
        work.adding = bool(lead and self.words.verbs["add"].search(lead[0]))
        work.again = bool(lead and self.words.verbs["again"].search(lead[0]))
        clauses = _pieces(sentence)
        for at, (clause, more) in enumerate(clauses):
            work.adding, work.again = work.adding or more, work.again or more
            named = self._core(clause) or pointing.places(clause)
            if not named and self._verb(plain(clause)) == "add":
                work.adding = True
                continue
            if work.added and self._goes_on(work, clause):
                work.added[-1] += f", {clause}"
                continue
            if self.command(clause) == "checkout":
                work.understood = work.checkout = True
                continue
            ended = question and at == len(clauses) - 1
            if self._clause(work, clause, asked=ended or self._asks(clause)):
                work.understood = True
            elif work.understood or work.checkout:
                work.beside.append(clause)
            else:
                work.lost.append(clause)
        self._flush(work)

    def _all_but(self, work: _Work, low: str) -> bool:
        """«всё по 20, кроме мышей», «всё, кроме мыши, убери», «кроме мыши, её 3»."""
        if (match := _BUT_SO_MANY.match(low)) and (but := self._refs(work, self._core(match[1]))):
            for at in but:
                self._set(work, at, int(match[2]))
            return True
        match = _BUT.search(low)
        if match is None or not order_words().each.search(low):
            return False
        rest = self._core(f"{low[: match.start()]} {low[match.end() :]}")
        but = pointing.places(match[1]) or self._refs(work, self._core(match[1]))
        value = only_amount(rest)
        if but and not rest and self._takes_away(low):
            work.keep += but
            return True
        if value is None or not but:
            return False
        for at in range(len(work.order.lines)):
            if at not in but:
                self._set(work, at, value)
        return True

    def _takes_away(self, low: str) -> bool:
        """Whether a text tells to remove something: «убери», not «кроме»."""
        said = {match[0] for match in self.words.verbs["remove"].finditer(low)}
        return bool(said - {"без", "кроме", "минус"})

    def _asks(self, clause: str) -> bool:
        """Whether a clause asks something; the «как» of «как первое» does not."""
        return _QUESTION.search(self.words.verbs["alike"].sub(" ", plain(clause))) is not None

    def _for_line_first(self, work: _Work, sentence: str) -> str:
        """«ко второму ещё акб hg столько же»: the goods first, the line's device after them."""
        match = _FIRST_FOR.match(plain(sentence))
        if match is None:
            return sentence
        rest = sentence[match.start("rest") :]
        again = _LEAD.match(plain(rest))
        rest = rest[again.end() :] if again else rest
        if explicit_amount(rest) is None and not self.words.verbs["same"].search(plain(rest)):
            return sentence
        at = pointing.places(match["line"])[0]
        turned = self._with_device(work, f"{rest} к {match['line']}")
        if pointing.places(turned):
            return sentence
        work.focus = at
        return f"добавь {turned}"

    def _marked(self, sentence: str, work: _Work) -> str:
        """The sentence with marks for the lines that it names by number."""
        low, count = plain(sentence), len(work.order.lines)
        named = functools.partial(self._numbered, work.order)
        sentence = _LIKE_LINE.sub(r" \1", pointing.marked(sentence, count, named))
        says = self._verb(low) in ("remove", "keep", "cheaper", "dearer")
        if says or re.search(rf"\sпо\s+{number_pattern()}\b", low):
            marked = pointing.listed(sentence, count)
            if not self._names_something(pointing.without(marked)):
                return marked
        return sentence

    @staticmethod
    def _numbered(order: Order, number: int) -> list[int]:
        """The lines that the customer named by a number: «32-е», «13-х»."""
        pattern = re.compile(rf"(?<![\d.,]){number}(?![\d.,])")
        return [at for at, line in enumerate(order.lines) if pattern.search(line.said)]

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
        clause = self._with_others(work, self._with_device(work, clause))
        low = plain(clause)
        if self._restored(work, low):
            return True
        own = self._verb(low) or ("add" if work.adding else "")
        verb = own or work.mode
        if numbers := pointing.absent(low):
            work.absent += numbers
            return True
        if self._recounted(work, low, verb, asked=asked):
            return True
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

    def _with_others(self, work: _Work, clause: str) -> str:
        """«остальных по 6»: the lines that the message, or the last turn, did not speak of."""
        match = self.words.verbs["others"].search(plain(clause))
        if match is None:
            return clause
        spoken = set(work.touched) or {work.focus}
        others = [at for at in range(len(work.order.lines)) if at not in spoken]
        return f"{clause[: match.start()]} {pointing.marks(others)} {clause[match.end() :]}"

    def _restored(self, work: _Work, low: str) -> bool:
        """«верни мини»: lines that the last change removed."""
        if work.before is None or not self.words.verbs["restore"].search(low):
            return False
        core = self._core(self.words.verbs["restore"].sub(" ", low))
        if not core or self._refs(work, core):
            return False
        was = _Work(work.before, -1)
        places = self._refs(was, core) or self._by_tokens(work.before, core)
        here = [line.said for line in work.order.lines]
        places = [at for at in places if work.before.lines[at].said not in here]
        for at in places:
            lines = list(work.order.lines)
            lines.insert(min(at, len(lines)), work.before.lines[at])
            work.order = replace(work.order, lines=tuple(lines))
            work.touched = [t + (t >= at) for t in work.touched]
            work.touched.append(min(at, len(lines) - 1))
        return bool(places)

    def _by_tokens(self, order: Order, core: str) -> list[int]:
        return self._numbered(order, int(core)) if re.fullmatch(r"\d{1,4}", core) else []

    def _with_device(self, work: _Work, clause: str) -> str:
        """«акб к первому»: the device of that line in place of its number."""
        match = _TO_LINE.search(clause)
        places = pointing.places(match[0]) if match else []
        if match is None or not places:
            return clause
        rest = f"{clause[: match.start()]} {clause[match.end() :]}"
        line = work.order.lines[places[0]]
        device = (self.goods.device_of(line.asked) or self.goods.device_of(line.name)).split(",")[0]
        core = self._core(rest)
        if not device or not self.goods.sense(core).goods or self._refs(work, core):
            return clause
        return f"{clause[: match.start()]}на {device}{clause[match.end() :]}"

    def _recounted(self, work: _Work, low: str, verb: str, *, asked: bool) -> bool:
        """«мышек на 2 больше», «удвой», «ещё столько же», «ещё 5 таких же, как второе»."""
        if asked or not work.order.lines:
            return False
        found = recount(low)
        core = self._core(pointing.without(found.rest)) if found else ""
        places = pointing.places(low)
        if found is None:
            return self._more_of_the_same(work, low, verb, places)
        if not places and order_words().each.search(found.rest):
            places = list(range(len(work.order.lines)))
        places = places or (self._refs(work, core) if core else [self._target(work)])
        counted = [at for at in places if work.order.lines[at].quantity is not None]
        for at in counted:
            self._set(work, at, found.of(work.order.lines[at].quantity or 0))
        return bool(counted)

    def _more_of_the_same(self, work: _Work, low: str, verb: str, places: list[int]) -> bool:
        """«ещё столько же», «добавь ещё как первое»."""
        core = self._core(self.words.verbs["alike"].sub(" ", low))
        again = work.again or self.words.verbs["again"].search(low) is not None
        if verb != "add" or not again or (core and only_amount(core) is None):
            return False
        same = self.words.verbs["same"].search(low) is not None
        if not places and not (same and not core):
            return False
        for at in places or [self._target(work)]:
            before = work.order.lines[at].quantity
            more = only_amount(core) if core else before
            if more is None:
                return False
            self._set(work, at, (before or 0) + more)
        return True

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
        if found := pointing.places(low):
            return found
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
        for closer in (self._named_so, self._of_kind):
            if len(found) > 1:
                found = [at for at in found if closer(core, work.order.lines[at])] or found
        return found

    def _of_kind(self, core: str, line: Line) -> bool:
        """Whether a line is of the kind that the words name."""
        codes = [line.code] if line.code else [option.code for option in line.options]
        return any(self.goods.is_kind(core, code) for code in codes)

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
        if self.words.verbs["not_found"].search(low):
            states = enumerate(work.order.lines)
            self._remove(work, [at for at, x in states if x.state in ("none", "unread")])
            return True
        amount = explicit_amount(core) or bare_amount(core, self.goods, ending=False)
        fewer = self._refs(work, amount.rest) if amount and amount.value else []
        if len(fewer) == 1 and amount and amount.value:
            count = work.order.lines[fewer[0]].quantity
            if count and amount.value < count:
                self._set(work, fewer[0], count - amount.value)
                return True
        places = self._pointed(work, low) or self._refs(work, core) or fewer
        if not places and not core and own and work.order.lines:
            places = [self._target(work)]
        if not places:
            return own and self._not_there(work, low, core)
        if work.counted and re.match(r"\W*кроме", low):
            for at in places:  # «все по 10, кроме стёкол»
                self._set(work, at, work.counted.get(at))
            return True
        self._remove(work, places)
        return True

    def _not_there(self, work: _Work, low: str, core: str) -> bool:
        """«убери чехлы», «7 не надо», where the order has no such line."""
        if not self._takes_away(low):
            return False
        if re.fullmatch(r"\d{1,3}", core):
            work.absent.append(int(core))
            return True
        if self.goods.sense(core).goods and not self.says_count(core):
            work.missing.append(core)
            return True
        return False

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
            line = with_notes(replace(line, quantity=quantity, note=_not_of_quantity(line.note)))
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
            return self._rewords_one(work, clause)
        if len(places) < 2 and not core and order_words().each.search(low):
            places = list(work.order.open_lines) or list(range(len(work.order.lines)))
        for at in places or [self._target(work)]:
            self._dearer_or_cheaper(work, at, verb, low)
        return True

    def _dearer_or_cheaper(self, work: _Work, at: int, verb: str, low: str) -> None:
        line = work.order.lines[at]
        most = re.search(r"(?<!\w)сам\w+", low) is not None
        if line.state == "choose" and line.options:
            options = sorted(line.options, key=lambda o: o.price_kop, reverse=verb == "dearer")
            self._put(work, at, self.matcher.taken(line, options[0].code))
            return
        if line.state != "sure":
            work.touched.append(at)
            return
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

    def _kin(self, line: Line) -> list[Option]:
        """The goods of the same kind for the same device."""
        return self.matcher.every_option(self.goods.kind_of(line.code))

    def _replace(self, work: _Work, low: str, places: list[int]) -> bool:
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        left, _, right = body.partition("\0")
        instead = re.search(r"(?<!\w)(?:вместо|взамен)(?!\w)", low) is not None
        old, new = "", ""
        if instead and work.gone and (match := _IN_PLACE_OF_IT.match(right)):
            return self._change_or_add(work, right[match.end() :], "add", asked=False)
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
        if not new:
            return False
        number = _LEADING_LINE.match(old)
        if number and 0 < int(number[1]) <= len(work.order.lines):
            places = [int(number[1]) - 1]
        places = places or self._of_the_same_kind(work, old, new)
        if not places and old:
            return False
        for at in places or [self._target(work)]:
            if not self._reword(work, at, new):
                line = work.order.lines[at]
                self._put(work, at, replace(line, note=text_of("no_such", what=new)))
        return True

    def _of_the_same_kind(self, work: _Work, old: str, new: str) -> list[int]:
        """The lines that the words name; of several, those that a code is for."""
        places = self._refs(work, old) if old else []
        if len(places) < 2 or not self.goods.sense(new).code:
            return places
        kin = [
            at for at in places
            if self.goods.meets(self.goods.kind_of(work.order.lines[at].code), new.upper())
        ]  # fmt: skip
        return kin or places

    def _reword(self, work: _Work, at: int, new: str) -> bool:
        """Other goods for a line: «оригинал», «чёрные», «TG 671», a code."""
        if not re.search(r"[^\W\d_]", new):
            return False
        line = work.order.lines[at]
        sense = self.goods.sense(new)
        kind = self.goods.kind_of(line.code) if line.state == "sure" else line.asked
        questions = [self.goods.leaning(line.asked, new), self.goods.leaning(kind, new)]
        if sense.goods or sense.code:
            questions = [new]
        elif sense.colour and not (sense.known or sense.whole or sense.value):
            questions = questions[:1]  # another colour is of the very same goods
        for question in dict.fromkeys(questions):
            said = new if sense.goods or sense.code else f"{line.said} {new}"
            found = self.matcher.asked(question, said=said, quantity=line.quantity)
            if found.state in ("sure", "choose") and not is_missing_a_word(found):
                self._put(work, at, found)
                return True
        return False

    def _rewords_one(self, work: _Work, clause: str) -> bool:
        """«наушники чёрные лучше»: words that name one line, then what it should be."""
        words = self._core(clause).split()
        for cut in range(len(words) - 1, 0, -1):
            for named, new in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                places = self._refs(work, " ".join(named))
                if len(places) != 1 or not self.goods.sense(" ".join(named)).goods:
                    continue
                if not self._reword(work, places[0], " ".join(new)):
                    line = work.order.lines[places[0]]
                    note = text_of("no_such", what=" ".join(new))
                    self._put(work, places[0], replace(line, note=note))
                return True
        return False

    def _put(self, work: _Work, at: int, line: Line) -> None:
        work.order = work.order.with_line(at, line)
        work.touched.append(at)

    def _change_or_add(self, work: _Work, clause: str, verb: str, *, asked: bool) -> bool:
        low = plain(clause)
        pointed = self._pointed(work, low, bare=False)
        if _TOO_MANY.search(low) and (
            pointed or len(self._refs(work, self._core(_TOO_MANY.sub(" ", low)))) == 1
        ):
            work.absurd = True
            return True
        if pointed and work.order.lines and self._by_number(work, low, pointed, asked=asked):
            return True
        price = _PRICE.search(low)
        if price and (done := self._by_price(work, low, price)):
            return done
        own = without_prices(clause)
        core = self._core(own)
        amount = explicit_amount(own) or explicit_amount(core)
        if amount is None and core:
            amount = bare_amount(core, self.goods, ending=True)
        changes = amount is None and verb in ("change", "add")
        last = _LAST_NUMBER.match(core) if changes else None
        if last and self._refs(work, last[1]):
            amount = Amount(value=int(last[2]), how="end", rest=last[1])
        amount = amount or self._plain_count(work, core)
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

    def _by_number(self, work: _Work, low: str, pointed: list[int], *, asked: bool) -> bool:
        """«второй строки 20», «второй» of the options that are open, «первый ориг»."""
        rest = pointing.without(low)
        core = self._core(rest) or (rest if order_words().plainest.search(rest) else "")
        amount = explicit_amount(rest.strip()) if core else None
        value = only_amount(core) if core else None
        if value is None and amount and not self._core(amount.rest):
            value = amount.value
        target = self._target(work)
        if pointing.is_bare(low) and value is None and 0 <= target < len(work.order.lines):
            line, at = work.order.lines[target], pointed[0]
            if line.state == "choose" and at < len(line.options) and not core:
                self._put(work, target, self.matcher.taken(line, line.options[at].code))
                return True
        if value is not None:
            for at in pointed:
                self._set(work, at, value)
            return True
        if core and not asked and amount is None and len(pointed) == 1:
            return self._choose_words(work, pointed[0], core) or self._reword(
                work, pointed[0], core
            )
        return False

    def _choose_words(self, work: _Work, at: int, words: str) -> bool:
        """«первый remax»: the options of a line that have what the words say."""
        line = self.chooser.by_words(work.order.lines[at], words)
        if line is not None:
            self._put(work, at, line)
        return line is not None

    def _by_price(self, work: _Work, low: str, match: re.Match[str]) -> bool:
        """«11 за 1560»: of the goods to choose from, the one at that price."""
        core = self._core(f"{low[: match.start()]} {low[match.end() :]}")
        places = self._refs(work, core) if core else list(work.order.open_lines)
        for at in places:
            if line := self.chooser.by_price(work.order.lines[at], int(match[1]) * 100):
                self._put(work, at, line)
                return True
        return False

    def _amount_alone(self, work: _Work, amount: Amount, *, each: bool) -> bool:
        """«ну давай 5», «всё по 5»."""
        if not work.order.lines:
            return False
        if each and amount.value:
            places = work.keep or range(len(work.order.lines))
            work.counted = {at: line.quantity for at, line in enumerate(work.order.lines)}
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
            and (not self._narrows(work, places[0], rest) or self._is_named(work, places[0], rest))
        ):
            line = work.order.lines[places[0]]
            self._set(work, places[0], (line.quantity or 0) + (amount.value or 0))
            return True
        if each and amount is None and self._chooses_all(work, rest):
            return True
        if places and self._chooses(work, places, rest, amount):
            return True
        if places and amount and (len(places) == 1 or each):
            for at in [*places, *(self._shared(work) if amount.how == "each" else ())]:
                self._set(work, at, amount.value)
            return True
        if places and amount and (work.touched or work.focus in places):
            at = self._target(work)
            self._set(work, at if at in places else places[-1], amount.value)
            return True
        if len(places) > 1 and amount and not sense.whole:
            work.which += places
            return True
        if amount is None and verb != "add":
            return self._refines(work, rest) or (
                verb == "change" and not places and self._rewords_one(work, clause)
            )
        if places and verb == "add" and amount is None and len(places) == 1:
            self._set(work, places[0], (work.order.lines[places[0]].quantity or 0) + 1)
            return True
        if self._another_colour(work, clause, rest, amount):
            return True
        if sense.empty and not sense.known and not sense.colour:
            return False
        work.added.append(clause)
        return True

    def _another_colour(self, work: _Work, clause: str, rest: str, amount: Amount | None) -> bool:
        """«и белых таких же 5»: the goods that the talk is about, in another colour."""
        line = self._focused(work)
        if line is None or line.state != "sure" or amount is None:
            return False
        colour = self.goods.sense(rest).colour and not self.goods.sense(rest).goods
        if not colour or not self.words.verbs["alike"].search(plain(clause)):
            return False
        code = self.matcher.in_colour(line.code, rest)
        if not code:
            return False
        bare = replace(line, said=f"{line.said}, {rest}", quantity=amount.value, note="")
        work.order = replace(work.order, lines=(*work.order.lines, self.matcher.taken(bare, code)))
        work.touched.append(len(work.order.lines) - 1)
        return True

    def _shared(self, work: _Work) -> list[int]:
        """«мышь и кабель по 3»: the lines named before, which had no quantity of their own."""
        found = [(text, self._refs(work, self._core(text))) for text in work.lost]
        work.lost = [text for text, places in found if len(places) != 1]
        return [places[0] for _, places in found if len(places) == 1]

    def _is_named(self, work: _Work, at: int, rest: str) -> bool:
        """Whether the words are the customer's own for a line that is to be chosen."""
        return self._named_so(rest, work.order.lines[at])

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

    def _chooses_all(self, work: _Work, rest: str) -> bool:
        """«всё hg»: of every open line."""
        done = [self._choose_words(work, at, rest) for at in work.order.open_lines]
        return any(done)

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
        named = self._core(self.words.verbs["alike"].sub(" ", plain(text)))
        words = re.findall(r"[^\W\d_]{2,}", named)
        sense = self.goods.sense(text)
        return any(w not in self.words.ordinals for w in words) or sense.code or sense.device

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
            if only_amount((part or "")[match.end() :]) and match[0].strip()[:1] == "е":
                continue  # «стёкол ещё 5»
            found.append((part[start : match.start()].strip(), more))
            start, more = (
                match.end(),
                re.search("ещ[её]|также", match[0], re.IGNORECASE) is not None,
            )
        found.append(((part or "")[start:].strip(), more))
    return [(clause, more) for clause, more in found if clause]


def _not_of_quantity(note: str) -> str:
    """The sentences of a note that another quantity leaves true."""
    kept = [s for s in re.split(r"(?<=[.?])\s+(?=[А-Я«])", note) if not _OF_QUANTITY.search(s)]
    return " ".join(kept)


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
