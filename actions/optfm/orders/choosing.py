"""Which of a line's options words choose: a letter, a price, a quality, «обычный», «да»."""

import re
from dataclasses import replace

from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.order import Line, Option, Order
from optfm.orders.outcomes import with_notes
from optfm.orders.properties import Properties, wanted
from optfm.orders.quantities import plain, plain_amount

#: letters that mark options and are words, too; with a bracket or a comma they are marks
_ALSO_WORDS = frozenset("ав")
_MARKED = re.compile(r"[),]\s*$")
_PIECE = re.compile(r"\s*[,;\n]+\s*|\s+(?=\d{1,2}\s*[-:=)]\s*[^\W\d])")
_NUMBERED = re.compile(
    r"^\W*(?:строк\w*|позици\w*|номер|№)?\s*(\d{1,2})(?:\s*[-:=).]\s*([^\W\d].*)|\s*([а-д]))$"
)


class Chooser:
    """Decides lines that are to be chosen in, by what the customer says of their options."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._goods = matcher.goods
        self._properties = Properties(matcher.goods)
        self._words = edit_words()

    def by_letter(self, line: Line, text: str) -> Line | None:
        """«б», «а)», «вариант в», «б, 3 штуки»: the option so marked."""
        amount = plain_amount(text, self._goods)
        low = plain(amount.rest if amount else text)
        words = re.findall(r"\w+", self._words.verbs["option"].sub(" ", low))
        words = [word.replace("a", "а") for word in words]  # typed in Latin
        marked = line.lettered
        letters = [word for word in words if word in marked]
        if len(letters) > 1:
            letters = [letter for letter in letters if letter not in _ALSO_WORDS]
        others = " ".join(word for word in words if word not in marked)
        if len(letters) != 1 or self._words.verbs["empty"].sub("", others).strip():
            return None
        if amount and letters[0] in _ALSO_WORDS and not _MARKED.search(low):
            return None  # «а 5 штук?» is no choice
        if amount:
            line = replace(line, quantity=amount.value)
        return self._matcher.taken(line, marked[letters[0]].code)

    def by_place(self, line: Line, text: str) -> Line | None:
        """«1» after «что взять?»: the first option, where the quantity is known already."""
        number = int(text) if re.fullmatch(r"\d", text.strip()) else 0
        if line.state != "choose" or line.quantity is None or not number:
            return None
        if number > len(line.options):
            return None
        return self._matcher.taken(line, line.options[number - 1].code)

    def accepted(self, line: Line, text: str) -> Line | None:
        """«да», «ладно, 10»: the only option of a line."""
        if line.state != "choose" or len(line.options) != 1:
            return None
        amount = plain_amount(text, self._goods)
        low = plain(amount.rest if amount else text)
        number = re.search(r"(?<![\w.,-])\d{1,5}\W*$", low) if amount is None else None
        low = low[: number.start()] if number else low
        words = re.findall(r"\w+", low)
        if not words or not all(self._words.verbs["accept"].fullmatch(word) for word in words):
            return None
        value = amount.value if amount else int(number[0].strip(" .!,")) if number else None
        line = replace(line, quantity=value) if value else line
        return self._matcher.taken(line, line.options[0].code)

    def by_price(self, line: Line, kop: int) -> Line | None:
        """«за 1560»: the goods at that price, where only one has it."""
        if line.state not in ("choose", "sure"):
            return None
        kind = line.asked if line.state == "choose" else self._goods.kind_of(line.code)
        options = [o for o in line.options if o.price_kop == kop]
        options = options or [o for o in self._matcher.every_option(kind) if o.price_kop == kop]
        return self._matcher.taken(line, options[0].code) if len(options) == 1 else None

    def by_words(self, line: Line, words: str) -> Line | None:
        """«remax», «обычный», «подешевле»: the options that have what the words say."""
        if line.state != "choose" or not words.strip():
            return None
        fitting = self._fitting(line.options, words)
        if not fitting or len(fitting) == len(line.options) > 1:
            return None
        if len(fitting) == 1:
            return self._matcher.taken(line, fitting[0].code)
        return replace(line, options=fitting)

    def cheapest(self, order: Order) -> tuple[Line, ...]:
        """The lines, the open ones decided for their cheapest goods."""
        return tuple(
            self._matcher.taken(line, min(line.options, key=lambda o: o.price_kop).code)
            if line.state == "choose" and line.options
            else line
            for line in order.lines
        )

    def listed(self, text: str, order: Order) -> dict[int, Line] | None:
        """«1 - олед, 2 - fog», «1а, 2б»: lines decided by their numbers, all or none."""
        found: dict[int, Line] = {}
        for piece in filter(None, _PIECE.split(plain(text).strip(" .!"))):
            match = _NUMBERED.match(piece)
            at = int(match[1]) - 1 if match else -1
            if match is None or not 0 <= at < len(order.lines) or at in found:
                return None
            line = self._of_a_list(order.lines[at], match[2] or match[3])
            if line is None:
                return None
            found[at] = line
        return found or None

    def _of_a_list(self, line: Line, words: str) -> Line | None:
        if line.state != "choose":
            return None
        if lettered := self.by_letter(line, words):
            return lettered
        amount = plain_amount(words, self._goods)
        chosen = self.by_words(line, amount.rest if amount else words)
        if chosen and amount and amount.value:
            return with_notes(replace(chosen, quantity=amount.value, note=""))
        return chosen

    def _fitting(self, options: tuple[Option, ...], words: str) -> tuple[Option, ...]:
        found = self._properties.fitting([o.code for o in options], wanted(words))
        return tuple(o for o in options if o.code in found)
