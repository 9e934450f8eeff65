"""Letters said by their names: «бэ семь тысяч», «эр эм 510», «эйч джи»."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

#: words of a part number; a longer one nobody spells
_LONGEST = 7
_MOST_READINGS = 16
_WORD = re.compile(r"[a-zа-я0-9]+(?:[-_][a-zа-я0-9]+)*")
#: «бэ-эль-5», and «кью4»: where one part ends and the next begins
_JOINT = re.compile(r"[-_]|(?<=[а-я])(?=\d)|(?<=\d)(?=[а-я])")


class LettersSaid:
    """Writes what is spelt by the names of its letters.

    :param letters: letter → its names; a name may be that of several letters.
    :param numerals: a number's word → the number.
    :param known: whether the list has what is spelt.
    """

    def __init__(
        self,
        letters: Mapping[str, Sequence[str]],
        numerals: Mapping[str, int],
        known: Callable[[str], bool],
    ) -> None:
        self._numerals = numerals
        self._known = known
        self._letters: dict[str, str] = {}
        for letter, names in letters.items():
            for name in names:
                self._letters[name] = self._letters.get(name, "") + letter
        names = "|".join(map(re.escape, self._letters))
        self._any = re.compile(rf"(?<![a-zа-я])(?:{names})(?![a-zа-я])")

    def written(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Clean text with what is spelt as the list writes it, and (what was said, what it is).

        The longest that is known; letters that make nothing of the list stay as they are said.
        """
        if not self._any.search(text):
            return text, []
        words = list(_WORD.finditer(text))
        spelt: list[tuple[str, str]] = []
        pieces: list[str] = []
        end = at = 0
        while at < len(words):
            whole, taken = self._read(text, words[at : at + _LONGEST])
            if taken:
                first, last = words[at], words[at + taken - 1]
                spelt.append((text[first.start() : last.end()], whole))
                pieces += text[end : first.start()], whole
                end = last.end()
            at += taken or 1
        return "".join([*pieces, text[end:]]), spelt

    def _read(self, text: str, words: Sequence[re.Match[str]]) -> tuple[str, int]:
        """What the words spell from the first on, and how many they are; ("", 0) for nothing."""
        if words[0][0].isdigit() or words[0][0] in self._numerals:
            return "", 0  # «десять эр»: a model
        pieces: list[str] = []  #: the letters that each may be
        best = ("", 0)
        named = False
        end = words[0].start()
        for taken, word in enumerate(words, start=1):
            parts = _JOINT.split(word[0])
            letters = [self._part(part) for part in parts]
            if text[end : word.start()].strip() or not all(letters):
                break
            end = word.end()
            pieces += letters
            named = named or any(part in self._letters for part in parts)
            if named and len(pieces) > 1 and (whole := self._whole(pieces)):
                best = (whole, taken)
        return best

    def _part(self, part: str) -> str:
        """What a word may be in a part number, "" for one of the language."""
        if part in self._letters:
            return self._letters[part]
        if part.isdigit() or (len(part) == 1 and part.isascii()):
            return part
        return str(self._numerals[part]) if part in self._numerals else ""

    def _whole(self, pieces: Sequence[str]) -> str:
        return next((w for w in islice(_spelt(pieces), _MOST_READINGS) if self._known(w)), "")


def _spelt(pieces: Sequence[str]) -> Iterator[str]:
    choices = [(p,) if p.isdigit() else tuple(p) for p in pieces]
    return ("".join(one) for one in product(*choices))
