"""What is known while the text of an order is read line by line."""

import re
from dataclasses import dataclass, field, replace

from optfm.orders.bare_amounts import bare_amount
from optfm.orders.quantities import Amount, explicit_amount, only_amount, plain
from optfm.orders.said import SaidLine
from optfm.orders.senses import Goods
from optfm.orders.words import OrderWords, order_words
from optfm.text.morphology import is_function, is_verb
from optfm.text.openers import mistyped_greeting

_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+")
_TALK_WORDS = 4
_COUNT_FIRST = re.compile(r"^(\d{1,4})\s+(?=[^\W\d])")
_COUNT_LAST = re.compile(r"^(.*\S)\s+(\d{1,3})\s*$")


@dataclass
class Context:
    """What is known while a text is read line by line."""

    goods: Goods
    words: OrderWords
    ending: bool = True
    lines: list[SaidLine] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    head: str = ""  #: of an explicit header
    under: str = ""  #: a header above goods of its kind: «батарейки: крона 5, ааа 10»
    head_each: int | None = None  #: «стёкла по 10: …», of each under the header
    head_row: int = -1  #: number of the physical line that the header stands in
    device: str = ""  #: of a header that names no goods: «На 8 плюс: дисплей, акб»
    devices: list[str] = field(default_factory=list)  #: spoken of before the text
    base: str = ""  #: the last line that named its goods
    each: int | None = None
    alone: int | None = None
    shared: int | None = None  #: «по 10 штук …» at the beginning: of what follows, too
    borrowed: list[int] = field(default_factory=list)  #: lines that have it since goods were named
    each_next: int | None = None  #: «по 3 каждого:» before the lines
    rows: int = 0  #: how many rows the text has
    instead: str = ""  #: «если белых нет», whose goods follow
    series: bool = False  #: bare numbers of this part are models: «на 12, 13 и 14 по 5»
    undivided: int = 0  #: lines before this one have no part in «по 5»
    loose: int = -1  #: a line that may be a header of the next
    last_row: int = -1  #: number of the physical line that the last order line stands in


def counted(line: SaidLine, each: int | None) -> SaidLine:
    """The line with what was said of all lines that have no quantity."""
    if each is None or line.quantity is not None or line.range:
        return line
    return replace(line, quantity=each)


def opened(state: Context, text: str) -> str:
    """The text without what it begins and ends with: «возьму», «пожалуйста»."""
    text = text.strip(" ,.!?:;\t").lstrip("+~≈ ")
    if not re.match(r"\(\s*\d", text):
        text = text.lstrip(" ()")
    if text.count(")") > text.count("("):
        text = text.rstrip(" )")
    for _ in range(12):
        low = plain(text)
        match = state.words.openers.match(low)
        if (
            match
            and not state.words.same_device.match(low)
            and not (match[0] in ("а", "у", "я", "с") and re.match(r"\s*\d", low[match.end() :]))
        ):
            text = text[match.end() :].lstrip(" ,.!?:;-–—)")
            continue
        first = _FIRST_WORD.match(low)
        if first and (mistyped_greeting(first[0]) or (is_verb(first[0]) and low != first[0])):
            text = text[first.end() :].lstrip(" ,.!?:;-–—)")
            continue
        if (match := state.words.conditions.match(low)) and low != match[0]:
            text = text[match.end() :].lstrip(" ,.!?:;-–—)")
            continue
        if (match := state.words.takes.match(low)) and _says_nothing(state, match[1]):
            text = text[match.end() :].lstrip(" ,.!?:;-–—)")
            continue
        if end := _talk_at_end(low):
            text = text[:end].rstrip(" ,.!?:;-–—(")
            continue
        if match := state.words.closers.search(low):
            text = text[: match.start()].rstrip(" ,.!?:;-–—(")
            continue
        break
    return text.strip()


def _talk_at_end(low: str) -> int:
    """Where the verb that a text ends with begins: «…, оплачу сразу»; 0 where it has none."""
    words = list(_WORDS.finditer(low))
    for word in reversed(words[-_TALK_WORDS:]):
        if is_verb(word[0]):
            return word.start()
        if not is_function(word[0]) or word[0] in order_words().numerals:
            return 0
    return 0


def _says_nothing(state: Context, text: str) -> bool:
    """Whether the words before «возьму» could be no goods: «завтра заберу», «я тут решил взять»."""
    sense = state.goods.sense(text)
    return not (sense.goods or sense.whole or sense.line or sense.colour or sense.known)


def bare_count(state: Context, text: str) -> Amount | None:
    low = plain(text)
    if same := state.words.same_device.search(low):
        value = only_amount(low[same.end() :])
        if value is not None:  # «акб на него 2»: the model is said already
            return Amount(value=value, how="end", rest=text[: same.end()])
        last = _COUNT_LAST.match(low)
        before = state.goods.sense(text[: last.end(1)]) if last else None
        if last and before and before.goods and not before.whole:  # «к нему стекло защитное 5»
            return Amount(value=int(last[2]), how="end", rest=text[: last.end(1)])
        if (first := _COUNT_FIRST.match(low)) and state.goods.sense(low[: same.start()]).goods:
            return Amount(value=int(first[1]), how="start", rest=text[first.end() :])
    if state.device and (match := _COUNT_LAST.match(low)):
        rest = text[: match.end(1)]
        sense = state.goods.sense(rest)
        if (sense.goods or sense.noun) and not sense.whole:
            return Amount(value=int(match[2]), how="end", rest=rest)  # «На 8: акб 2»
    return bare_amount(text, state.goods, ending=state.ending)


def beside_a_price(state: Context, amount: Amount | None) -> Amount | None:
    """«5 BX113 по 80», which cost 80: the other number is how many, and «по 80» is the price."""
    if amount is None or amount.how != "each" or amount.value is None:
        return amount
    other = explicit_amount(amount.rest) or bare_count(state, amount.rest)
    if other is None or not state.goods.costs(other.rest, amount.value):
        return amount
    return replace(other, rest=f"{other.rest} по {amount.value}")


def stripped(text: str) -> str:
    found = explicit_amount(text)
    return found.rest if found else text
