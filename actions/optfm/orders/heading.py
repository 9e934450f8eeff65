"""Headers of an order: «Дисплеи:», a row of goods without a count above rows of models."""

import re
from collections.abc import Sequence

from optfm.orders.context import Context, bare_count, opened
from optfm.orders.quantities import explicit_amount, plain
from optfm.orders.said import SaidLine
from optfm.orders.senses import Sense
from optfm.orders.splitting import COMMA

_NUMBERS = re.compile(r"[\d.,]+")
_MARKED = re.compile(r"[^\W\d]\d|\d[^\W\d]")
_DASH = re.compile(r"\s[—–-]\s")
_EXPLAINED = re.compile(r"[\s,(-]+это\s+(?:все\s+)?([^,;:()?]{3,40}?)[\s).!]*$")


def head(state: Context, left: str, question: bool) -> None:
    """What stands before a colon: a header of goods, or words around."""
    own, amount = opened(state, left), explicit_amount(left)
    state.head_each = amount.value if amount else None
    if amount:
        own = opened(state, amount.rest)
    sense = state.goods.sense(own)
    state.under = ""
    if own and (sense.goods or sense.article) and not is_talk(state, own, sense):
        state.head = state.base = own
        state.device = ""
    elif own and (sense.line or sense.device) and not sense.empty:
        if sense.device and not state.head:
            state.device = own
        else:
            state.head = state.base = f"{state.head} {own}".strip()
    elif own and sense.known and not (sense.goods or sense.strange or is_talk(state, own, sense)):
        # «hdmi: 1,5 метра - 3»; «камеры задние: …, передние: …» are cameras, too
        base = state.goods.leaning(state.head, own, goods_only=True) if state.head else own
        state.head = state.base = base
    elif left:
        if amount and amount.how == "each":  # «соберите на пробу по 1 шт: …»
            state.each_next = amount.value
        state.beside.append(left)


def may_head(left: str) -> bool:
    """Whether what stands before a colon has no count, but «по 10» of each that follows."""
    amount = explicit_amount(left)
    return amount is None or (amount.how == "each" and bool(amount.rest))


def may_be_header(line: SaidLine, sense: Sense) -> bool:
    """Whether rows under a line may leave to it what they are."""
    return line.quantity is None and line.range is None and (sense.goods or sense.known)


def narrows(state: Context, text: str, sense: Sense, number: int) -> bool:
    """Whether a row says only what the goods of the header are from here on: «техпак обычные».

    It stands in place of what the header says beside its goods.
    """
    if not state.head or number in (state.last_row, state.head_row) or is_talk(state, text, sense):
        return False
    if sense.goods or sense.whole or sense.line or sense.colour or sense.strange:
        return False
    words = plain(text).split()
    plainer = state.words.plainest.findall(plain(text))
    if not sense.known or sense.known_words + len(plainer) < len(words):
        return False
    state.head = state.base = state.goods.leaning(state.head, text, goods_only=True)
    return True


def turn_into_header(state: Context, line: SaidLine, sense: Sense, number: int) -> None:
    """A row without a count above rows that say only a model, or of a model only a colour."""
    if state.loose != len(state.lines) - 1 or state.loose < 0:
        return
    if line.quantity is None or state.last_row == number:
        return
    if state.goods.sense(state.lines[-1].said).whole and (sense.goods or sense.whole):
        return
    if line.lean == "base":
        header = state.lines.pop()
        state.head = state.base = header.said
        state.loose = -1


def names_device(state: Context, rows: Sequence[str], number: int) -> bool:
    """«iPhone 11» above «дисплей 2», «акб 3»: a row of a model only above goods without one."""
    if number + 1 >= len(rows) or explicit_amount(rows[number]):
        return False
    if state.device and bare_count(state, rows[number]):
        return False  # «сканер отпечатка 1» under «Redmi Note 8»
    own = state.goods.sense(opened(state, rows[number]))
    if not own.device or own.goods or own.article or own.code or state.head:
        return False
    under = state.goods.sense(_NUMBERS.sub(" ", rows[number + 1]))
    if under.device or under.whole:
        return False
    # «сканер отпечатка 1» says no goods that rows are called by; «a53 простые 20» no device alone
    return under.goods or (under.noun and not _MARKED.search(rows[number + 1]) and not own.known)


def dash_of(state: Context, text: str) -> re.Match[str] | None:
    """The dash of «дисплеи xiaomi — redmi 9a 3 шт, note 8 1 шт», which is as good as a colon."""
    dash = _DASH.search(text)
    if dash is None or not may_head(text[: dash.start()]):
        return None
    left = state.goods.sense(opened(state, text[: dash.start()]))
    if not left.goods or left.device or left.whole or left.article:
        return None
    first, *others = COMMA.split(text[dash.end() :])
    amount = explicit_amount(first)
    named = state.goods.sense(amount.rest) if amount else None
    models = named and (named.device or named.line) and not named.goods
    return dash if others and models and explicit_amount(others[0]) else None


def explained(state: Context, rows: list[str]) -> list[str]:
    """The rows without «… - это дисплеи на редми» at their end, which is the header of all."""
    match = _EXPLAINED.search(plain(rows[-1])) if rows else None
    if match is None:
        return rows
    what = rows[-1][match.start(1) : match.end(1)]
    sense = state.goods.sense(what)
    if not (sense.goods or sense.line) or sense.article or any(map(str.isdigit, what)):
        return rows
    head(state, what, question=False)
    return [*rows[:-1], rows[-1][: match.start()]]


def is_talk(state: Context, text: str, sense: Sense, *, counted: bool = False) -> bool:
    """Whether a piece is about the shop; the card of «карта памяти 32 гб» is goods."""
    said = {match[0] for match in state.words.talk.finditer(plain(text))}
    if counted or sense.value or sense.whole or sense.known_words > 1:
        said -= sense.named
    return bool(said) and not (sense.code or sense.article)
