"""Which of the rows that were shown a message means: «второй», «за 936», «оба», «другой»."""

from collections.abc import Sequence
from dataclasses import dataclass

from optfm.catalog.discount import final_price_kop
from optfm.conversation.cues import Cue, Cues
from optfm.conversation.goods import Goods
from optfm.conversation.state import ConversationState

#: before an ordinal: a model and no row («на девятый»)
FOR = frozenset({"на", "для", "к", "под"})
#: before a price that tells a row: «за 936»
_AT = frozenset({"за", "по", "который", "которая", "которое", "которые", "что", "тот", "та"})
#: a number that tells a row by its price alone is not smaller (roubles)
_LEAST_PRICE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """Rows meant, and the words that said so."""

    codes: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    price: int = 0  #: roubles, where it is by their price


def ordinals(cues: Cues, state: ConversationState, goods: Goods) -> list[tuple[Cue, str]]:
    """The rows named by their places, each with its cue."""
    found: list[tuple[Cue, str]] = []
    for cue in cues.of("ordinal"):
        before = cues.tokens[cue.first - 1].text if cue.first else ""
        back = any(other.last == cue.first for other in cues.of("back"))
        if before in FOR and not back:
            continue
        code = nth(state, cue.number)
        by_price = any(cue.last == c.first or c.last == cue.first for c in cues.of("how_much"))
        if cue.number == 0 and by_price:
            code = _middle_by_price(state, goods)
        if not code and found:
            return []  # «первого 5 и второго 3» where there is no second: nothing is guessed
        if code:
            found.append((cue, code))
    return found


def _middle_by_price(state: ConversationState, goods: Goods) -> str:
    """The code of the row whose price is in the middle of the last list's."""
    rows = sorted(filter(None, map(goods.row, state.listed)), key=final_price_kop)
    return rows[len(rows) // 2].code if len(rows) > 1 and len(rows) % 2 else ""


def nth(state: ConversationState, number: int) -> str:
    """The code of the n-th row of the last list, from the end where negative; "" if none."""
    rows = state.listed or state.chosen
    if len(rows) < 2 <= len(state.taken):  # rows asked for one by one: their places in turn
        rows = state.taken
    if number == 0:
        return rows[len(rows) // 2] if len(rows) > 1 and len(rows) % 2 else ""
    at = number - 1 if number > 0 else len(rows) + number
    return rows[at] if 0 <= at < len(rows) else ""


def at_price(cues: Cues, state: ConversationState, goods: Goods) -> Meant:
    """Rows meant by their price, printed or final: «за 936», «который по 650»."""
    shown = tuple(dict.fromkeys((*state.listed, *state.chosen)))
    for cue in cues.of("number"):
        before = cues.tokens[cue.first - 1].text if cue.first else ""
        if before not in _AT or cue.number < _LEAST_PRICE:
            continue
        codes = tuple(code for code in shown if cue.number in prices(code, goods))
        if codes:
            return Meant(codes=codes, cues=(cue,), price=cue.number)
    return Meant()


def prices(code: str, goods: Goods) -> set[int]:
    """What a row costs, as printed and with what a sale takes off, in whole roubles."""
    row = goods.row(code)
    return {row.price_kop // 100, final_price_kop(row) // 100} if row else set()


def told_prices(cues: Cues, state: ConversationState, goods: Goods) -> tuple[Cue, ...]:
    """Numbers that are a price of a row listed: «…, за 1170»."""
    known = {price for code in state.listed for price in prices(code, goods)}
    return tuple(
        cue
        for cue in cues.of("number")
        if cue.number in known and cue.first and cues.tokens[cue.first - 1].text == "за"
    )


def together(cues: Cues, state: ConversationState, goods: Goods) -> Meant:
    """Several rows at once: «оба», «и те и те», «все три», «первые два»."""
    if found := _from_an_end(cues, state):
        return found
    if both := cues.of("both"):
        return Meant(codes=_last(2, state), cues=both)
    if every := cues.of("every"):
        number = _how_many(cues, every[0])
        in_turn = () if number else _one_by_one(state, goods)
        return Meant(codes=in_turn or _last(number, state), cues=every)
    if them := _each_of_them(cues):
        return Meant(codes=_one_by_one(state, goods), cues=them)
    return Meant()


_THEM = frozenset({"их", "этих", "таких"})


def _each_of_them(cues: Cues) -> tuple[Cue, ...]:
    """«их по три»: so many of each, and so of several."""
    return tuple(
        cue
        for cue in cues.of("this")
        if cues.tokens[cue.first].text in _THEM
        and any(each.first == cue.last for each in cues.of("each"))
    )


def latest(rows: Sequence[str], goods: Goods) -> tuple[str, ...]:
    """The rows, of those that differ by colour only the last one spoken of."""
    lines: dict[object, str] = {}
    for code in rows:
        row, facts = goods.row(code), goods.facts(code)
        if row and facts:
            line = (row.path, row.price_kop, facts.goods, facts.devices, facts.values)
            lines.pop(line, None)
            lines[line] = code
    return tuple(lines.values())


def _one_by_one(state: ConversationState, goods: Goods) -> tuple[str, ...]:
    """Rows spoken of one by one, those not yet counted where there are several; () for one."""
    if len(state.chosen) != 1:
        return ()
    counted = {code for code, _ in state.lines}
    rows = latest(state.taken, goods)
    fresh = tuple(code for code in rows if code not in counted)
    several = fresh if len(fresh) > 1 else rows
    return several if len(several) > 1 else ()


def _from_an_end(cues: Cues, state: ConversationState) -> Meant | None:
    """«первые два», «обе первые», «две последние»: so many rows from an end of the last list."""
    for cue in cues.of("first_rows", "last_rows"):
        beside = [c for c in cues.of("both", "number") if cue.first in (c.last, c.first - 1)]
        number = next((c.number or 2 for c in beside), 0)
        if not 2 <= number <= len(state.listed):
            continue
        first = cue.name == "first_rows"
        codes = state.listed[:number] if first else state.listed[-number:]
        return Meant(codes=codes, cues=(cue, *beside[:1]))
    return None


def _last(number: int, state: ConversationState) -> tuple[str, ...]:
    """So many rows that were spoken of together, else shown together, else spoken of in turn."""
    if number and len(state.chosen) == number:
        return state.chosen
    if number and len(state.variants) == number:
        return state.variants
    if number and len(state.groups) == number and len(state.listed) == number:
        return state.listed
    if not number and len(state.variants) > 1 and len(state.chosen) == 1:
        return state.variants
    in_turn = state.taken[-number:] if number else ()
    lately = bool(in_turn) and not set(in_turn) <= set(state.listed)
    if number and len(in_turn) == number and (lately or len(state.listed) != number):
        return in_turn
    if not number or len(state.listed) == number:
        return state.listed or state.chosen
    return ()


_NUMBERED = {"три": 3, "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6}


def _how_many(cues: Cues, every: Cue) -> int:
    """The number in «все три»; 0 where it says just «все»."""
    words = [token.text for token in cues.tokens[every.first : every.last]]
    return next((_NUMBERED[word] for word in words if word in _NUMBERED), 0)


def other(cues: Cues, state: ConversationState) -> Meant:
    """«другой»: the row of a list of two that was not chosen."""
    found = cues.of("other")
    left = tuple(code for code in state.listed if code not in state.chosen)
    if found and len(state.chosen) == 1 and len(left) == 1:
        return Meant(codes=left, cues=found)
    return Meant()


_THIS = frozenset({"этот", "эта", "это", "эту", "этого", "этой"})


def _and_this(cues: Cues) -> Cue | None:
    """«первый и этот», «этот и второй»: a pronoun joined to a place."""
    for cue in cues.of("this"):
        beside = {t.text for t in cues.tokens[max(0, cue.first - 1) : cue.last + 1]}
        if cues.tokens[cue.first].text in _THIS and "и" in beside:
            return cue
    return None


def meant(cues: Cues, state: ConversationState, goods: Goods) -> Meant:
    """All rows that a message names without describing them."""
    named: Sequence[tuple[Cue, str]] = ordinals(cues, state, goods)
    if named:
        codes = tuple(dict.fromkeys(code for _, code in named))
        found = tuple(cue for cue, _ in named)
        if (pointed := _and_this(cues)) and len(state.in_focus) == 1:
            return Meant(
                codes=tuple(dict.fromkeys((*codes, *state.in_focus))), cues=(*found, pointed)
            )
        return Meant(codes=codes, cues=found)
    for other_way in (
        together(cues, state, goods),
        other(cues, state),
        at_price(cues, state, goods),
    ):
        if other_way.codes:
            return other_way
    return Meant()
