"""How a device is named, in rows and in questions alike: its line, its number, what follows it.

Rows list devices («12/12 Pro/13»), customers say one in any order («про 13 айфон»): how the names
stand in a text is read by `row_devices` and `search.device_tagger`; what a name is made of, here.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from optfm.text.devices import Devices
from optfm.text.lexicon import Piece
from optfm.text.mention import Mention, spoken

#: «13», «10s»; a letter or two before the digits make it a code: «a12», «gt6»
PLAIN = re.compile(r"\d{1,4}[a-z]{0,2}")
CODE = re.compile(r"[a-z]{1,4}\d{1,5}[a-z]{0,3}\d{0,2}[a-z]?")
YEAR = re.compile(r"20[0-3]\d")
_INCHES = re.compile(r"\d{1,2}\.\d")
#: a letter that is said apart after other marks: «P40 Lite E»
LAST_LETTERS = frozenset({"e", "s"})


class Tail(NamedTuple):
    """What follows a number, or a line that has none."""

    marks: frozenset[str]  #: by their plain names, also those that change nothing
    net: str  #: "4g", "5g" or ""
    year: str
    end: int  #: one after the last piece


class DeviceGrammar:
    """Reads the parts of a device's name; knows nothing of the text around it."""

    def __init__(self, devices: Devices) -> None:
        self.devices = devices
        self._worded = devices.worded_numbers - devices.marks.keys()

    def tail(self, pieces: Sequence[Piece], at: int, line: str = "", *, named: bool) -> Tail:
        """The marks, the net and the year that stand at a place.

        :param line: of the device; what is a number in it is no mark: «SE» of iPhones.
        :param named: whether a line or a brand was said; without any, «8 SE 2020» are two devices.
        """
        marks: set[str] = set()
        net = year = ""
        while at < len(pieces):
            piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
            lexeme = piece.lexeme
            if mark := self._mark(piece, after, line, named=named, last=bool(marks)):
                marks.add(mark)
            elif self.devices.is_net(lexeme):
                net = "4g" if lexeme == "lte" else lexeme
            elif YEAR.fullmatch(lexeme) and piece.sort == "number":
                year = lexeme
            elif bracketed := _year_in_brackets(pieces, at):
                year = bracketed
                at += 2
            else:
                break
            at += 1
        return Tail(frozenset(marks), net, year, at)

    def _mark(
        self, piece: Piece, after: Piece | None, line: str, *, named: bool, last: bool
    ) -> str:
        """The mark that a piece is, "" for none."""
        lexeme, devices = piece.lexeme, self.devices
        if piece.sort not in ("word", "series"):
            return ""
        if last and lexeme in LAST_LETTERS:
            return lexeme
        if piece.sort == "series":
            line_too = lexeme in devices.line_marks and not self._numbered(after)
            return lexeme if line_too else ""  # «Redmi 9 Note 9» are two
        if lexeme in devices.numbers_of(line):
            return ""
        if not named and lexeme in devices.worded_numbers and self._numbered(after):
            return ""
        return devices.marks.get(lexeme, "")

    def _numbered(self, after: Piece | None) -> bool:
        return (
            after is not None
            and after.sort in ("number", "code")
            and not self.devices.is_net(after.lexeme)
        )

    def is_number(self, piece: Piece, line: str = "") -> bool:
        """Whether a piece has the form of a model's number.

        :param line: right before it, "" for none.
        """
        lexeme, devices = piece.lexeme, self.devices
        if piece.sort not in ("number", "code", "word") or devices.is_net(lexeme):
            return False
        if lexeme in devices.numbers_of(line) or lexeme in self._worded:
            return True
        if lexeme in devices.marks:
            return not line and lexeme in devices.worded_numbers
        if _INCHES.fullmatch(lexeme):
            return line in devices.sized
        return bool(PLAIN.fullmatch(lexeme) or CODE.fullmatch(lexeme))

    def changing(self, marks: Iterable[str]) -> frozenset[str]:
        """The marks that make it another device (Pro does, NFC does not)."""
        return frozenset(filter(self.devices.is_changing, marks))

    def mention(self, brands: frozenset[str], line: str, number: str, tail: Tail) -> Mention:
        """The device, its number as the line says it."""
        number, year = self.devices.canonical(line, number, tail.year)
        found = Mention(brands, line, number, self.changing(tail.marks), tail.net, year)
        return found._replace(label=spoken(found))


def _year_in_brackets(pieces: Sequence[Piece], at: int) -> str:
    three = [piece.lexeme for piece in pieces[at : at + 3]]
    if len(three) == 3 and three[0] == "(" and three[2] == ")" and YEAR.fullmatch(three[1]):
        return three[1]
    return ""
