"""A message as lines of an order: the customer's words, a quantity, what a line leans on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from optfm.orders import heading, prices_said, quantities, several, spreading
from optfm.orders.context import (
    Context,
    bare_count,
    beside_a_price,
    counted,
    opened,
    stripped,
)
from optfm.orders.copied_names import by_codes
from optfm.orders.edit_words import edit_words
from optfm.orders.quantities import (
    Amount,
    explicit_amount,
    only_amount,
    plain,
    plain_amount,
    without,
)
from optfm.orders.rows import rows_of, without_contacts
from optfm.orders.said import LONGEST_SAID, Lean, Reading, SaidLine
from optfm.orders.senses import Goods, Sense
from optfm.orders.splitting import COLON, COMMA, pieces_of, sentences_of
from optfm.orders.tables import TableLine, cells_of_text, is_formula, read_table
from optfm.orders.words import order_words
from optfm.text.morphology import is_function

MOST_LINES = 500
#: Letters of one row, as many as a message of Telegram holds: what is longer is no line of an
#: order, and whoever reads it works for minutes.
LONGEST_ROW = 4_096

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_NUMBER_AND_WORD = re.compile(r"\d\s*([^\W\d]+)")
#: an article, also one that no row has: «DL30 ещё возите?»
_CODED = re.compile(r"(?<![\w-])[A-Za-z]{1,4}-?\d{2,4}[A-Za-z]?(?![\w-])")
_TIMES_FIRST = re.compile(r"(\d{1,2}[xх])\s", re.IGNORECASE)
_FIRST = re.compile(r"\s*\d{1,4}\s+([^\W\d]\w*)")
_LAST = re.compile(r"(?<=\s)\d{1,4}(?=\s*$)")


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
    text, names = by_codes(text, goods)
    state = Context(goods=goods, words=words, base=base, devices=list(devices))
    rows = heading.explained(state, rows_of(text, goods))
    state.ending, state.rows = _ends_with_numbers(state, rows), len(rows)
    for number, row in enumerate(rows):
        if heading.names_device(state, rows, number):
            heading.head(state, row, question=False)
        else:
            _read_row(state, row, number)
    spreading.break_down(state)
    return Reading(
        lines=tuple(
            _named(_one(counted(line, state.each_next)), names) for line in state.lines[:most]
        ),
        beside=tuple(state.beside),
        each=state.each,
        alone=state.alone,
    )


def _named(line: SaidLine, names: Mapping[str, str]) -> SaidLine:
    """A line that was read by the code of a copied name, in the customer's words."""
    name = names.get(line.said)
    return replace(line, said=name, code=line.said) if name else line


def _one(line: SaidLine) -> SaidLine:
    """«скотч на 11, пачку по 5» without a count is one pack."""
    one = line.quantity is None and not line.range and quantities.says_one(line.said)
    return replace(line, quantity=1) if one else line


def of_row(row: TableLine, goods: Goods) -> SaidLine:
    """A row of a table as a line; a name that is copied from the list is the row of that name."""
    copied = None if row.code else goods.copied_name(row.said)
    code = copied.code if copied and copied.row == copied.code else row.code
    return SaidLine(
        said=row.said, quantity=row.quantity, code=code, price=row.price, head=row.head,
        uncounted=row.uncounted or is_formula(row.said),
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
    prices, first = prices_said.prices_of(row), len(state.lines)
    row = prices_said.without_prices(row)
    low = plain(row)
    if state.words.totals.match(low) and not _looks_ordered(state, row):
        state.beside.append(row)
        return
    for sentence, question in sentences_of(state, without_contacts(row)):
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
    state.undivided, state.shared, state.borrowed = len(state.lines), None, []
    state.instead = ""
    for condition in state.words.parenthesised.finditer(plain(sentence)):
        state.beside.append(sentence[condition.start() : condition.end()])
    sentence = several.apart(state.goods, without(sentence, state.words.parenthesised))
    for part in re.split(r"\s*;\s*", sentence):
        if colon := COLON.search(part):
            left, right = part[: colon.start()].strip(), part[colon.end() :].strip()
            each = spreading.each_of(state, opened(state, left))  # «мне по две: …»
            if only_amount(right) is None and each is not None:
                state.each_next, part = each, right
            elif only_amount(right) is None and heading.may_head(left):
                heading.head(state, left, question)
                state.head_row = number if state.head else -1
                part = right
        if dash := heading.dash_of(state, part):
            heading.head(state, part[: dash.start()], question)
            state.head_row, part = number, part[dash.end() :]
        clauses = pieces_of(state, part)
        state.series = _is_series(state, clauses)
        for clause in clauses:
            _read_clause(state, clause, question, number)


def _is_series(state: Context, clauses: Sequence[str]) -> bool:
    """Whether bare numbers among the clauses are models, for one of them has no count to be."""
    bare = [at for at, clause in enumerate(clauses) if re.fullmatch(r"\s*\d{1,2}\s*", clause)]
    after = clauses[bare[-1] + 1 :] if bare else ()
    each = (spreading.counts_each(state, clause) for clause in after if _tells_count(state, clause))
    return len(bare) > 1 or next(each, False)


def _tells_count(state: Context, clause: str) -> bool:
    return explicit_amount(clause) is not None or bare_count(state, clause) is not None


def _read_clause(state: Context, clause: str, question: bool, number: int) -> None:
    if len(clause) > quantities.LONGEST:
        state.beside.append(clause)
        return
    if clause.endswith(":"):
        heading.head(state, clause[:-1], question)
        return
    if (absent := state.words.absent.search(plain(clause))) and absent.start():
        _read_clause(state, clause[: absent.start()].rstrip(), question, number)
        clause = clause[absent.start() :]
    absent = state.words.absent.match(plain(clause))
    if state.words.refusals.search(plain(clause).rstrip(" .!)")):
        state.beside.append(clause)
        return
    if _is_instead(state, clause, absent):
        _add_instead(state, clause, absent)
        return
    clause = clause[absent.end() :] if absent else clause
    bare = opened(state, prices_said.without_prices(clause))
    if not bare or state.words.signatures.match(plain(bare)):
        state.beside += [clause] if clause.strip() else []
        return
    if spreading.distributes(state, bare) or spreading.counts_last(state, bare):
        return
    if spreading.is_of_all(state, bare) or spreading.narrows(state, bare, number):
        return
    for one in several.of_models(state, bare):
        _read_clause(state, one, question, number)
        state.last_row = number
    if several.of_models(state, bare):
        return
    bare, wish = _apart_from_wish(state, bare)
    bare = spreading.of_each(state, _as_many(state, _corrected(state, bare)))
    amount = plain_amount(bare, state.goods) or bare_count(state, bare)
    amount = beside_a_price(state, amount)
    if amount and _begins_with_a_model(state, bare, amount):
        amount = None
    rest = " ".join(filter(None, (opened(state, amount.rest) if amount else bare, wish)))
    sense = state.goods.sense(rest)
    if amount and not rest:
        state.alone = amount.value
        return
    if amount is None and not question and heading.narrows(state, rest, sense, number):
        return
    same_row = number in (state.last_row, state.head_row)
    if _is_beside(state, rest, sense, amount, question, same_row=same_row):
        state.beside.append(clause)
        return
    above = amount is None and not state.lines and state.rows > 1
    if above and spreading.is_of_a_line(state, rest):
        heading.head(state, rest, question)
        return
    if amount and _completes(state, rest, sense, amount, number):
        return
    if amount is None and _continues(state, rest, sense, number):
        return
    _add(state, rest, sense, amount, number)


def _apart_from_wish(state: Context, text: str) -> tuple[str, str]:
    """«модуль 12 - 2 самые дешёвые»: the line, and what stands behind its count."""
    found = state.words.cheapest.search(plain(text))
    if found is None or text[found.end() :].strip(" .!") or not text[: found.start()].strip():
        return text, ""
    return opened(state, text[: found.start()]), found[0]


def _is_instead(state: Context, clause: str, absent: re.Match[str] | None) -> bool:
    """«если белых нет, то чёрный», «не будет хаки — любую»: what to take in place of a line.

    What has a count or goods of its own is a line like others: «если нет, то на 15 про 2 шт».
    """
    if not absent and not state.instead:
        return False
    rest = opened(state, clause[absent.end() :] if absent else clause)
    sense = state.goods.sense(_LAST.sub("", stripped(rest)))
    own = sense.goods or sense.whole or sense.line or sense.value or _tells_count(state, rest)
    state.instead = "" if own else " ".join(filter(None, (state.instead, clause)))
    return not own


def _add_instead(state: Context, clause: str, absent: re.Match[str] | None) -> None:
    """The line that «кладите бежевые» is, if there is none of the line before."""
    rest = opened(state, clause[absent.end() :] if absent else clause).lstrip(" -–—")
    sense = state.goods.sense(rest)
    if not state.lines or not (sense.colour or sense.known):
        state.beside.append(clause)
        return
    last = state.lines[-1]
    base = state.goods.leaning(last.head, last.said) if last.lean == "base" else last.said
    line = SaidLine(said=rest, quantity=last.quantity, head=base, lean="base")
    state.lines.append(replace(line, instead=state.instead))


def _begins_with_a_model(state: Context, text: str, amount: Amount) -> bool:
    """«модули honor: 8x hq»: what would be «8 times» is a model of the header's maker."""
    match = _TIMES_FIRST.match(text)
    if match is None or not state.head or state.goods.sense(amount.rest).whole:
        return False
    return state.goods.finds_model(state.goods.leaning(state.head, match[1]))


def _counts_times(state: Context, text: str) -> bool:
    """«второй раз», «уже третий день»: how often, or how long."""
    words = plain(text).split()
    return bool(words and state.words.clock.fullmatch(words[-1])) and all(
        is_function(word) or word in edit_words().ordinals for word in words[:-1]
    )


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
    if amount is None and _counts_times(state, rest):
        return True
    talk = heading.is_talk(state, rest, sense, counted=amount is not None)
    if (amount is None or not amount.explicit or question) and talk:
        return True
    if amount is None:
        if sense.goods or sense.article or sense.device or sense.line or _CODED.search(rest):
            return False
        if same_row:
            listed = state.head_each is not None and any(map(str.isdigit, rest))
            return not (sense.colour or sense.value or sense.known or listed)
        return question or not (state.lines and state.rows > 2 and (sense.colour or sense.value))
    if not re.search(r"[^\W_]", rest):
        return True
    unit = plain(rest).split()
    timed = bool(unit and state.words.clock.fullmatch(unit[-1]))
    return timed and not (sense.goods or sense.article or sense.value)


def _continues(state: Context, rest: str, sense: Sense, number: int) -> bool:
    """«…, 1 штучку, оригинал»: more of what the line before is."""
    same_row = state.lines and state.last_row == number and len(state.lines) > 0
    if not same_row or sense.goods or sense.device or sense.article or sense.code:
        return False
    if rest.isdigit() or (state.head_each is not None and any(map(str.isdigit, rest))):
        return False  # «оплетка 1515, 2015 по 2», «модули по одному: 8x hq, x9a»
    last = state.lines[-1]
    if several.of_one_series(last.said, rest):
        return False  # «900m-t-ks, 900m-t-ki»
    if sense.colour and state.goods.sense(last.said).colour:
        return False  # «красный, синий по 10»: another line
    link = ", " if state.words.packs.match(plain(rest)) else " "
    state.lines[-1] = replace(last, said=f"{last.said}{link}{rest}"[:LONGEST_SAID])
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
    state.lines[-1] = replace(
        last, said=f"{last.said}, {rest}"[:LONGEST_SAID], quantity=amount.value
    )
    state.base = state.lines[-1].said
    return True


def _add(state: Context, rest: str, sense: Sense, amount: Amount | None, number: int) -> None:
    if sense.goods:
        state.borrowed = []
    spreading.share(state, amount)
    if amount is None and state.shared:
        state.borrowed.append(len(state.lines))
    if amount is None and state.head and state.head_each and not state.shared:
        amount = Amount(value=state.head_each, how="dash", rest=rest)
    own = sense.goods or sense.code or (sense.strange and not state.head)
    if state.head and sense.goods and sense.device and not (sense.code or sense.article):
        own = not state.goods.tells_which(state.head, rest)
    lean: Lean = "own"
    head = ""
    if same := state.words.same_device.search(plain(rest)):
        lean, head = "device", state.base
        devices = _devices(state) if state.words.of_several.search(same[0]) else []
        for device in devices[:-1]:
            state.lines.append(_line(rest, amount, state.shared, head=device, lean=lean))
        head = devices[-1] if devices else head
    elif not own and state.base:
        rest = _measured(state, rest)
        headed = 0 <= state.loose == len(state.lines) - 1
        new_row = state.last_row != number and not state.head and not headed
        itself = new_row and sense.known_words > 1 and not (sense.device or rest[:1].isdigit())
        lean, head = "own" if itself else "base", state.head or state.base
        if state.last_row == number and sense.colour and not (sense.known or sense.whole):
            head = _of_the_last(state) or head
    elif own and state.head and not sense.code:
        head = state.head if not sense.whole else ""
    if sense.device and lean == "own":
        state.device = ""
    near = _near(state, sense, number) if lean == "own" else ""
    line = _line(rest, amount, state.shared, head=head, lean=lean)
    line = replace(line, near=near, under=state.under if lean == "base" else "")
    named = (lean == "own" and sense.goods) or (sense.noun and sense.known_words > 1)
    if state.device and named and not sense.whole:
        line = replace(line, head=state.device, lean="device")
    heading.turn_into_header(state, line, sense, number)
    state.lines.append(line)
    state.last_row = number
    names = sense.goods or sense.strange or (sense.known and sense.device and not state.base)
    if (lean == "own" and names) or (sense.article and not state.head):
        state.base = rest
        if sense.goods and state.head:
            _leave_header(state, rest)
    state.loose = len(state.lines) - 1 if heading.may_be_header(line, sense) else -1


def _leave_header(state: Context, goods: str) -> None:
    """What a header means under goods of their own: all of it where they are called otherwise
    only, «матрица» under «дисплеи»; a second guess where they are of its kind."""
    kind = state.goods.is_kind_of(goods, state.head)
    if kind and state.goods.is_kind_of(state.head, goods):
        return
    state.head, state.under = "", state.head if kind else ""


def _of_the_last(state: Context) -> str:
    """«C580 лайтнинг белый, микро белый, черный»: the last colour is of the micro."""
    last = state.lines[-1] if state.lines else None
    return state.goods.leaning(last.head, last.said) if last and last.lean == "base" else ""


def _measured(state: Context, text: str) -> str:
    """«флешку 32 гб - 5, 64 - 2»: the number is measured as that of the goods before."""
    if not _NUMBER.fullmatch(text):
        return text
    numbers = _NUMBER_AND_WORD.findall(plain(state.base))
    units = [word for word in numbers if state.words.measures.fullmatch(word)]
    value = state.goods.sense(state.base).value and not state.goods.sense(state.base).device
    return f"{text} {units[-1]}" if units and value else text


def _near(state: Context, sense: Sense, number: int) -> str:
    """The device of the line before in the same row: «стекло на 11 и чехол»."""
    if state.last_row != number or not state.lines or sense.whole or not sense.goods:
        return ""
    last = state.lines[-1]
    if last.lean == "base":
        return state.goods.device_of(state.goods.leaning(last.head, last.said))
    if last.lean == "device":  # «…, на него же защитку и скотч»
        return state.goods.device_of(last.head) or state.goods.device_of(f"на {last.head}")
    return last.near or state.goods.device_of(last.said)


def _line(
    rest: str, amount: Amount | None, shared: int | None, *, head: str, lean: Lean
) -> SaidLine:
    return SaidLine(
        said=rest[:LONGEST_SAID],
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
