"""How many sockets of a kind a thing has: «USB(2)», «2 Type-C выхода», «на три юсб»."""

import re
from collections.abc import Collection, Iterator, Mapping

#: more sockets of one kind nobody sells; a greater number is of something else
_NUMBER = "[1-9]"
_WORD_BEFORE = re.compile(r"([a-zа-я]+)[\s-]*$")


class Ports:
    """Finds the numbers of sockets in clean text.

    :param sockets: kind of socket → how it is written.
    :param numerals: a number's word → the number.
    :param devices: words that a number after them is a model of: «редми 9 type-c».
    """

    def __init__(
        self,
        sockets: Mapping[str, Collection[str]],
        numerals: Mapping[str, int],
        devices: Collection[str],
    ) -> None:
        self._kind = {said: kind for kind, many in sockets.items() for said in many}
        self._numerals = {word: n for word, n in numerals.items() if n < 10}
        self._devices = frozenset(devices)
        socket = _any_of(self._kind)
        number = rf"{_NUMBER}|{_any_of(self._numerals)}"
        self._before = re.compile(rf"(?<![\w.,/-])({number})\s?(?=({socket})(?![\w-]))")
        self._after = re.compile(rf"(?<![\w-])({socket})(\s?\(({_NUMBER})\))")

    def read(self, text: str) -> Iterator[tuple[int, int, str, int]]:
        """Each number as (start, end, kind, how many); the socket's own word stays outside."""
        for match in self._before.finditer(text):
            before = _WORD_BEFORE.search(text[: match.start()])
            if before is None or before[1] not in self._devices:
                number = self._numerals.get(match[1]) or int(match[1])
                yield match.start(), match.end(), self._kind[match[2]], number
        for match in self._after.finditer(text):
            yield match.start(2), match.end(2), self._kind[match[1]], int(match[3])


def _any_of(words: Collection[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in longest_first) or "(?!)"
