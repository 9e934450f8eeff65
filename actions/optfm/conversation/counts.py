"""How many pieces a message speaks of, and which of its numbers are no pieces."""

import re
from dataclasses import dataclass
from itertools import pairwise

from optfm.conversation.cues import Cue, CueName, Cues, cue_reader
from optfm.text.morphology import part_of_speech

#: around a number that stands for pieces although no word says so: «а 50?», «ну давайте 10»
_AROUND = frozenset(
    {"little", "take", "how_much", "this", "same", "each", "refuse", "correction", "pieces"}
)
#: «4 таких»: what pieces are of
_OF_THESE = frozenset({"таких", "этих", "их", "тех", "такого", "такой"})
#: a greater number at the end is of the goods themselves: «не те, банки 18650»
_FEW = 999
#: cues of which of the rows shown a count may be that stands behind them: «подешевле, два»
_OF_ONE: tuple[CueName, ...] = ("cheapest", "dearest", "sort_cheap", "sort_dear")
#: what stands between a count and the one that it is put right by: «две, точнее три»
_PUTS_RIGHT: tuple[CueName, ...] = ("correction", "refuse")
_AMONG_THEM: tuple[CueName, ...] = (*_PUTS_RIGHT, "little", "pieces", "take")
_HUNDRED = 100
#: before a model, a place or a price
FOR = frozenset({"на", "для", "к", "под", "от", "до", "за"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Pieces, and the words that said so."""

    pieces: int = 0
    cues: tuple[Cue, ...] = ()
    alone: bool = False  #: a number and nothing that says it is pieces: «5», «а 12?»


def counted(cues: Cues, quantity: int, *, priced: tuple[Cue, ...] = ()) -> Counted:
    """The pieces of a message.

    :param quantity: what the search's own reading calls a quantity, 0 for none.
    :param priced: numbers known to be a row's price.
    """
    numbers = [cue for cue in cues.of("number") if cue not in priced]
    if right := _put_right(cues, numbers):
        return right
    for cue in numbers:
        if pieces := _beside(cues, cue, "pieces"):
            again = [c for c in numbers if c.number == cue.number and c != cue]  # «парочку, 2 шт»
            return Counted(pieces=cue.number, cues=(cue, pieces, *again))
    for cue in numbers:
        if _said_with(cues, cue) or _is_collective(cues, cue):
            return Counted(pieces=cue.number, cues=(cue,))
    if len(numbers) > 1 and _in_words_at_end(cues, numbers[-1]):
        return Counted(pieces=numbers[-1].number, cues=(numbers[-1],))
    if priced and len(numbers) == 1 and not _then_a_word(cues, numbers[0]):
        return Counted(pieces=numbers[0].number, cues=(numbers[0],))
    if len(numbers) == 1 and _after_an_extreme(cues, numbers[0]):
        return Counted(pieces=numbers[0].number, cues=(numbers[0],))
    if quantity and all(cue.number != quantity for cue in priced):
        said = tuple(cue for cue in numbers if cue.number == quantity)
        return Counted(pieces=quantity, cues=said)
    if len(numbers) == 1 and not cues.left and _only(cues):
        before = _word_before(cues, numbers[0])
        asked = any(
            c.last == numbers[0].first and c.last > c.first + 1 for c in cues.of("how_much")
        )
        if before not in FOR or asked:
            return Counted(pieces=numbers[0].number, cues=(numbers[0],), alone=True)
    return Counted()


def _put_right(cues: Cues, numbers: list[Cue]) -> Counted | None:
    """«две... точнее три», «4, нет, 5 штук»: the last count of a message that has two."""
    for wrong, right in pairwise(numbers):
        among = {n for c in cues.of(*_AMONG_THEM) for n in range(c.first, c.last)}
        between = range(wrong.last, right.first)
        put = any(c.first in between for c in cues.of(*_PUTS_RIGHT))
        if not put or not among.issuperset(between) or _word_before(cues, right) == "не":
            continue
        if right is not numbers[-1] or _then_a_word(cues, right):
            continue
        units = [c for c in cues.of("pieces") if c.first in between or c.first == right.last]
        return Counted(pieces=right.number, cues=(wrong, right, *units))
    return None


def _after_an_extreme(cues: Cues, number: Cue) -> bool:
    """«который подешевле, два»: a number in words or behind a comma is none of a model."""
    token = cues.tokens[number.first]
    if number.last < len(cues.tokens) or not number.first or not cues.has(*_OF_ONE):
        return False
    apart = any(c in ",-—–" for c in cues.text[cues.tokens[number.first - 1].end : token.start])
    return (apart or not token.text.isdigit()) and _word_before(cues, number) not in FOR


def _is_collective(cues: Cues, number: Cue) -> bool:
    """«с фонарем парочку, сумму»: a number that is a noun counts.

    Behind «на» it is a model («на обычную восьмёрку»), a hundred may be a price.
    """
    before = {token.text for token in cues.tokens[max(0, number.first - 2) : number.first]}
    is_noun = part_of_speech(cues.tokens[number.first].text) == "noun"
    few = number.number < _HUNDRED
    return is_noun and few and not before & FOR and not _then_a_word(cues, number)


def _in_words_at_end(cues: Cues, number: Cue) -> bool:
    """«тогда 5000 две»: after a value in digits a last number in words is pieces."""
    digits = [c for c in cues.of("number") if cues.tokens[c.first].text.isdigit()]
    spelt = not cues.tokens[number.first].text.isdigit()
    before = _word_before(cues, number)
    return spelt and number.last == len(cues.tokens) and bool(digits) and before not in FOR


def _then_a_word(cues: Cues, number: Cue) -> bool:
    """Whether a word of no act follows, such as a unit."""
    following = number.last < len(cues.tokens)
    if following and cues.tokens[number.last].text in FOR | {"по"}:
        return False  # «три по 750»
    return following and not any(cue.first == number.last for cue in cues.found)


def by_ordinal(cues: Cues, named: list[tuple[Cue, str]]) -> tuple[tuple[str, int], ...]:
    """Rows by their places, each with its own number: «первого 5 и второго 3»; () if not so."""
    lines = []
    for ordinal, code in named:
        number = next(
            (
                cue.number
                for cue in cues.of("number")
                if cue.first == ordinal.last or _one_little_word(cues, ordinal.last, cue.first)
            ),
            0,
        )
        if number:
            lines.append((code, number))
    return tuple(lines) if len(lines) == len(named) else ()


def _one_little_word(cues: Cues, start: int, end: int) -> bool:
    """«второй - 5», «второго по 5»: at most a word without meaning between."""
    little = {at for cue in cues.of("little", "each", "take") for at in range(cue.first, cue.last)}
    return end - start == 1 and start in little


def _beside(cues: Cues, number: Cue, name: str) -> Cue | None:
    return next(
        (
            cue
            for cue in cues.found
            if cue.name == name and (cue.first == number.last or cue.last == number.first)
        ),
        None,
    )


def _said_with(cues: Cues, number: Cue) -> bool:
    """«возьму 20», «второй 5», «оба по 2», «этого кабеля 20»."""
    if _then_a_word(cues, number):
        return False
    before = _word_before(cues, number)
    if before == "по":
        return True
    if before in FOR:
        return False
    right_after = any(
        cue.last == number.first and cue.name in ("take", "ordinal", "both", "every")
        for cue in cues.found
    )
    right_before = any(
        cue.first == number.last
        and (cue.name == "take" or cues.tokens[cue.first].text in _OF_THESE)
        for cue in cues.found
    )
    at_end = number.last == len(cues.tokens) and (
        cues.has("take") or (cues.has("this") and number.number <= _FEW)
    )
    return (
        right_after
        or right_before
        or (at_end and bool(cues.left) and not _after_left(cues, number))
    )


def _after_left(cues: Cues, number: Cue) -> bool:
    """Whether a Latin word or another number stands right before: «walker 10», a name of goods."""
    before = _word_before(cues, number)
    return before.isascii()


def _word_before(cues: Cues, cue: Cue) -> str:
    return cues.tokens[cue.first - 1].text if cue.first else ""


def _only(cues: Cues) -> bool:
    return all(cue.name in _AROUND or cue.name == "number" for cue in cues.found)


def pieces(text: str) -> int:
    """How many pieces somebody takes: «беру 10 штук, мой номер …»; 0 where he names no number."""
    parts = re.split(r"[,.;!\n]+", text)
    return next((n for part in parts if (n := counted(cue_reader().read(part), 0).pieces)), 0)
