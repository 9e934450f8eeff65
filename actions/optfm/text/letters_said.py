"""Letters said by their names: «бэ семь тысяч», «эр эм 510», «эйч джи»."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

from optfm.text.tokens import Token

#: pieces of a part number; a longer one nobody spells
_LONGEST = 7
_MOST_READINGS = 16


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
        #: name → the letter that it most likely is
        self.names = {name: its[0] for name, its in self._letters.items()}

    def read(self, found: Sequence[Token], at: int) -> tuple[str, int]:
        """What the tokens from there spell, and how many they are: the longest that is known.

        ("", 0) where it is nothing; a single letter, or one that is no name, spells nothing alone.
        """
        if found[at].sort == "number" or found[at].typed in self._numerals:
            return "", 0  # «десять эр»: a model
        pieces: list[str] = []  #: the letters that each may be
        best = ("", 0)
        named = 0
        for taken, token in enumerate(found[at : at + _LONGEST], start=1):
            parts = self._parts(token)
            if not parts:
                break
            pieces += parts
            named += any(p in self._letters for p in (token.parts or (token.typed,)))
            if named and len(pieces) > 1 and (whole := self._whole(pieces)):
                best = (whole, taken)
        return best

    def _parts(self, token: Token) -> list[str]:
        """What each part of a token may be in a part number, [] for a word."""
        found = []
        for part in token.parts or (token.typed,):
            if part in self._letters:
                found.append(self._letters[part])
            elif part.isdigit() or (len(part) == 1 and part.isascii() and part.isalpha()):
                found.append(part)
            elif part in self._numerals:
                found.append(str(self._numerals[part]))
            else:
                return []
        return found

    def _whole(self, pieces: Sequence[str]) -> str:
        return next((w for w in islice(_spelt(pieces), _MOST_READINGS) if self._known(w)), "")


def _spelt(pieces: Sequence[str]) -> Iterator[str]:
    choices = [(p,) if p.isdigit() else tuple(p) for p in pieces]
    return ("".join(one) for one in product(*choices))
