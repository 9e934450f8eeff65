"""Codes of the price list in a question: «УТ-00037193», «ut 37193», «артикул 0036564»."""

import re
from collections.abc import Sequence

from optfm.catalog.language.layout import to_english, to_russian
from optfm.catalog.language.text import clean, readings

_CODE = re.compile(r"([^\W\d_]*)\W*(\d+)", re.UNICODE)


class Codes:
    """Finds rows by their codes, whole or in part.

    :param codes: of the rows, in their order.
    """

    def __init__(self, codes: Sequence[str]) -> None:
        self._by_number: dict[str, list[int]] = {}
        prefixes: set[str] = set()
        lengths: set[int] = set()
        for position, code in enumerate(codes):
            digits = re.sub(r"\D", "", code)
            if digits:
                self._by_number.setdefault(digits.lstrip("0") or "0", []).append(position)
                lengths.add(len(digits))
            if match := _CODE.match(clean(code)):
                prefixes.add(match[1])
        self._prefixes = prefixes
        spelt: set[str] = set()
        for prefix in prefixes - {""}:
            looks = "".join(readings(letter)[0] for letter in prefix)
            sounds = prefix.translate(str.maketrans("утфмрпбкн", "utfmrpbkn"))
            spelt |= {prefix, looks, sounds, to_english(prefix), to_russian(prefix)}
        names = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True)) or "(?!)"
        shortest = min(lengths, default=8)
        self._named = re.compile(
            rf"(?<![a-zа-я0-9])(?:{names})[\s\-_.№#]{{0,3}}(\d{{3,11}})(?![a-zа-я0-9])"
        )
        self._called = re.compile(
            r"(?:\bкод\w*|\bарт(?:икул)?\w*|№)[\s.:№-]{0,3}(\d{3,11})(?![a-zа-я0-9])"
        )
        self._bare = re.compile(
            rf"(?<![a-zа-я0-9.,])(0\d{{{max(4, shortest - 4)},11}})(?![a-zа-я0-9])"
        )

    def read(self, text: str) -> tuple[str, list[int]] | None:
        """The first code of clean text and the rows it means, or None where no code is named.

        An unknown code gives an empty list. Leading zeros may be left out, and the first digits
        of a long code may, when the last four or more name one row.
        """
        for pattern in (self._named, self._called, self._bare):
            match = pattern.search(text)
            if match is None:
                continue
            number = match[1].lstrip("0") or "0"
            rows = self._by_number.get(number)
            if rows is None and len(number) >= 4:
                ends = [key for key in self._by_number if key.endswith(number)]
                rows = self._by_number[ends[0]] if len(ends) == 1 else None
            if rows is None and pattern is self._called and len(number) < 5:
                continue
            return match[0].strip(), list(rows or ())
        return None
