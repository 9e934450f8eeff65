"""Typing slips: the known words that a word nobody knows was most likely meant to be."""

import bisect
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from optfm.text.cache import Cache
from optfm.text.normalise import has_cyrillic
from optfm.text.phonetic import sound, sounds

_KEYBOARD = (
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm",
)  # fmt: skip
# Letters that are heard, or taken, for one another.
_ALIKE = (
    "оа", "еи", "ея", "еэ", "зс", "тд", "пб", "кг", "жш", "вф", "шщ", "цс", "ыи", "уы", "ъь", "йи",
    "ei", "ck", "sc", "sz", "iy", "ao", "uo", "vw", "td", "pb", "kg", "ea", "mn",
)  # fmt: skip
_CHEAP = 0.6
_MOST = 3  #: guesses of a word
_DOUBLED = 0.45
_SWAPPED = 0.6


class Guess(NamedTuple):
    """A known word that may have been meant."""

    word: str
    cost: float  #: 0 is the same; 1 is one plain slip
    how: str  #: "typo" or "sound"


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = set()
    for row, line in enumerate(_KEYBOARD):
        pairs |= {(a, b) for a, b in zip(line, line[1:], strict=False)}
        if row % 3 < 2:
            below = _KEYBOARD[row + 1]
            for at, letter in enumerate(line):
                pairs |= {(letter, b) for b in below[max(0, at - 1) : at + 1]}
    pairs |= {(pair[0], pair[1]) for pair in _ALIKE}
    return frozenset(pairs | {(b, a) for a, b in pairs})


_NEAR = _neighbours()


def slip_cost(typed: str, meant: str) -> float:
    """How unlikely the slip is: 1 for each plain one, less for neighbours, twins and swaps.

    Both words within two edits of each other; shapes that are farther cost their distance.
    """
    return 0.0 if typed == meant else _edits(typed, meant)


def _edits(typed: str, meant: str) -> float:
    """The cost of a cheapest path from one word to the other."""
    rows, columns = len(typed) + 1, len(meant) + 1
    table = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        table[i][0] = float(i)
    for j in range(1, columns):
        table[0][j] = float(j)
    for i in range(1, rows):
        a = typed[i - 1]
        for j in range(1, columns):
            b = meant[j - 1]
            if a == b:
                best = table[i - 1][j - 1]
            else:
                best = table[i - 1][j - 1] + (_CHEAP if (a, b) in _NEAR else 1.0)
            doubled = i > 1 and typed[i - 2] == a
            best = min(best, table[i - 1][j] + (_DOUBLED if doubled else 1.0))
            doubled = j > 1 and meant[j - 2] == b
            best = min(best, table[i][j - 1] + (_DOUBLED if doubled else 0.95))
            if i > 1 and j > 1 and a == meant[j - 2] and typed[i - 2] == b and a != b:
                best = min(best, table[i - 2][j - 2] + _SWAPPED)
            table[i][j] = best
    return table[-1][-1]


class Speller:
    """Guesses over the words of the list and of the vocabulary.

    :param words: word → how often the list has it (0 for words of the vocabulary only).
    :param heads: what goods are called: words likely enough to take a worse slip.
    """

    def __init__(self, words: Mapping[str, int], heads: frozenset[str] = frozenset()) -> None:
        self._often = dict(words)
        self._named = heads
        self._sorted = sorted(self._often)
        self._heads: dict[str, list[str]] = {}
        for word in sorted(heads):
            self._heads.setdefault(word[:1], []).append(word)
        self._by_start: dict[tuple[str, int], list[str]] = {}  #: first letter, length
        self._by_rest: dict[tuple[str, int], list[str]] = {}  #: letters 2–4, length
        self._by_sound: dict[str, list[str]] = {}
        self._sounds: dict[tuple[str, int], list[str]] = {}
        for word in words:
            if len(word) >= 3 and word.isalpha():
                self._by_start.setdefault((word[0], len(word)), []).append(word)
                self._by_rest.setdefault((word[1:4], len(word)), []).append(word)
                for key in sounds(word):
                    self._by_sound.setdefault(key, []).append(word)
        for key in self._by_sound:
            self._sounds.setdefault((key[:1], len(key)), []).append(key)
        self._guessed: Cache[str, tuple[Guess, ...]] = Cache(20_000)

    def guesses(self, word: str) -> tuple[Guess, ...]:
        """The likeliest known words, best first; () where nothing is near enough.

        A short word takes one slip, one of eight letters and more two; words in the other
        alphabet are compared by their sound.
        """
        return self._guessed.get(word, self._guesses)

    def _guesses(self, word: str) -> tuple[Guess, ...]:
        found: dict[str, Guess] = {}
        heard = [*self._heard(word)]
        if "х" in word:  # «ремах»: the letter that looks like x
            heard += self._heard(word.replace("х", "кс"))
        for guess in (*self._spelt(word), *heard):
            if guess.word not in found or guess.cost < found[guess.word].cost:
                found[guess.word] = guess
        ranked = sorted(
            found.values(),
            key=lambda g: (
                round(g.cost - (0.4 if g.cost <= 1.05 and g.word in self._named else 0), 1),
                -self._often.get(g.word, 0),
                g.word,
            ),  # fmt: skip
        )
        if not ranked:
            return ()
        limit = max(0.5, ranked[0].cost) + 0.5
        return tuple(g for g in ranked[:_MOST] if g.cost <= limit)

    def twins(self, word: str) -> tuple[str, ...]:
        """The same word in the other alphabet, where the list has both: антистатик, antistatic."""
        if len(word) < 4 or not word.isalpha():
            return ()
        cyrillic = has_cyrillic(word)
        return tuple(w for w in self._by_sound.get(sound(word), ()) if has_cyrillic(w) != cyrillic)

    def beginning(self, word: str) -> str:
        """What goods are called that begins so, the commonest: «дисп» → дисплей; "" for none."""
        found = [
            h for h in self._heads.get(word[0], ()) if h.startswith(word) and len(h) > len(word)
        ]
        return max(found, key=lambda h: self._often.get(h, 0), default="")

    def begins(self, word: str) -> bool:
        """Whether a known word begins so: who writes «глянц» cuts «глянцевый» short."""
        at = bisect.bisect_left(self._sorted, word)
        return at < len(self._sorted) and self._sorted[at].startswith(word)

    def _spelt(self, word: str) -> Iterable[Guess]:
        length = len(word)
        if length < 4:
            return
        reach = 1 if length < 7 else 2
        allowed = 0.65 if length == 4 else 1.05 if length < 7 else 1.7 if length < 9 else 2.1
        named = 1.0 if length == 4 else 1.2 if length == 5 else 1.3 if length == 6 else allowed
        for candidate, _, _ in process.extract(
            word,
            self._heads.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=1 if length == 4 else 2,
            limit=8,
        ):
            cost = slip_cost(word, candidate)
            if len(candidate) >= 4 and cost <= named:
                yield Guess(candidate, cost, "typo")
        for other in range(length - reach, length + reach + 1):
            near = self._by_start.get((word[0], other), ())
            for candidate, _, _ in process.extract(
                word, near, scorer=OSA.distance, score_cutoff=reach, limit=12
            ):
                cost = slip_cost(word, candidate)
                if cost <= allowed:
                    yield Guess(candidate, cost, "typo")
        for start, other in ((word[1:4], length), (word[:3], length + 1), (word[2:5], length - 1)):
            for candidate in self._by_rest.get((start, other), ()):
                # the first letter is rarely missed
                if candidate[0] != word[0] and OSA.distance(word, candidate) <= reach:
                    cost = slip_cost(word, candidate) + 0.4
                    if cost <= allowed:
                        yield Guess(candidate, cost, "typo")

    def _heard(self, word: str) -> Iterable[Guess]:
        cyrillic = has_cyrillic(word)
        for key in sounds(word):
            for candidate in self._by_sound.get(key, ()):
                if has_cyrillic(candidate) != cyrillic and len(key) >= 3:
                    yield Guess(candidate, 0.25, "sound")
        key = sound(word)
        if len(key) < 5:
            return
        reach = 1 if len(key) < 8 else 2
        for length in range(len(key) - reach, len(key) + reach + 1):
            near = self._sounds.get((key[0], length))
            if not near:
                continue
            for other, distance, _ in process.extract(
                key, near, scorer=OSA.distance, score_cutoff=reach, limit=6
            ):
                cost = 0.35 + slip_cost(key, other) if distance else 0.25
                for candidate in self._by_sound[other]:
                    allowed = 0.4 + 0.125 * len(key)
                    allowed += 0.35 if self._often[candidate] >= 10 else 0.0
                    if has_cyrillic(candidate) == cyrillic:
                        allowed = 1.0 if candidate in self._named else 0.0
                    if cost <= allowed:
                        yield Guess(candidate, cost, "sound")
