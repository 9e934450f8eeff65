"""What a question does not want: «кроме HG», «не инселл», «KF тоже не надо»."""

import re
from collections.abc import Collection, Sequence
from functools import partial

from optfm.text.lexicon import Piece
from optfm.text.morphology import part_of_speech
from optfm.text.phrases import END, START, alternatives
from optfm.text.tokens import Token
from optfm.text.vocabulary import Negation, Vocabulary

_SILENT = frozenset({"filler", "sign"})


class NegationReader:
    """Finds the tokens that a question takes back, by the words of `negation.yml`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words: Negation = vocabulary.negation
        self._marks = frozenset(vocabulary.marks)
        #: lines and brands of devices: «айфон» of «не айфон 11»
        self._names = frozenset((*vocabulary.series, *vocabulary.brands, *vocabulary.marks))
        #: refusals after the thing, by their first words
        self._after: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self._words.after:
            words = tuple(phrase.split())
            self._after.setdefault(words[0], []).append(words)
        self._literal = {
            phrase: re.compile(START + alternatives(goods) + END)
            for phrase, goods in self._words.literal.items()
        }
        self._otherwise = [
            (re.compile(START + alternatives(phrases) + END), word)
            for word, phrases in self._words.otherwise.items()
        ]

    def said(self, text: str) -> str:
        """Clean text with the word for what a negation says: «без провода» → «беспроводной»."""
        literal = {phrase for phrase, beside in self._literal.items() if beside.search(text)}
        for pattern, word in self._otherwise:
            text = pattern.sub(partial(_instead, word, literal), text)
        return text

    def read(self, pieces: Sequence[Piece], found: Sequence[Token]) -> frozenset[int]:
        """Numbers of the tokens that are not wanted.

        :param pieces: the tokens as lexemes, fillers and signs among them.
        :param found: the tokens.
        """
        gone: set[int] = set()
        for at, piece in enumerate(pieces):
            word = found[piece.start].text
            if self._ends_with_refusal(pieces, at, found):
                gone |= self._before(pieces, at, found)
            elif piece.end - piece.start == 1 and word in self._words.all_that_follows:
                gone |= self._following(pieces, at + 1, found, joined=True)
            elif piece.end - piece.start == 1 and word in self._words.next:
                gone |= self._following(pieces, at + 1, found, joined=False)
        return frozenset(gone)

    def refusals(self, pieces: Sequence[Piece], found: Sequence[Token]) -> frozenset[int]:
        """Numbers of the tokens that refuse and say nothing else: both of «… не беру»."""
        said: set[int] = set()
        for at, piece in enumerate(pieces):
            if self._ends_with_refusal(pieces, at, found):
                phrases = self._after[found[piece.start].text]
                fitting = [
                    len(phrase)
                    for phrase in phrases
                    if tuple(t.text for t in found[piece.start : piece.start + len(phrase)])
                    == phrase
                ]
                said.update(range(piece.start, piece.start + max(fitting)))
        return frozenset(said)

    def _ends_with_refusal(self, pieces: Sequence[Piece], at: int, found: Sequence[Token]) -> bool:
        """«… не надо», with nothing after it that could be meant."""
        start = pieces[at].start
        for phrase in self._after.get(found[start].text, ()):
            if tuple(t.text for t in found[start : start + len(phrase)]) == phrase:
                rest = [p for p in pieces[at:] if p.start >= start + len(phrase)]
                return not rest or rest[0].sort == "sign"
        return False

    def _before(self, pieces: Sequence[Piece], at: int, found: Sequence[Token]) -> set[int]:
        """What stands before «не надо», with all joined to it: «HG и нохон не нужны»."""
        gone: set[int] = set()
        joined = True
        for piece in reversed(pieces[:at]):
            text = found[piece.start].text
            if piece.sort in _SILENT:
                if gone and text in self._words.joining:
                    joined = True
                elif gone or piece.sort == "sign":
                    break
                continue
            if not joined:
                break
            gone |= set(range(piece.start, piece.end))
            joined = False
        return gone

    def _following(
        self, pieces: Sequence[Piece], at: int, found: Sequence[Token], *, joined: bool
    ) -> set[int]:
        """The thing after «не», or all that are joined after «кроме»."""
        gone: set[int] = set()
        last = pieces[at] if at < len(pieces) else Piece("", "sign", at, at)
        for piece in pieces[at:]:
            text = found[piece.start].text
            if piece.sort in _SILENT:
                if gone and joined and text in self._words.joining:
                    continue
                if not gone and text in self._words.through:
                    continue
                break
            if piece.sort == "word" and part_of_speech(text) == "service":
                break  # «не включается», «не глючит»
            if gone and not joined and not self._continues(piece, last):
                break
            gone |= set(range(piece.start, piece.end))
            last = piece
        return gone

    def _continues(self, piece: Piece, last: Piece) -> bool:
        """Whether it belongs to the thing before it: «не айфон 11», «не 13 про макс».

        After a common word a number is a value of the goods: «без защиты 2500».
        """
        if piece.lexeme in self._marks:
            return True
        common = last.sort == "word" and last.lexeme not in self._names
        return piece.sort in ("number", "code") and not common


def _instead(word: str, literal: Collection[str], said: re.Match[str]) -> str:
    return said[0] if said[0] in literal else word
