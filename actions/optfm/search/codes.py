"""Codes of the price list in a question: «УТ-00037193», «ut 37193», «артикул 0036564»."""

import re
from collections.abc import Sequence

from common.keyboard_layout import to_english, to_russian
from optfm.text.normalise import clean, readings

#: digits of a code whose letters are typed in the wrong keyboard layout
_LEAST_TURNED = 4
_CODE = re.compile(r"([^\W\d_]*)\W*(\d+)", re.UNICODE)


class Codes:
    """Finds rows by their codes, whole or in part.

    :param codes: of the rows, in their order.
    """

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = [clean(code) for code in codes]
        self._by_number: dict[str, list[int]] = {}
        self._prefix_of: list[str] = []
        self._digits_of = [len(re.sub(r"\D", "", code)) for code in codes]
        prefixes: set[str] = set()
        lengths: set[int] = set()
        for position, code in enumerate(codes):
            digits = re.sub(r"\D", "", code)
            if digits:
                self._by_number.setdefault(digits.lstrip("0") or "0", []).append(position)
                lengths.add(len(digits))
            match = _CODE.match(clean(code))
            self._prefix_of.append(match[1] if match else "")
            prefixes.add(self._prefix_of[-1])
        spelt: dict[str, str] = {}
        plainly: set[str] = set()
        for prefix in sorted(prefixes - {""}):
            looks = "".join(readings(letter)[0] for letter in prefix)
            sounds = prefix.translate(str.maketrans("утфмрпбкн", "utfmrpbkn"))
            for spelling in (looks, sounds, to_english(prefix), to_russian(prefix), prefix):
                spelt[spelling] = prefix
            plainly |= {looks, sounds, prefix}
        self._spelt = spelt
        self._by_layout = spelt.keys() - plainly  #: «av» is «фм» in the other keyboard layout
        names = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True)) or "(?!)"
        shortest = min(lengths, default=8)
        self._named = re.compile(
            rf"(?<![a-zа-я0-9])({names})[\s\-_.№#]{{0,3}}(\d{{3,11}})(?![a-zа-я0-9])"
        )
        self._called = re.compile(
            r"(?:\bкод\w*|\bарт(?:икул)?\w*|#)[\s.:#-]{0,3}(\d{3,11})(?![a-zа-я0-9])"
        )
        self._bare = re.compile(
            rf"(?<![a-zа-я0-9.,])(0\d{{{max(4, shortest - 4)},11}})(?![a-zа-я0-9])"
        )

    def read(self, text: str) -> tuple[str, list[int]] | None:
        """The first code of clean text and the rows it means, or None where no code is named.

        An unknown code gives an empty list. Leading zeros may be left out, and the first digits
        of a long code may, when the last four or more name one row. Letters before the number
        must be the row's own: УТ-00000012 and ФМ-00000012 are two goods.
        """
        for pattern in (self._named, self._called, self._bare):
            match = pattern.search(text)
            if match is None:
                continue
            prefix = self._spelt[match[1]] if pattern is self._named else None
            if prefix and match[1] in self._by_layout and len(match[2]) < _LEAST_TURNED:
                continue  # an article: «AV-070»
            number = match[match.lastindex or 1].lstrip("0") or "0"
            rows = self._of(number, prefix)
            if rows and prefix is None:  # as many digits as typed, where some row has so many
                typed = len(match[1])
                rows = [row for row in rows if self._digits_of[row] == typed] or rows
            if rows is None and len(number) >= 4:
                ends = [key for key in self._by_number if key.endswith(number)]
                found = [self._of(key, prefix) for key in ends]
                named = [rows for rows in found if rows]
                rows = named[0] if len(named) == 1 else None
            if rows is None and pattern is self._called and len(number) < 5:
                continue
            return match[0].strip(), list(rows or ())
        return None

    def whole(self, text: str, rows: Sequence[int]) -> bool:
        """Whether clean text has the whole code of any of the rows."""
        return any(self._codes[row] in text for row in rows)

    def _of(self, number: str, prefix: str | None) -> list[int] | None:
        """Rows of a number without its zeros; of all prefixes where none was named."""
        rows = self._by_number.get(number, [])
        return [row for row in rows if prefix in (None, self._prefix_of[row])] or None
