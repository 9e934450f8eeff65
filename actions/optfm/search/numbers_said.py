"""Numbers of models as they are said: «десятый», «а 12», «9 с», «десять эр»."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from optfm.text.device_grammar import LAST_LETTERS
from optfm.text.devices import Devices
from optfm.text.lexicon import Piece
from optfm.text.morphology import part_of_speech
from optfm.text.normalise import has_cyrillic, readings
from optfm.text.tokens import Token

#: what stands before a device that goods are for
LINKS = frozenset({"на", "для", "к", "под", "от", "у"})
_LETTER = re.compile(r"[a-zа-я]")
#: «50ай», «эс21»: the name of a letter glued to its digits
_GLUED_NAME = re.compile(r"(?:(\d{1,3})([а-я]{2,4})|([а-я]{2,4})(\d{1,3}))")
#: words of one letter, and no letters of a model
_LITTLE = frozenset("свкиуо")
#: of these «а» is a letter of a model, too: «а двенадцать», but never «а двенадцатый»
_CONJUNCTIONS = frozenset("аи")
#: said in a word they are a place or a time sooner than a model: «первый раз», «обе первые»
_PLACES = frozenset({"1", "2", "3"})


class NumbersSaid:
    """Writes the numbers of a question as the list does.

    :param known: model number → how many rows of the list have a device of that number.
    """

    def __init__(
        self, devices: Devices, known: Mapping[str, int], in_list: Callable[[str], bool]
    ) -> None:
        self._devices = devices
        self._known = known
        self._in_list = in_list

    def written(
        self, row: Sequence[Piece], found: Sequence[Token], negated: Container[int]
    ) -> list[Piece]:
        """The pieces with numbers said in words as digits, letters joined to their digits.

        :param found: the tokens that the pieces point at.
        :param negated: the tokens that are not wanted.
        """
        has_anchor = any(map(self.is_anchor, row))
        result: list[Piece] = []
        at = 0
        while at < len(row):
            piece = row[at]
            following = row[at + 1] if at + 1 < len(row) else None
            if following is not None and self._is_note(piece, following, result, found):
                result.append(Piece("note", "series", piece.start, piece.end))
                at += 1
                continue
            if result and (letter := self._letter_at_end(result[-1], piece, found)):
                result.append(Piece(letter, "word", piece.start, piece.end))
                at += 1
                continue
            number, taken = self._in_words(row, at, has_anchor=has_anchor)
            number = number or self._with_name(piece, found)
            if number:
                sort = "number" if number.isdigit() else "code"
                piece = Piece(number, sort, piece.start, row[at + taken - 1].end, "word")
                following = row[at + taken] if at + taken < len(row) else None
            instead = len(result) > 1 and result[-2].start in negated and result[-1].lexeme == "а"
            if (
                result
                and not instead
                and (whole := self._together(result[-1], piece, following, found, result))
            ):
                result[-1] = Piece(whole, "code", result[-1].start, piece.end, "joined")
            else:
                result.append(piece)
            at += taken
        return result

    def _in_words(self, row: Sequence[Piece], at: int, *, has_anchor: bool) -> tuple[str, int]:
        """The number that the next words say, "" for none, and how many pieces it is."""
        words = self._devices.number_words
        piece = row[at]
        if piece.sort not in ("word", "filler"):
            return "", 1
        following = row[at + 1] if at + 1 < len(row) else None
        if following is not None and (both := words.get(f"{piece.lexeme} {following.lexeme}")):
            return both, 2
        number = words.get(piece.lexeme, "") if piece.sort == "word" else ""
        linked = at > 0 and row[at - 1].lexeme in LINKS
        if not number or not (has_anchor or linked or not self._in_list(piece.lexeme)):
            return "", 1
        if number in _PLACES and not (has_anchor or linked):
            return "", 1
        unit = words.get(following.lexeme, "") if following is not None else ""
        if len(number) == 2 and number[1] == "0" and len(unit) == 1 and unit.isdigit():
            return number[0] + unit, 2  # «тридцать два»
        return number, 1

    def _with_name(self, piece: Piece, found: Sequence[Token]) -> str:
        """«50ай» as 50i, where the list knows it; else ""."""
        glued = _GLUED_NAME.fullmatch(found[piece.start].typed) if piece.sort == "code" else None
        if glued is None:
            return ""
        before, name, first, after = glued.groups("")
        letter = self._devices.letter_words.get(name or first, "")
        return self._if_known((before + letter + after,)) if letter else ""

    def _is_note(
        self,
        piece: Piece,
        following: Piece,
        before: Sequence[Piece],
        found: Sequence[Token],
    ) -> bool:
        """«реалми ноут 50» is no notebook."""
        numbered = following.lexeme[:1].isdigit() or (
            following.lexeme in self._devices.number_words
        )
        said = found[piece.start].typed in ("ноут", "ноуте", "ноута")
        return bool(before) and numbered and said and self.is_anchor(before[-1])

    def _letter_at_end(self, before: Piece, piece: Piece, found: Sequence[Token]) -> str:
        """«п40 лайт е», «п смарт з»: a Russian letter that ends a model's name; "" for none."""
        typed = found[piece.start].typed
        if piece.end - piece.start > 1 or not has_cyrillic(typed) or typed in _LITTLE:
            return ""
        named = self._devices.letter_words.get(typed, "")
        letters = (named,) if named else readings(typed) if len(typed) == 1 else ()
        ends = self._devices.numbers_of(before.lexeme) if before.sort == "series" else frozenset()
        if before.lexeme in self._devices.marks:
            ends = LAST_LETTERS
        return next((letter for letter in letters if letter in ends), "")

    def _together(
        self,
        left: Piece,
        right: Piece,
        following: Piece | None,
        found: Sequence[Token],
        before: Sequence[Piece],
    ) -> str:
        """«а 12», «9 с», «х 3», «десять эр» as one number, where the list knows it; else ""."""
        if left.end != right.start:
            return ""
        if right.how == "word" and self._joined_on(left, right, found):
            return ""
        one, two = left.lexeme, right.lexeme
        if right.sort == "number" and right.how != "word":
            two = found[right.start].typed  # «эй 03» is no A3
        letters = self._devices.letter_words
        if one in letters and left.sort in ("word", "filler") and two[:1].isdigit():
            return self._if_known((letters[one] + two,)) if len(two) <= 4 else ""
        if one.isdigit() and len(one) <= 3 and two in letters:
            return self._if_known((one + letters[two],))
        if (
            _LETTER.fullmatch(one)
            and two[:1].isdigit()
            and len(two) <= 4
            and right.sort in ("number", "code")
        ):
            after_brand = len(before) > 1 and self.is_anchor(before[-2])
            if one in _LITTLE and not after_brand and has_cyrillic(found[left.start].typed):
                return ""
            return self._if_known(readings(one + two))
        if one.isdigit() and len(one) <= 3 and _LETTER.fullmatch(two):
            if right.sort == "filler" and not (
                following is None or following.lexeme in self._devices.marks
            ):
                return ""
            return self._if_known(readings(one + two))
        return ""

    @staticmethod
    def _joined_on(left: Piece, right: Piece, found: Sequence[Token]) -> bool:
        """«а двенадцатый про»: a conjunction before an ordinal, and no letter of a model."""
        joined = found[left.start].typed in _CONJUNCTIONS
        return joined and part_of_speech(found[right.start].typed) == "adjective"

    def _if_known(self, numbers: Iterable[str]) -> str:
        known = (n for n in numbers if n in self._known or self._devices.is_other_number(n))
        return next(known, "")

    def is_anchor(self, piece: Piece) -> bool:
        """Whether it is a brand or a line, which a number of a model leans on."""
        return piece.sort == "series" or (
            piece.sort == "word" and self._devices.is_brand(piece.lexeme)
        )
