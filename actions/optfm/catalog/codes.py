"""Codes of the goods of a list: its own, made unique, or stable ones where it has none."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

_SPACE = 10**8


def unique_codes(given: Sequence[str], names: Sequence[tuple[str, ...]]) -> list[str]:
    """A code for each, no two the same.

    :param given: codes as printed, "" where there is none; one that repeats gets "/2", "/3", ….
    :param names: path and name of each; the same ones give the same code in the next list.
    """
    taken = {code for code in given if code}
    seen: Counter[str] = Counter()
    codes: list[str] = []
    for code, name in zip(given, names, strict=True):
        if not code:
            code = next(own for own in _own(name) if own not in taken)
            taken.add(code)
        else:
            seen[code] += 1
            if seen[code] > 1:
                code = next(other for other in _numbered(code, seen[code]) if other not in taken)
                taken.add(code)
        codes.append(code)
    return codes


def _own(name: tuple[str, ...]) -> Iterator[str]:
    said = "\n".join(part.casefold() for part in name)
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8]) % _SPACE
    while True:
        yield f"ВН-{number:08d}"
        number = (number + 1) % _SPACE


def _numbered(code: str, number: int) -> Iterator[str]:
    while True:
        yield f"{code}/{number}"
        number += 1
