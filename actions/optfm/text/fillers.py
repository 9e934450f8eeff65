"""The small words of a question when they are mistyped: «есь», «скока стот», «пажалуста»."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from optfm.text.cache import Cache
from optfm.text.morphology import analyser
from optfm.text.normalise import has_cyrillic
from optfm.text.spelling import slip_cost

_SHORTEST = 3
_GLUED = 6
#: length of the word that is meant → what its slips may cost; a slip of a short word is a word
_ALLOWED = ((3, 0.0), (6, 1.0), (7, 1.35))
_MOST = 2.0
#: of verbs, pronouns and their like all forms are small words, of nouns only those listed
_INFLECTED = frozenset({"VERB", "INFN", "NPRO", "ADJF", "PRED"})
_FORMS = frozenset({"VERB", "INFN", "NPRO", "ADJF"})
#: spellings that are one by ear and two slips and more by letters
_BY_EAR = ((re.compile(r"ть?ся|цц?а"), "ца"), (re.compile("вств"), "ств"))


class FillerSpeller:
    """Knows which word that says nothing of goods a mistyped one was meant to be.

    :param fillers: the words of the vocabulary that say nothing of goods.
    """

    def __init__(self, fillers: Iterable[str]) -> None:
        words = sorted({w for w in fillers if len(w) >= _SHORTEST - 1 and has_cyrillic(w)})
        self._words = frozenset(words)
        forms = {form for word in words if len(word) >= _SHORTEST for form in _forms(word)}
        self._by_sound = {_heard(form): form for form in sorted(forms)}
        self._sounds: dict[int, list[str]] = {}
        for key in self._by_sound:
            self._sounds.setdefault(len(key), []).append(key)
        self._meant: Cache[str, tuple[str, float]] = Cache(20_000)

    def meant(self, word: str) -> tuple[str, float]:
        """The small word and what the slips cost (1 is one plain slip); "" where it is none.

        :param word: clean, in no dictionary: whether it is one is for the caller to say.
        """
        return self._meant.get(word, self._guess)

    def _guess(self, word: str) -> tuple[str, float]:
        if len(word) < _SHORTEST or not has_cyrillic(word):
            return "", 0.0
        for at in range(2, len(word) - 1) if len(word) >= _GLUED else ():  # «ктонибудь», «надобы»
            if word[:at] in self._words and word[at:] in self._words:
                return word, 0.0
        key = _heard(word)
        found: list[tuple[float, bool, str]] = []
        for length in range(len(key) - 2, len(key) + 3):
            for near, _, _ in process.extract(
                key, self._sounds.get(length, ()), scorer=OSA.distance, score_cutoff=2, limit=12
            ):
                cost, meant = slip_cost(key, near), self._by_sound[near]
                if cost <= _allowed(near):
                    found.append((cost, meant not in self._words, meant))
        cost, _, meant = min(found, default=(0.0, False, ""))
        return meant, cost


def _forms(word: str) -> set[str]:
    reading = analyser().parse(word)[0]
    if reading.tag.POS not in _INFLECTED:
        return {word}
    forms = (f for f in reading.lexeme if f.tag.POS in _FORMS and "ADJS" not in f.tag)
    return {word, *(str(form.word).replace("ё", "е") for form in forms)}


def _heard(word: str) -> str:
    for spelt, heard in _BY_EAR:
        word = spelt.sub(heard, word)
    return word


def _allowed(meant: str) -> float:
    return next((most for length, most in _ALLOWED if len(meant) <= length), _MOST)
