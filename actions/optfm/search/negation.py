"""What a question does not want: «кроме HG», «не инселл», «KF тоже не надо»."""

import functools
import re
from collections.abc import Callable, Collection, Sequence
from functools import partial

from optfm.search.facts import WITHOUT
from optfm.text.lexicon import Piece
from optfm.text.morphology import is_done, is_verb, part_of_speech, readings
from optfm.text.phrases import END, START, alternatives
from optfm.text.tokens import Token
from optfm.text.vocabulary import Negation, Vocabulary

_SILENT = frozenset({"filler", "sign"})
_NOT = "не"


class NegationReader:
    """Finds the tokens that a question takes back, by the words of `negation.yml`."""

    def __init__(
        self, vocabulary: Vocabulary, is_idle: Callable[[Piece, Token], bool] | None = None
    ) -> None:
        """Reads with a vocabulary.

        :param is_idle: whether a word says nothing of any goods; none does, if left out.
        """
        self._words: Negation = vocabulary.negation
        self._is_idle = is_idle or (lambda piece, token: False)
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
        """Numbers of the tokens that are not wanted; with «без», of what is without the thing.

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
        """Numbers of the tokens that refuse and say nothing else: both of «… не беру».

        With idle words between them and what they refuse: «HG покупатели не берут».
        """
        said: set[int] = set()
        for at, piece in enumerate(pieces):
            if self._ends_with_refusal(pieces, at, found):
                told = self._told_before(pieces, at, found)
                said.update(p.start for p in pieces[told or at : at])
                said.update(range(piece.start, self._refusal_end(piece.start, found)))
        return frozenset(said)

    def _ends_with_refusal(self, pieces: Sequence[Piece], at: int, found: Sequence[Token]) -> bool:
        """«… не надо», «… не идут у нас»: nothing comes after it that could be meant."""
        end = self._refusal_end(pieces[at].start, found)
        if not end:
            return False
        rest = (piece for piece in pieces[at:] if piece.start >= end)
        told = next((piece for piece in rest if piece.sort != "filler"), None)
        return told is None or told.sort == "sign"

    def _refusal_end(self, start: int, found: Sequence[Token]) -> int:
        """Where the refusal that begins at a token ends; 0 where none begins."""
        lengths = [
            len(phrase)
            for phrase in self._after.get(found[start].text, ())
            if tuple(t.text for t in found[start : start + len(phrase)]) == phrase
        ]
        if found[start].text == _NOT and start + 1 < len(found):
            lengths += [2] if _refuses(found[start + 1].text, self._words.verbs) else []
        return start + max(lengths) if lengths else 0

    def _before(self, pieces: Sequence[Piece], at: int, found: Sequence[Token]) -> set[int]:
        """What stands before «не надо», with all joined to it: «HG и нохон не нужны».

        Words that say nothing of goods stand between them: «HG в руки не беру», and with a verb
        they are the reason: «HG у нас лежат, не нужны». Alone they are what is not wanted.
        """
        gone: set[int] = set()
        joined, after = True, ""
        told = self._told_before(pieces, at, found)
        for piece in reversed(pieces[: told or at]):
            text = found[piece.start].text
            if piece.sort in _SILENT:
                if gone and text in self._words.joining:
                    joined = True
                elif gone and text == WITHOUT:
                    gone.add(piece.start)  # «без шлейфа не надо»: what is without it
                    break
                elif gone or piece.sort == "sign":
                    break
                continue
            if not (joined or _belongs(text, after)):
                break
            gone |= set(range(piece.start, piece.end))
            joined, after = False, text
        return gone

    def _told_before(self, pieces: Sequence[Piece], at: int, found: Sequence[Token]) -> int:
        """Where the thing ends that idle words part from a refusal; 0 for none."""
        idle = 0
        for before in range(at - 1, -1, -1):
            piece, token = pieces[before], found[pieces[before].start]
            if piece.sort == "sign":
                reason = found[pieces[before - 1].start].text if before else ""
                if idle or token.text != "," or not is_verb(reason) or is_done(reason):
                    return 0
            elif piece.sort == "word" and self._is_idle(piece, token):
                idle += 1
            elif piece.sort != "filler":
                return before + 1 if idle else 0
        return 0

    def _following(
        self, pieces: Sequence[Piece], at: int, found: Sequence[Token], *, joined: bool
    ) -> set[int]:
        """The thing after «не», or all that are joined after «кроме»."""
        gone: set[int] = set()
        last = pieces[at] if at < len(pieces) else Piece("", "sign", at, at)
        for nth, piece in enumerate(pieces[at:], at + 1):
            text = found[piece.start].text
            if piece.sort in _SILENT:
                if gone and joined and text in self._words.joining:
                    continue
                if not gone and text in self._words.through:
                    continue
                break
            if piece.sort == "word" and self._is_service(pieces[nth - 1 : nth + 1], text):
                break  # «не включается», «не глючит»
            if gone and not joined and not self._continues(piece, last):
                break
            gone |= set(range(piece.start, piece.end))
            last = piece
        return gone

    def _is_service(self, here: Sequence[Piece], text: str) -> bool:
        """«не включается», «не про доставку»; but «не про» takes back a mark of a model."""
        (piece, *after) = here
        alone = not after or after[0].sort != "word"
        return part_of_speech(text) == "service" and not (alone and piece.lexeme in self._marks)

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


def _belongs(word: str, after: str) -> bool:
    """Whether a word is of the next one: «повреждённой упаковкой», «high quality»."""
    if word.isascii() and word.isalpha() and after.isascii() and after.isalpha():
        return True
    if part_of_speech(after) == "noun":
        return part_of_speech(word) == "adjective"
    return part_of_speech(after) == "adjective" and word.endswith(("о", "е"))


@functools.lru_cache(10_000)
def _refuses(word: str, verbs: frozenset[str]) -> bool:
    """Whether a word is a form of one of the verbs, and not «держит», «показывает»."""
    return any(
        str(reading.normal_form).replace("ё", "е") in verbs
        and not {"3per", "sing"} <= reading.tag.grammemes
        for reading in readings(word)
    )
