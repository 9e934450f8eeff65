"""A message as lines of an order: the customer's words, a quantity, what a line leans on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import quantities
from optfm.orders.context import Context, bare_count, opened, stripped
from optfm.orders.quantities import (
    Amount,
    explicit_amount,
    only_amount,
    plain,
    plain_amount,
)
from optfm.orders.rows import rows_of, without_contacts
from optfm.orders.said import Lean, Reading, SaidLine
from optfm.orders.senses import Goods, Sense
from optfm.orders.splitting import COLON, COMMA, pieces_of, sentences
from optfm.orders.tables import TableLine, cells_of_text, read_table
from optfm.orders.words import order_words

MOST_LINES = 500
#: Letters of one row, as many as a message of Telegram holds: what is longer is no line of an
#: order, and whoever reads it works for minutes.
LONGEST_ROW = 4_096
_LONGEST = 300  #: characters of one line's words

_FIRST = re.compile(r"\s*\d{1,4}\s+([^\W\d]\w*)")
_LAST = re.compile(r"(?<=\s)\d{1,4}(?=\s*$)")
#: «оплётка 1515 2015 2515 по 2», «стекло 11 12 13 по 10»
_NUMBERS_EACH = re.compile(r"^(.*[^\W\d]\S*)\s((?:\d{1,4}\s+)+\d{1,4})\s+(по\s+\S.*)$")
_MODELS = re.compile(r"(?<![\w.,-])(\d{1,2})\s?-\s?(\d{1,2})(?![\w.,-])")
_MOST_MODELS = 6


def read(
    text: str,
    goods: Goods,
    *,
    base: str = "",
    devices: Sequence[str] = (),
    most: int | None = MOST_LINES,
) -> Reading:
    """The lines of a text, in its order, none where a row is longer than any; never raises.

    :param text: a customer's message, or a text file.
    :param goods: knows the words of the list.
    :param base: the goods that the text goes on about, where it goes on.
    :param devices: of the lines before it, for «акб к ним».
    :param most: how many lines are kept; None: all.
    """
    words = order_words()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    if any(len(row) > LONGEST_ROW for row in text.split("\n")):
        return Reading(lines=())
    if (table := cells_of_text(text)) and (lines := read_table(table, goods)):
        return Reading(lines=tuple(of_row(row, goods) for row in lines))
    state = Context(goods=goods, words=words, base=base, devices=list(devices))
    rows = rows_of(text, goods)
    state.ending, state.rows = _ends_with_numbers(state, rows), len(rows)
    for number, row in enumerate(rows):
        _read_row(state, row, number)
    _break_down(state)
    return Reading(
        lines=tuple(_counted(line, state.each_next) for line in state.lines[:most]),
        beside=tuple(state.beside),
        each=state.each,
        alone=state.alone,
    )


def _break_down(state: Context) -> None:
    """«кабель BX51 20 шт, белых 10 и чёрных 10»: twenty in two colours, not forty."""
    for at in range(len(state.lines) - 2, -1, -1):
        whole, parts = state.lines[at], []
        for line in state.lines[at + 1 :]:
            sense = state.goods.sense(line.said)
            if line.lean != "base" or not sense.colour or sense.goods or sense.whole:
                break
            parts.append(line)
        counts = [line.quantity or 0 for line in parts]
        same = len(parts) > 1 and whole.quantity == sum(counts)
        if same and not state.goods.sense(whole.said).colour:
            del state.lines[at]


def _counted(line: SaidLine, each: int | None) -> SaidLine:
    """The line with what was said of all lines that have no quantity."""
    if each is None or line.quantity is not None or line.range:
        return line
    return replace(line, quantity=each)


def of_row(row: TableLine, goods: Goods) -> SaidLine:
    """A row of a table as a line."""
    return SaidLine(
        said=row.said, quantity=row.quantity, code=row.code, price=row.price, head=row.head,
        lean="base" if row.head and not goods.sense(row.said).goods else "own",
    )  # fmt: skip


def _ends_with_numbers(state: Context, rows: Sequence[str]) -> bool:
    """Whether bare numbers of the text stand at ends rather than at beginnings."""
    starts = ends = 0
    for clause in (opened(state, c) for row in rows for c in COMMA.split(row)):
        end = _LAST.search(clause) is not None
        start = _FIRST.match(clause)
        ends += end
        # «11 fog 3»: a model and a count; «5 акб на 11»: a count and a model
        starts += start is not None and not (end and not state.goods.sense(start[1]).goods)
    return ends > starts


def _read_row(state: Context, row: str, number: int) -> None:
    prices, first = quantities.prices_of(row), len(state.lines)
    row = quantities.without_prices(row)
    low = plain(row)
    if state.words.totals.match(low) and not _looks_ordered(state, row):
        state.beside.append(row)
        return
    for sentence, question in sentences(without_contacts(row)):
        _read_sentence(state, sentence, question, number)
    if prices and len(state.lines) - first == len(prices):
        state.lines[first:] = [
            replace(line, told=price)
            for line, price in zip(state.lines[first:], prices, strict=True)
        ]


def _looks_ordered(state: Context, row: str) -> bool:
    """«Итого 7 шт» is no line; «Всего: дисплей 11 - 2» is."""
    rest = state.words.totals.sub("", plain(row)).strip(" :,-")
    return bool(rest) and state.goods.sense(re.sub(r"[\d.,]+", " ", rest)).goods


def _read_sentence(state: Context, sentence: str, question: bool, number: int) -> None:
    state.undivided, state.shared = len(state.lines), None
    for part in re.split(r"\s*;\s*", sentence):
        if colon := COLON.search(part):
            left, right = part[: colon.start()].strip(), part[colon.end() :].strip()
            if only_amount(right) is None and _each_of(state, left) is not None:
                state.each_next, part = _each_of(state, left), right
            elif only_amount(right) is None and _may_head(left):
                _head(state, left, question)
                state.head_row = number if state.head else -1
                part = right
        clauses = pieces_of(state, part)
        state.series = _is_series(clauses)
        for clause in clauses:
            _read_clause(state, clause, question, number)


def _is_series(clauses: Sequence[str]) -> bool:
    """Whether bare numbers among the clauses are models, for one of them has no count to be."""
    bare = [at for at, clause in enumerate(clauses) if re.fullmatch(r"\s*\d{1,2}\s*", clause)]
    after = next((clause for clause in clauses[bare[-1] + 1 :]), "") if bare else ""
    amount = explicit_amount(after)
    return len(bare) > 1 or (amount is not None and amount.how == "each")


def _may_head(left: str) -> bool:
    """Whether what stands before a colon has no count, but «по 10» of each that follows."""
    amount = explicit_amount(left)
    return amount is None or (amount.how == "each" and bool(amount.rest))


def _head(state: Context, left: str, question: bool) -> None:
    """What stands before a colon: a header of goods, or words around."""
    own, amount = opened(state, left), explicit_amount(left)
    state.head_each = amount.value if amount else None
    if amount:
        own = opened(state, amount.rest)
    sense = state.goods.sense(own)
    if own and (sense.goods or sense.article) and not _is_talk(state, own, sense):
        state.head = state.base = own
        state.device = ""
    elif own and (sense.line or sense.device) and not sense.empty:
        if sense.device and not state.head:
            state.device = own
        else:
            state.head = state.base = f"{state.head} {own}".strip()
    elif left:
        state.beside.append(left)


def _is_talk(state: Context, text: str, sense: Sense, *, counted: bool = False) -> bool:
    """Whether a piece is about the shop; the card of «карта памяти 32 гб» is goods."""
    said = {match[0] for match in state.words.talk.finditer(plain(text))}
    if counted or sense.value or sense.whole:
        said -= sense.named
    return bool(said) and not (sense.code or sense.article)


def _read_clause(state: Context, clause: str, question: bool, number: int) -> None:
    if len(clause) > quantities.LONGEST:
        state.beside.append(clause)
        return
    if clause.endswith(":"):
        _head(state, clause[:-1], question)
        return
    if state.words.refusals.search(plain(clause).rstrip(" .!)")):
        state.beside.append(clause)
        return
    bare = opened(state, quantities.without_prices(clause))
    if not bare or state.words.signatures.match(plain(bare)):
        state.beside += [clause] if clause.strip() else []
        return
    if _distributes(state, bare) or _counts_last(state, bare):
        return
    if _is_of_all(state, bare) or _narrows(state, bare, number):
        return
    for one in _of_models(state, bare):
        _read_clause(state, one, question, number)
        state.last_row = number
    if _of_models(state, bare):
        return
    bare = _as_many(state, _corrected(state, bare))
    amount = plain_amount(bare, state.goods) or bare_count(state, bare)
    rest = opened(state, amount.rest) if amount else bare
    sense = state.goods.sense(rest)
    if amount and not rest:
        state.alone = amount.value
        return
    same_row = number in (state.last_row, state.head_row)
    if _is_beside(state, rest, sense, amount, question, same_row=same_row):
        state.beside.append(clause)
        return
    if amount and _completes(state, rest, sense, amount, number):
        return
    if amount is None and _continues(state, rest, sense, number):
        return
    _add(state, rest, sense, amount, number)


def _of_models(state: Context, text: str) -> list[str]:
    """«скотчи на айфон 11-13 по 3 пачки»: a clause for each of the models."""
    if several := _of_numbers(state, text):
        return several
    match = _MODELS.search(plain(text))
    if match is None or not 0 < int(match[2]) - int(match[1]) <= _MOST_MODELS:
        return []
    counted_so = state.words.pieces.match(plain(text[match.end() :]).lstrip())
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if counted_so or explicit_amount(rest) is None:
        return []  # «дисплей 11 5-10 шт»
    clauses = [
        f"{text[: match.start()]}{model}{text[match.end() :]}"
        for model in range(int(match[1]), int(match[2]) + 1)
    ]
    return clauses if all(state.goods.sense(stripped(c)).device for c in clauses) else []


def _of_numbers(state: Context, text: str) -> list[str]:
    """«оплётка 1515 2015 2515 по 2»: a clause for each of the numbers that name goods."""
    match = _NUMBERS_EACH.match(plain(text))
    if match is None or only_amount(match[3]) is None:
        return []
    head = text[: match.end(1)]
    named = [f"{head} {number}" for number in match[2].split()]
    if not all(state.goods.names_by_number(n) or state.goods.sense(n).device for n in named):
        return []
    return [f"{one} {text[match.start(3) :]}" for one in named]


def _corrected(state: Context, text: str) -> str:
    """«10 кабелей TD01L, нет, лучше BX86 белых»: what is said last, of the goods said first."""
    match = state.words.correction.search(plain(text))
    if match is None:
        return text
    before, after = text[: match.start()], text[match.end() :]
    if state.goods.sense(after).goods and explicit_amount(after):
        return after
    amount = explicit_amount(before) or bare_count(state, before)
    leaning = state.goods.leaning(stripped(before), after, goods_only=True)
    return f"{leaning} - {amount.value}" if amount and amount.value else leaning


def _as_many(state: Context, text: str) -> str:
    """«на 12 то же самое»: the quantity of the line before in place of the words."""
    match = state.words.as_many.search(plain(text))
    quantity = state.lines[-1].quantity if state.lines else None
    if match is None or quantity is None:
        return text
    rest = opened(state, f"{text[: match.start()]} {text[match.end() :]}")
    return f"{rest} - {quantity}" if rest else text


def _distributes(state: Context, text: str) -> bool:
    """«все по 5», «по 2 каждого»: of all lines that have no quantity."""
    value = _each_of(state, text, bare=False)
    if value is None:
        return False
    state.each = value
    if not state.lines:
        state.each_next = value
    state.lines = [
        replace(line, quantity=value) if line.quantity is None else line for line in state.lines
    ]
    return True


def _is_of_all(state: Context, text: str) -> bool:
    """«…, всё HG»: what all lines of the sentence are."""
    match = re.match(rf"^(?:{state.words.each.pattern})\s+(.+)$", plain(text))
    if match is None or len(state.lines) - state.undivided < 2:
        return False
    rest = text[match.start(1) :]
    if amount := explicit_amount(rest):  # «каждого по две штуки HG»
        rest = amount.rest
        state.lines[state.undivided :] = [
            _counted(line, amount.value) for line in state.lines[state.undivided :]
        ]
    sense = state.goods.sense(rest)
    if sense.goods or sense.whole or not (sense.known or sense.colour):
        return False
    state.lines[state.undivided :] = [
        replace(line, said=f"{line.said} {rest}"[:_LONGEST])
        for line in state.lines[state.undivided :]
    ]
    return True


def _narrows(state: Context, text: str, number: int) -> bool:
    """«…, но только в рамке»: more of what the line before is."""
    if len(text.split()) == 1 and state.goods.sense(text).colour:
        return False
    match = state.words.narrows.match(plain(text))
    if match is None or not state.lines or state.last_row != number:
        return False
    rest = opened(state, text[match.end() :])
    sense = state.goods.sense(rest)
    if not rest or sense.whole or explicit_amount(rest):
        return False
    last = state.lines[-1]
    state.lines[-1] = replace(last, said=f"{last.said} {rest}"[:_LONGEST])
    return True


def _each_of(state: Context, text: str, *, bare: bool = True) -> int | None:
    """The quantity of «все по 5», «по 2 каждого».

    :param bare: whether «по 2» alone is one, too.
    """
    low = plain(text).strip()
    match = re.match(
        rf"^(?:(?:{state.words.each.pattern})\s+)+(?:позици\w+\s+)?(?:по\s+)?(.+)$", low
    ) or re.match(rf"^(по\s+.+?)\s+(?:на\s+)?(?:{state.words.each.pattern})(?:\s+\w+)?$", low)
    if match is None and bare:
        match = re.match(r"^(по\s+.+)$", low)
    if match is None:
        return None
    return only_amount(match[1]) or only_amount(f"по {match[1]}")  # «всё по штучке»


def _counts_last(state: Context, text: str) -> bool:
    """«0.5 изопропанола, 4 бутылки»: the quantity of the line before."""
    value = only_amount(text)
    if value is None or (value > 999 and _is_another(state, text)):
        return False
    if state.series and state.lines and re.fullmatch(r"\d{1,2}", text.strip()):
        head = state.head or state.base
        line = SaidLine(said=text.strip(), quantity=state.shared, head=head, lean="base")
        state.lines.append(line)
        return True
    if state.shared and state.lines and re.fullmatch(r"\d{1,2}", text.strip()):
        line = SaidLine(said=text.strip(), quantity=state.shared, head=state.base, lean="base")
        state.lines.append(line)  # «по 3 дисплея на 11 и 12»
        return True
    if re.match(r"по\s", plain(text)) and state.lines:
        first = state.undivided if len(state.lines) > state.undivided else 0
        state.lines[first:] = [_counted(line, value) for line in state.lines[first:]]
        return True
    if state.lines and state.lines[-1].quantity is None:
        state.lines[-1] = replace(state.lines[-1], quantity=value)
    elif state.head and re.fullmatch(r"\d{1,3}", text.strip()):
        state.lines.append(SaidLine(said=text.strip(), quantity=None, head=state.head, lean="base"))
    else:
        state.alone = value
    return True


def _is_another(state: Context, text: str) -> bool:
    """«оплетка 1515, 2015»: a number that is of the goods' name."""
    return bool(state.base) and state.goods.names_by_number(state.goods.leaning(state.base, text))


def _is_beside(
    state: Context,
    rest: str,
    sense: Sense,
    amount: Amount | None,
    question: bool,
    *,
    same_row: bool,
) -> bool:
    """Whether a clause is about something else than goods."""
    if sense.code:
        return False
    talk = _is_talk(state, rest, sense, counted=amount is not None)
    if (amount is None or not amount.explicit or question) and talk:
        return True
    if amount is None:
        if sense.goods or sense.article or sense.device or sense.line:
            return False
        if same_row:
            return not (sense.colour or sense.value or sense.known)
        return question or not (state.lines and state.rows > 2 and (sense.colour or sense.value))
    if not re.search(r"[^\W_]", rest):
        return True
    unit = plain(rest).split()
    return bool(unit and state.words.clock.fullmatch(unit[-1])) and not sense.goods


def _continues(state: Context, rest: str, sense: Sense, number: int) -> bool:
    """«…, 1 штучку, оригинал»: more of what the line before is."""
    same_row = state.lines and state.last_row == number and len(state.lines) > 0
    if not same_row or sense.goods or sense.device or sense.article or sense.code:
        return False
    if rest.isdigit():
        return False  # «оплетка 1515, 2015 по 2»
    last = state.lines[-1]
    again = sense.colour and state.goods.sense(last.said).colour
    if again and (last.quantity is None or state.shared):
        return False  # «красный, синий по 10»: another line
    state.lines[-1] = replace(last, said=f"{last.said} {rest}"[:_LONGEST])
    if state.base and state.lines[-1].lean == "own":
        state.base = state.lines[-1].said
    return True


def _completes(state: Context, rest: str, sense: Sense, amount: Amount, number: int) -> bool:
    """«скотч на 11, пачку по 5 - 1»: the quantity of the line before, with more of what it is."""
    if not state.lines or state.last_row != number or amount.how == "each":
        return False
    last = state.lines[-1]
    if last.quantity is not None or last.range or last.lean != "own" or sense.code:
        return False
    packed = state.words.packs.match(plain(rest)) is not None
    if not packed and (sense.goods or sense.whole or sense.line):
        return False
    before = state.goods.sense(last.said)
    if (sense.colour and before.colour) or (sense.value and before.value and not packed):
        return False
    state.lines[-1] = replace(last, said=f"{last.said}, {rest}"[:_LONGEST], quantity=amount.value)
    state.base = state.lines[-1].said
    return True


def _add(state: Context, rest: str, sense: Sense, amount: Amount | None, number: int) -> None:
    _share(state, amount)
    if amount is None and state.head and state.head_each and not state.shared:
        amount = Amount(value=state.head_each, how="dash", rest=rest)
    own = sense.goods or sense.code or (sense.strange and not state.head)
    lean: Lean = "own"
    head = ""
    if same := state.words.same_device.search(plain(rest)):
        lean, head = "device", state.base
        devices = _devices(state) if state.words.of_several.search(same[0]) else []
        for device in devices[:-1]:
            state.lines.append(_line(rest, amount, state.shared, head=device, lean=lean))
        head = devices[-1] if devices else head
    elif not own and state.base:
        headed = 0 <= state.loose == len(state.lines) - 1
        new_row = state.last_row != number and not state.head and not headed
        itself = new_row and sense.known_words > 1 and not (sense.device or rest[:1].isdigit())
        lean, head = "own" if itself else "base", state.head or state.base
    elif own and state.head and not sense.code:
        head = state.head if not sense.whole else ""
    if sense.device and lean == "own":
        state.device = ""
    near = _near(state, sense, number) if lean == "own" else ""
    line = replace(_line(rest, amount, state.shared, head=head, lean=lean), near=near)
    if state.device and lean == "own" and sense.goods and not sense.whole:
        line = replace(line, head=state.device, lean="device")
    _turn_into_header(state, line, number)
    state.lines.append(line)
    state.last_row = number
    names = sense.goods or sense.strange or (sense.known and sense.device and not state.base)
    if (lean == "own" and names) or (sense.article and not state.head):
        state.base = rest
        if sense.goods:
            state.head = ""
    state.loose = len(state.lines) - 1 if _may_be_header(line, sense) else -1


def _near(state: Context, sense: Sense, number: int) -> str:
    """The device of the line before in the same row: «стекло на 11 и чехол»."""
    if state.last_row != number or not state.lines or sense.whole or not sense.goods:
        return ""
    last = state.lines[-1]
    if last.lean == "base":
        return state.goods.device_of(state.goods.leaning(last.head, last.said))
    return last.near or state.goods.device_of(last.said)


def _line(
    rest: str, amount: Amount | None, shared: int | None, *, head: str, lean: Lean
) -> SaidLine:
    return SaidLine(
        said=rest[:_LONGEST],
        quantity=amount.value if amount else shared,
        head=head,
        lean=lean,
        range=(amount.low, amount.high) if amount and amount.high else None,
    )


def _devices(state: Context) -> list[str]:
    """The devices of the lines before, each once: «акб к ним»."""
    found = [
        state.goods.device_of(
            state.goods.leaning(line.head, line.said) if line.lean == "base" else line.said
        )
        for line in state.lines
        if line.lean != "device"
    ]
    return list(dict.fromkeys(filter(None, [*state.devices, *found])))


def _share(state: Context, amount: Amount | None) -> None:
    """«…, … по 5»: the lines of the sentence before it have the quantity, too."""
    if amount and amount.how == "each_first":
        state.shared = amount.value
    if amount and amount.how == "each":
        state.shared = amount.value
        state.lines[state.undivided :] = [
            _counted(line, amount.value) for line in state.lines[state.undivided :]
        ]


def _may_be_header(line: SaidLine, sense: Sense) -> bool:
    return line.quantity is None and line.range is None and sense.goods and not sense.whole


def _turn_into_header(state: Context, line: SaidLine, number: int) -> None:
    """A row of goods without a model above rows of models: its words are their header."""
    if state.loose != len(state.lines) - 1 or state.loose < 0:
        return
    if line.quantity is None or state.last_row == number:
        return
    if line.lean == "base":
        header = state.lines.pop()
        state.head = state.base = header.said
        state.loose = -1
