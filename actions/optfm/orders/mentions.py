"""Which lines of an order a clause means: by their numbers, goods, or words."""

import functools
import re

from optfm.orders import clauses, pointing
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.goods import IndexGoods
from optfm.orders.order import Line, Order
from optfm.orders.properties import plainest
from optfm.orders.quantities import explicit_amount, number_pattern, only_amount, plain
from optfm.orders.words import order_words
from optfm.text.morphology import lemma, stem

_FOR_LINE = re.compile(r"(?<!\w)(?:для|у|в|на)\s+(\d{1,3})(?:-?(?:го|й|ой|я))?\s*$")
_TO_LINE = re.compile(r"(?<!\w)(?:к|ко|на|для|под)\s+[\ue000-\ue7ff]")
_LIKE_LINE = re.compile(r",\s*(как(?:\s+и)?\s+)(?=[\ue000-\ue7ff])")
_FIRST_FOR = re.compile(
    r"^(?:к|ко|на|для|под)\s+(?P<line>[\ue000-\ue7ff])\s*(?:,\s*)?(?P<rest>\S.*)$"
)
_LEAD = re.compile(r"^(?:(?:и|а|да|ну|так|вот|еще|также|плюс|тогда)\s+)*")
#: «440е», «2015-ой»: the number as the goods have it
_ENDED = re.compile(r"(?<![\w-])(\d{2,4})-?(?:е|й|я|х|ые|ых|ый|ой|ую|ая)(?!\w)")
_BY_PRICE = re.compile(
    r"(?<!\w)(?:т[аеоу]\w{0,3}\s+)?,?\s*(?:что|котор\w+)\s+(?:по|за|стоит|стоят)\s+(\d{2,6})"
    r"(?:\s*(?:р|руб\w*|₽)\.?)?(?![\w.,])"
)
_NTH_KIND = re.compile(r"(?<!\w)(?P<nth>[^\W\d]{4,})\s+(?P<word>[^\W\d]{3,})(?!\w)")
_LEADING_LINE = re.compile(r"^(\d{1,3})(?:-?(?:ю|я|е|й|го))?$")


class Mentions:
    """Finds the lines that words mean."""

    def __init__(self, goods: IndexGoods) -> None:
        self.goods = goods
        self.words = edit_words()

    def device_first(self, draft: Draft, sentence: str) -> str:
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
        turned = self.with_device(draft, f"{rest} к {match['line']}")
        if pointing.places(turned):
            return sentence
        draft.focus = at
        return f"добавь {turned}"

    def marked(self, sentence: str, draft: Draft) -> str:
        """The sentence with marks for the lines that it names by number."""
        sentence = self._numbered(self._priced(draft, sentence))
        low, count = plain(sentence), len(draft.order.lines)
        named = functools.partial(self.with_number, draft.order)
        sentence = _LIKE_LINE.sub(r" \1", pointing.marked(sentence, count, named))
        says = clauses.verb(low) in ("remove", "keep", "cheaper", "dearer")
        if says or re.search(rf"\sпо\s+{number_pattern()}\b", low):
            marked = pointing.listed(sentence, count)
            rest = pointing.without(marked)
            if only_amount(clauses.core(rest)) is not None or not self.names_something(rest):
                return marked
        return sentence

    def _numbered(self, sentence: str) -> str:
        """«второго вида» as «вид 2», as rows are called."""
        match = _NTH_KIND.search(plain(sentence))
        number = self.words.ordinals.get(match["nth"]) if match else None
        if match is None or number is None or match["word"] not in order_words().numbering:
            return sentence
        word = lemma(match["word"])
        return f"{sentence[: match.start()]}{word} {number}{sentence[match.end() :]}"

    @staticmethod
    def _priced(draft: Draft, sentence: str) -> str:
        """«тех что по 141 сделай 20»: a mark for the one line that costs so much."""
        match = _BY_PRICE.search(plain(sentence))
        lines = enumerate(draft.order.lines)
        places = [at for at, line in lines if match and line.price_kop == int(match[1]) * 100]
        if match is None or len(places) != 1:
            return sentence
        return f"{sentence[: match.start()]}{pointing.marks(places)}{sentence[match.end() :]}"

    @staticmethod
    def with_number(order: Order, number: int) -> list[int]:
        """The lines that the customer named by a number: «32-е», «13-х».

        What a line leaves to the one before counts where no line says it: «0.5» of the RL-440.
        """
        pattern = re.compile(rf"(?<![\d.,]){number}(?![\d.,])")
        lines = order.lines
        said = [at for at, line in enumerate(lines) if pattern.search(line.said)]
        return said or [at for at, line in enumerate(lines) if pattern.search(line.asked)]

    def with_others(self, draft: Draft, clause: str) -> str:
        """«остальных по 6»: the lines that the message, or the last turn, did not speak of."""
        match = self.words.verbs["others"].search(plain(clause))
        if match is None:
            return clause
        spoken = set(draft.touched) or (set() if draft.gone else {draft.focus})
        others = [at for at in range(len(draft.order.lines)) if at not in spoken]
        if not others:
            return ""
        return f"{clause[: match.start()]} {pointing.marks(others)} {clause[match.end() :]}"

    def with_device(self, draft: Draft, clause: str) -> str:
        """«акб к первому»: the device of that line in place of its number."""
        match = _TO_LINE.search(clause)
        places = pointing.places(match[0]) if match else []
        if match is None or not places:
            return clause
        rest = f"{clause[: match.start()]} {clause[match.end() :]}"
        line = draft.order.lines[places[0]]
        device = (self.goods.device_of(line.asked) or self.goods.device_of(line.name)).split(",")[0]
        core = clauses.core(rest)
        if not device or not self.goods.sense(core).goods or self.refs(draft, core):
            return clause
        return f"{clause[: match.start()]}на {device}{clause[match.end() :]}"

    def pointed(self, draft: Draft, low: str, *, bare: bool = True) -> list[int]:
        """The lines named by their numbers: «второй строки», «№3», «для 2», «последней»."""
        lines = draft.order.lines
        if found := pointing.places(low):
            return found
        if not bare:
            return []
        match = _FOR_LINE.search(low) or _LEADING_LINE.match(clauses.core(low))
        if match and 0 < int(match[1]) <= len(lines) and not self.refs(draft, match[1]):
            return [int(match[1]) - 1]
        return []

    def refs(self, draft: Draft, core: str) -> list[int]:
        """The lines that have all that the words say."""
        if not core or not re.search(r"\w", core):
            return []
        core = _ENDED.sub(r"\1", core)
        if plainer := order_words().plainest.search(core):
            return self._plainest(draft, f"{core[: plainer.start()]} {core[plainer.end() :]}")
        found = [at for at, line in enumerate(draft.order.lines) if self._is_meant(core, line)]
        if not found and (other := self._in_other_words(core)):
            found = [at for at, line in enumerate(draft.order.lines) if self._is_meant(other, line)]
        for closer in (self.named_so, self._of_kind, self._is_no_more):
            if len(found) > 1:
                found = [at for at in found if closer(core, draft.order.lines[at])] or found
        return found

    def _plainest(self, draft: Draft, core: str) -> list[int]:
        """«обычных 11»: of several lines those whose goods have nothing more in their names."""
        found = self.refs(draft, " ".join(core.split()))
        rows = {draft.order.lines[at].code: at for at in found}
        kept = plainest([row for row in map(self.goods.row, rows) if row])
        return [rows[row.code] for row in kept] if len(found) > 1 and kept else found

    def _in_other_words(self, core: str) -> str:
        """«батареек» for lines of accumulators, where no line has batteries; "" for none."""
        words = core.split()
        said = [self.words.also_called.get(stem(word), word) for word in words]
        return " ".join(said) if said != words else ""

    def _is_no_more(self, core: str, line: Line) -> bool:
        """«прошка» is the 11 Pro, not the 12 Pro Max: no mark of a model besides those said.

        Nor is «11» the 11 Pro, where a line is for the 11.
        """
        marks = order_words().marks
        said = self.goods.written(core) & marks
        device = self.goods.device_of(line.name or line.asked).lower().split()
        models = set(re.findall(r"\d+", core)) & set(device)
        return bool(said or models) and set(device) & marks <= said

    def shared(self, draft: Draft) -> list[int]:
        """«мышь и кабель по 3»: the lines named before, which had no quantity of their own."""
        found = [(text, self.refs(draft, clauses.core(text))) for text in draft.lost]
        draft.lost = [text for text, places in found if len(places) != 1]
        return [places[0] for _, places in found if len(places) == 1]

    def kin(self, draft: Draft, core: str) -> list[int]:
        """The lines of the kind that words name, whatever else they say."""
        lines = draft.order.lines
        return [at for at, line in enumerate(lines) if self._of_kind(core, line)]

    def _of_kind(self, core: str, line: Line) -> bool:
        """Whether a line is of the kind that the words name."""
        codes = [line.code] if line.code else [option.code for option in line.options]
        return any(self.goods.is_kind(core, code) for code in codes)

    def _is_meant(self, core: str, line: Line) -> bool:
        if line.state == "sure":
            if self.named_so(core, line) and self.goods.sense(core).goods:
                return True  # «карт памяти», which the list calls «MicroSD»
            return any(self.goods.meets(core, code) for code in (line.codes or (line.code,)))
        if line.state == "choose":
            return any(self.goods.meets(core, option.code) for option in line.options)
        said = {w[:5] for w in re.findall(r"\w+", plain(line.said))}
        return all(w[:5] in said for w in re.findall(r"\w+", core))

    def named_so(self, core: str, line: Line) -> bool:
        """Whether the customer himself used the words in that line."""
        words = re.findall(r"\w+", plain(f"{line.said} {line.asked}"))
        said = {w[:4] for w in words} | {stem(w) for w in words}
        return all(w[:4] in said or stem(w) in said for w in re.findall(r"\w+", core))

    def names_something(self, text: str) -> bool:
        """Whether anything is left of a text but ordinals, verbs, fillers and numbers."""
        named = clauses.core(self.words.verbs["alike"].sub(" ", plain(text)))
        words = re.findall(r"[^\W\d_]{2,}", named)
        sense = self.goods.sense(text)
        numbered = re.search(r"(?<!\d)\d{4}(?!\d)", named)  # «3515» of «оплетка 3515»
        return (
            any(w not in self.words.ordinals for w in words)
            or bool(numbered)
            or sense.code
            or sense.article
            or sense.device
        )
