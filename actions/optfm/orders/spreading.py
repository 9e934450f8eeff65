"""Words and counts that are of lines said before: «все по 5», «…, всё HG», «но только в рамке»."""

import re
from dataclasses import replace

from optfm.orders import heading
from optfm.orders.context import Context, counted, opened
from optfm.orders.quantities import Amount, explicit_amount, only_amount, plain
from optfm.orders.said import LONGEST_SAID, SaidLine

_EACH_THEN_WORDS = re.compile(
    r"^.*\S\s+(?P<each>по\s+\S+(?:\s+(?:шт|уп|пач)\w*\.?)?)\s+(?P<tail>[^\W\d]\S*(?:\s+\S+){0,2})$"
)


def break_down(state: Context) -> None:
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


def distributes(state: Context, text: str) -> bool:
    """«все по 5», «по 2 каждого»: of all lines that have no quantity."""
    value = each_of(state, text, bare=False)
    if value is None:
        return False
    state.each = value
    if not state.lines:
        state.each_next = value
    state.lines = [
        replace(line, quantity=value) if line.quantity is None else line for line in state.lines
    ]
    return True


def is_of_all(state: Context, text: str) -> bool:
    """«…, всё HG»: what all lines of the sentence are."""
    match = re.match(rf"^(?:{state.words.each.pattern})\s+(.+)$", plain(text))
    if match is None:
        return False
    rest = text[match.start(1) :]
    if not state.lines and state.rows > 1 and is_of_a_line(state, rest):
        heading.head(state, rest, question=False)  # «всё айфон» above the rows
        return True
    if len(state.lines) - state.undivided < 2:
        return False
    if amount := explicit_amount(rest):  # «каждого по две штуки HG»
        rest = amount.rest
        state.lines[state.undivided :] = [
            counted(line, amount.value) for line in state.lines[state.undivided :]
        ]
    sense = state.goods.sense(rest)
    if sense.goods or sense.whole or not (sense.known or sense.colour):
        return False
    state.lines[state.undivided :] = [
        replace(line, said=f"{line.said} {rest}"[:LONGEST_SAID])
        for line in state.lines[state.undivided :]
    ]
    return True


def narrows(state: Context, text: str, number: int) -> bool:
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
    state.lines[-1] = replace(last, said=f"{last.said} {rest}"[:LONGEST_SAID])
    return True


def each_of(state: Context, text: str, *, bare: bool = True) -> int | None:
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


def counts_last(state: Context, text: str) -> bool:
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
        state.lines[first:] = [counted(line, value) for line in state.lines[first:]]
        return True
    if state.lines and state.lines[-1].quantity is None:
        state.lines[-1] = replace(state.lines[-1], quantity=value)
    elif state.head and re.fullmatch(r"\d{1,3}", text.strip()):
        line = SaidLine(said=text.strip(), quantity=state.head_each, head=state.head, lean="base")
        state.lines.append(line)
    else:
        state.alone = value
    return True


def _is_another(state: Context, text: str) -> bool:
    """«оплетка 1515, 2015»: a number that is of the goods' name."""
    return bool(state.base) and state.goods.names_by_number(state.goods.leaning(state.base, text))


def is_of_a_line(state: Context, text: str) -> bool:
    """Whether a text is only a maker or a line of devices: «айфон», «на самсунг»."""
    sense = state.goods.sense(text)
    return sense.line and not (sense.goods or sense.whole or any(map(str.isdigit, text)))


def of_each(state: Context, text: str) -> str:
    """«7, 8 и xr по 3 hg» with «по 3» at the end: what follows it is of all that it counts."""
    match = _each_and_more(state, text)
    if match is None or len(state.lines) <= state.undivided:
        return text
    tail = text[match.start("tail") :]
    state.lines[state.undivided :] = [
        replace(line, said=f"{line.said} {tail}"[:LONGEST_SAID])
        for line in state.lines[state.undivided :]
    ]
    return f"{text[: match.start('each')].rstrip()} {tail} {match['each']}"


def counts_each(state: Context, text: str) -> bool:
    """Whether a clause counts those before it, too: «xr по 3», «xr по 3 hg»."""
    amount = explicit_amount(text)
    each = amount is not None and amount.how == "each"
    return each or _each_and_more(state, text) is not None


def _each_and_more(state: Context, text: str) -> re.Match[str] | None:
    """«xr по 3 hg»: a count of each, then what they are; «по 20000 mah» is none."""
    match = _EACH_THEN_WORDS.match(plain(text))
    if match is None or only_amount(match["each"]) is None:
        return None
    tail = text[match.start("tail") :]
    if state.words.measures.fullmatch(plain(tail).split()[0].strip(".,")):
        return None
    if only_amount(tail) is not None:
        return None  # «по 16 две упаковки»
    sense = state.goods.sense(tail)
    if sense.goods or sense.whole or sense.value or not (sense.known or sense.colour):
        return None
    return match


def share(state: Context, amount: Amount | None) -> None:
    """«…, … по 5»: the lines of the sentence before it have the quantity, too."""
    if amount and amount.how == "each_first":
        state.shared = amount.value
    if amount and amount.how == "each":
        for at in state.borrowed:  # «по 3 дисплея на 11 и 12, акб xr и 11 по 2»
            state.lines[at] = replace(state.lines[at], quantity=amount.value)
        state.shared, state.borrowed = amount.value, []
        state.lines[state.undivided :] = [
            counted(line, amount.value) for line in state.lines[state.undivided :]
        ]
