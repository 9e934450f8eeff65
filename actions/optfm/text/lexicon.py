"""Words to lexemes: one spelling for what the trade says in many ways, for rows and questions."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from optfm.text.morphology import has_forms, is_act, part_of_speech, stem
from optfm.text.normalise import clean
from optfm.text.ports import Ports
from optfm.text.tokens import Token, tokens
from optfm.text.units import Units
from optfm.text.vocabulary import Vocabulary

_LONGEST_PHRASE = 4
#: a filler no longer than this counts as it is spelt, a longer one in all its forms
_LONGEST_BY_LETTERS = 3


class Piece(NamedTuple):
    """A lexeme and where it came from."""

    lexeme: str
    sort: str  #: the token's: "word", "code", "number", "quantity", "sign"; or "filler"
    start: int  #: first token
    end: int  #: one after the last token
    how: str = ""  #: "synonym" when the vocabulary renamed it


class Lexicon:
    """The vocabulary's words in the form that rows and questions are compared in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        numerals = {w: n for n, said in vocabulary.limits.numerals.items() for w in said}
        devices = {
            w for said in vocabulary.brands.values() for w in said
        } | vocabulary.brands.keys()
        devices |= {w for series in vocabulary.series.values() for w in series.words}
        ports = {kind: _spellings(vocabulary, kind) for kind in vocabulary.ports}
        self.units = Units(
            vocabulary.units,
            {**vocabulary.unit_names, **vocabulary.ports},
            numerals,
            vocabulary.no_values,
            Ports(ports, numerals, devices | vocabulary.series.keys() | vocabulary.marks.keys()),
            beside=vocabulary.units_beside,
            devices=devices | vocabulary.series.keys() | vocabulary.marks.keys(),
        )
        long = [w for w in vocabulary.fillers if len(w) > _LONGEST_BY_LETTERS]
        self.fillers = frozenset(map(stem, long)) | vocabulary.fillers | vocabulary.links
        self._of_forms = frozenset(stem(w) for w in long if has_forms(w))
        #: the same as the vocabulary writes them
        self.small = vocabulary.fillers | vocabulary.links
        self._links = vocabulary.links
        lines = {word for series in vocabulary.series.values() for word in series.words}
        brands = {word for others in vocabulary.brands.values() for word in others}
        #: «поко», «хот»: names, though a filler has their stem
        self._names = frozenset((lines | brands) - vocabulary.fillers - vocabulary.links)
        self._phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._single: dict[str, str] = {}  #: a word's one other name
        self._beginnings: set[str] = set()
        self._adjectives: set[str] = set()  #: words whose noun is another: «снятый», «снятие»
        named = [
            (other, word)
            for group in (vocabulary.brands, vocabulary.marks)
            for word, others in group.items()
            for other in others
        ]
        for name, series in vocabulary.series.items():
            printed = next((w for w in series.words if " " in w and w.isascii()), name)
            named += [(other, printed) for other in series.words if " " not in other]
        # multiword names and the trade's words: the latter may rename the former
        named += [(o, word) for word, others in vocabulary.synonyms.items() for o in others]
        for several in (False, True):  # single words first: phrases are held in their terms
            for other, word in named:
                if (len(self._stems(other)) > 1) == several:
                    self._add(other, word)
        self.optional = frozenset(
            lexeme for w in vocabulary.optional for lexeme in self.lexemes(w)
        ) | frozenset(stem(w) for w in vocabulary.optional)
        #: what people type, for mending slips: every word of the vocabulary → its lexemes
        self.surfaces = self._all_surfaces(vocabulary)
        said = (
            *vocabulary.fillers, *vocabulary.links, *vocabulary.talk, *vocabulary.optional,
            *(unit for units in vocabulary.units.values() for unit in units),
            *(w for words in vocabulary.numbers.values() for w in words),
            *(w for w in self.surfaces if len(w) == 2),
        )  # fmt: skip
        #: short or silent words as people say them, in Russian letters
        self.plain = frozenset(w for w in said if w.isalpha() and not w.isascii() and len(w) > 1)

    def _add(self, other: str, word: str) -> None:
        said = self._stems(other)
        if len(said) > 1:
            said = [self._single.get(s, s) for s in said]
        key = tuple(sorted(said))
        value = tuple(self._single.get(s, s) for s in self._stems(word))
        if not key or len(key) > _LONGEST_PHRASE or key == tuple(sorted(value)):
            return
        self._phrases.setdefault(key, value)
        self._beginnings.update(key)
        if len(key) == len(value) == 1:
            self._single.setdefault(key[0], value[0])
        if len(key) == 1 and part_of_speech(other) == "adjective":
            self._adjectives.add(key[0])

    def key(self, text: str) -> tuple[str, ...]:
        """The lexemes of a phrase as `fold` would look it up: links left out, sorted."""
        found = self.fold([t for t in tokens(clean(text), self.units) if t.sort != "sign"])
        return tuple(sorted(_stem_of(p) for p in found if p.lexeme not in self._links))

    def _stems(self, text: str) -> list[str]:
        found = [t for t in tokens(clean(text), self.units) if t.sort != "sign"]
        return [_stem(t) for t in found if t.text not in self._links] or [_stem(t) for t in found]

    def is_filler(self, token: Token) -> bool:
        """Whether the word says nothing about goods."""
        of_goods = token.sort != "word" or token.text in self._names
        return not of_goods and self.says_nothing(token.text)

    def says_nothing(self, word: str) -> bool:
        """Whether a word is a filler in any of its forms."""
        if word in self.small or len(word) <= _LONGEST_BY_LETTERS:
            return word in self.fillers
        lexeme = stem(word)  # «прямой» has no more than the stem of «прям»
        return lexeme in self._of_forms or (lexeme in self.fillers and not has_forms(word))

    def _all_surfaces(self, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        groups = (vocabulary.synonyms, vocabulary.brands, vocabulary.marks, vocabulary.slang)
        for group in groups:
            for word, others in group.items():
                for text in (word, *others):
                    for one in clean(text).split():
                        found.setdefault(one, self.lexemes(one))
        for name, series in vocabulary.series.items():
            for text in (name, *series.words):
                for one in clean(text).split():
                    found.setdefault(one, self.lexemes(one))
        return found

    def lexemes(self, text: str) -> tuple[str, ...]:
        """The lexemes of a short text, signs and fillers left out."""
        return tuple(
            p.lexeme for p in self.fold(tokens(clean(text), self.units)) if p.sort not in _SILENT
        )

    def is_phrase_word(self, lexeme: str) -> bool:
        """Whether the vocabulary says anything about the lexeme."""
        return lexeme in self._beginnings

    def fold(self, found: Sequence[Token]) -> list[Piece]:
        """Tokens as lexemes in order, phrases of the vocabulary as their one name.

        Words of a phrase may stand in any order, with fillers between, not across a sign.
        """
        stems = [_stem(t) for t in found]
        silent = [t.sort == "sign" or self.is_filler(t) for t in found]
        pieces: list[Piece] = []
        at = 0
        while at < len(found):
            sort = found[at].sort
            if sort == "sign":
                pieces.append(Piece(stems[at], "sign", at, at + 1))
                at += 1
                continue
            phrase = self._phrase(stems, found, at)
            if phrase and not (silent[at] and phrase[1] == at + 1):
                value, end = phrase
                pieces.extend(
                    Piece(lexeme, _sort_of(lexeme, sort), at, end, "synonym") for lexeme in value
                )
                at = end
                continue
            if silent[at]:
                pieces.append(Piece(found[at].text, "filler", at, at + 1))
            else:
                pieces.append(Piece(stems[at], sort, at, at + 1))
            at += 1
        return pieces

    def _phrase(
        self,
        stems: Sequence[str],
        found: Sequence[Token],
        at: int,
    ) -> tuple[tuple[str, ...], int] | None:
        single = self._single
        if stems[at] not in self._beginnings and single.get(stems[at]) not in self._beginnings:
            return None
        words: list[str] = []
        ends: list[int] = []
        for place in range(at, min(len(found), at + _LONGEST_PHRASE + 3)):
            if found[place].sort == "sign":
                break
            if found[place].text in self._links and place > at:
                continue
            words.append(stems[place])
            ends.append(place + 1)
            if len(words) == _LONGEST_PHRASE:
                break
        for length in range(len(words), 0, -1):
            if length == 1:
                key: tuple[str, ...] = (words[0],)
                if words[0] in self._adjectives and is_act(found[at].text):
                    return None
            else:
                key = tuple(sorted(single.get(w, w) for w in words[:length]))
            value = self._phrases.get(key)
            if value is not None:
                return value, ends[length - 1]
        return None


_SILENT = frozenset({"sign", "filler"})


def _spellings(vocabulary: Vocabulary, connector: str) -> set[str]:
    """How a connector is written, with a hyphen, a space or neither between its words."""
    said = {connector, *map(clean, vocabulary.synonyms.get(connector, ()))}
    return said | {one.replace(" ", "-") for one in said}


def _stem(token: Token) -> str:
    return stem(token.text) if token.sort == "word" else token.text


def _stem_of(piece: Piece) -> str:
    return stem(piece.lexeme) if piece.sort == "filler" else piece.lexeme


def _sort_of(lexeme: str, sort: str) -> str:
    return "word" if sort in ("number", "quantity", "code") and lexeme.isalpha() else sort


def join(lexemes: Iterable[str]) -> str:
    """Lexemes as one text, for keys and for people who debug."""
    return " ".join(lexemes)
