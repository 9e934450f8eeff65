"""A question's words mended before they are read: split ones joined, glued ones split, slips."""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from optfm.text.derivation import made_of, roots, without_ending
from optfm.text.fillers import FillerSpeller
from optfm.text.lexicon import Lexicon
from optfm.text.morphology import (
    is_first_name,
    is_word,
    lemma,
    part_of_speech,
    plain_words,
    stem,
)
from optfm.text.normalise import has_cyrillic, readings
from optfm.text.phonetic import sound
from optfm.text.spelling import Guess, Speller
from optfm.text.tokens import Token

_DOUBLED = re.compile(r"(.)\1+")
#: a name that a word is made of sounds as it is spelt, near enough; without a suffix nearer still
_SURELY_A_NAME = 0.6
#: and so is one with an ending, where nothing else tells that it is a name
_SURELY_HEARD = 0.25
#: a slip so small is likelier than a word made of another
_SMALL_SLIP = 0.65
_LATIN_WORD = re.compile(r"(?<![a-z0-9-])[a-z]{2,}(?![a-z0-9-])")
_PIECES = re.compile(r"[a-zа-я]+|\d+")
#: letters of an abbreviation
_SHORT = 3
#: Pro Max in its first letters
_BOTH_MARKS = frozenset({"pm", "пм"})
#: digits of a number that is a model of no phone
_LONG_NUMBER = 4
#: letters that no word is made of
_ABBREVIATION = re.compile(r"[бвгджзйклмнпрстфхцчшщ]{2,3}")

#: a part number typed in Russian letters; of one letter it may be a model: «с24»
_RUSSIAN_CODE = re.compile(r"[а-я]{2,4}\d[а-я\d]*")


class Mended(NamedTuple):
    """Tokens after the mending."""

    tokens: list[Token]
    costs: dict[int, float]  #: token → what its mending cost, where it was mended
    others: dict[int, tuple[Guess, ...]]  #: token → other words that may have been meant
    steps: list[tuple[str, str, str]]  #: (what was done, before, after)


class Mender:
    """Mends with the words that the list, the vocabulary and the language know."""

    def __init__(
        self,
        lexicon: Lexicon,
        speller: Speller,
        in_list: Callable[[str], bool],
        is_head: Callable[[str], bool],
        marks: Iterable[str],
        numbers: Container[str],
    ) -> None:
        """What is known.

        :param in_list: whether the list has the lexeme.
        :param is_head: whether goods are called so in the list.
        :param marks: words after a model's number: «про», «мини».
        :param numbers: words for the numbers of models: «хс», «десятка».
        """
        self._numbers = numbers
        self._lexicon = lexicon
        self._speller = speller
        self._in_list = in_list
        self._is_head = is_head
        self._marks = [mark for mark in marks if len(mark) > _SHORT and mark.isalpha()]
        self._fillers = FillerSpeller(lexicon.small)
        #: words that no speller guesses, by how they sound: questions, units, numbers
        self._plain_by_sound = {
            sound(word): word for word in sorted(lexicon.plain, key=len, reverse=True)
        }

    def knows(self, word: str) -> bool:
        """Whether the list or the vocabulary has the word in any form."""
        if word in self._lexicon.surfaces or word in self._lexicon.fillers:
            return True
        lexeme = stem(word)
        if word != lexeme and len(lexeme) <= _SHORT and not is_word(word):
            return False  # «черый» is no form of «чер.»
        return (
            self._in_list(lexeme)
            or self._lexicon.is_phrase_word(lexeme)
            or self._lexicon.says_nothing(word)
            or lexeme in self._lexicon.optional
        )

    def in_russian(self, text: str) -> str:
        """Clean text with the Russian words in Latin letters turned: «skolko stoit» → «сколько …».

        Only where the whole text is in Latin letters: among Russian words a Latin one is a name.
        """
        if has_cyrillic(text):
            return text
        return _LATIN_WORD.sub(
            lambda word: word[0] if self.knows(word[0]) else self._plain_words(word[0]), text
        )

    def _plain_words(self, word: str) -> str:
        return self._plain_by_sound.get(sound(word), word)

    def small(self, word: str) -> str:
        """«есь», «пажалуста» as they are spelt; any other word, or one near goods, as it is."""
        if self.knows(word) or is_word(word) or self._speller.begins(word):
            return word
        small, cost = self._fillers.meant(word)
        guesses = self._speller.guesses(word) if small else ()
        return small if small and not (guesses and guesses[0].cost <= cost) else word

    def mend(self, found: Sequence[Token]) -> Mended:
        """The tokens with what was mistyped in them mended."""
        steps: list[tuple[str, str, str]] = []
        joined = self._joined(found, steps)
        split = self._split(joined, steps)
        costs: dict[int, float] = {}
        others: dict[int, tuple[Guess, ...]] = {}
        result = []
        for at, token in enumerate(split):
            mended = self._spelt(token, at, costs, others, steps)
            result.append(mended)
        return Mended(result, costs, others, steps)

    def _joined(self, found: Sequence[Token], steps: list[tuple[str, str, str]]) -> list[Token]:
        result: list[Token] = []
        at = 0
        while at < len(found):
            token = found[at]
            following = found[at + 1] if at + 1 < len(found) else None
            if (
                following is not None
                and token.sort == following.sort == "word"
                and len(token.text) > 1
                and len(following.text) > 1
                and not (self.knows(token.text) and self.knows(following.text))
                and not (is_word(token.text) and is_word(following.text))
                and self.knows(token.text + following.text)
                and len(token.text + following.text) >= 5
            ):
                whole = token.text + following.text
                steps.append(("слитно", f"{token.text} {following.text}", whole))
                result.append(Token(whole, "word", (), (), whole))
                at += 2
                continue
            if following is not None and (code := self._code_of(token, following)):
                steps.append(("слитно", f"{token.typed} {following.typed}", code))
                result.append(Token(code, "code", (), (), code))
                at += 2
                continue
            result.append(token)
            at += 1
        return result

    def _abbreviation(self, word: str) -> str:
        """«хг» as the letters that the list has: «hg»; "" for a word of the language."""
        if not _ABBREVIATION.fullmatch(word) or is_word(word) or word in self._numbers:
            return ""
        return next((o for o in readings(word) if self._in_list(o)), "")

    def _code_of(self, token: Token, following: Token) -> str:
        """«bn 46» as the part number that the list has, or ""."""
        if token.sort != "word" or following.sort not in ("number", "code"):
            return ""
        if len(token.text) == 1:
            if len(following.text) < _LONG_NUMBER:
                return ""  # «а 12» is a model, «b 7000» a glue
        elif len(token.text) > 4 or token.text in self._lexicon.surfaces:
            return ""
        options = readings(token.text + following.text)
        return next((o for o in options if self._in_list(o)), "")

    def _split(self, found: Sequence[Token], steps: list[tuple[str, str, str]]) -> list[Token]:
        result: list[Token] = []
        for token in found:
            parts = _marks_apart(token, result) or self._mark(token, result) or self._apart(token)
            if len(parts) > 1:
                steps.append(("раздельно", token.typed, " ".join(p.text for p in parts)))
            result.extend(parts)
        return result

    def _mark(self, token: Token, before: Sequence[Token]) -> list[Token]:
        """«12 мни», «11 макз»: a model's mark with a letter missing or another one for it."""
        after_number = bool(before) and before[-1].sort in ("number", "code")
        word = token.text
        if not after_number or token.sort != "word" or len(word) < _SHORT:
            return []
        if self.knows(word) or part_of_speech(word) == "noun" and is_word(word):
            return []
        near = [
            mark
            for mark in self._marks
            if mark[0] == word[0] and OSA.distance(word, mark, score_cutoff=1) == 1
        ]
        return [Token(near[0], "word", (), (), token.typed)] if near else []

    def _apart(self, token: Token) -> list[Token]:
        if token.sort == "word" and len(token.text) >= 6 and not self.knows(token.text):
            guesses = self._speller.guesses(token.text)
            if is_word(token.text) or (guesses and guesses[0].cost <= 1.0):
                return [token]
            if self._source(token.text):
                return [token]
            for at in range(3, len(token.text) - 2):
                parts = (token.text[:at], token.text[at:])
                if all(map(self._whole, parts)):
                    return [Token(w, "word", (), (), w) for w in parts]
            return [token]
        if (
            token.sort == "code"
            and not token.parts
            and not self._in_list(token.text)
            and token.text not in self._lexicon.surfaces
        ):
            known = self._sounded(token.typed)
            return [token._replace(text=known)] if known else self._code_apart(token)
        return [token]

    def _sounded(self, typed: str) -> str:
        """«др02», «лр6» by the letters as they sound, where it is known so: DR02, LR6; else ""."""
        if not _RUSSIAN_CODE.fullmatch(typed):
            return ""
        known = (r for r in readings(typed) if self._in_list(r) or r in self._lexicon.surfaces)
        return next(known, "")

    def _whole(self, word: str) -> bool:
        """Whether it stands for itself: a word of the trade, not a stem or a filler."""
        if word in self._lexicon.fillers:
            return False
        return word in self._lexicon.surfaces or (is_word(word) and self._in_list(stem(word)))

    def _code_apart(self, token: Token) -> list[Token]:
        """«айфон13про» → айфон 13 про; codes that the list has stay whole."""
        pieces = _PIECES.findall(token.typed)
        words = [p for p in pieces if p.isalpha()]
        if len(pieces) < 2 or not any(len(w) >= 2 for w in words):
            return [token]
        result: list[Token] = []
        for at, piece in enumerate(pieces):
            if piece.isdigit():
                result.append(Token(piece, "number", (), (), piece))
            elif len(piece) >= 2 and self.knows(piece):
                result.append(Token(piece, "word", (), (), piece))
            elif len(piece) >= 5 and piece not in ("promax", "промакс"):
                parts = self._apart(Token(piece, "word", (), (), piece))
                if len(parts) == 1 and not self._speller.guesses(piece):
                    return [token]
                result += parts
            elif piece in ("promax", "промакс"):
                result += [Token(w, "word", (), (), w) for w in ("pro", "max")]
            elif len(piece) <= 2 and at and result and result[-1].sort == "number":
                tail = self._glued_tail(piece, result[-1])
                if tail is None:
                    return [token]
                result[-1:] = tail
            else:
                return [token]
        return result

    def _glued_tail(self, piece: str, number: Token) -> list[Token] | None:
        text = readings(number.text + piece)[0] if has_cyrillic(piece) else number.text + piece
        return [Token(text, "code", (), (), number.text + piece)]

    def _uninflected(self, word: str) -> str:
        """«инселлов» as «инселл»: a foreign word with a Russian ending, «твисты» as «twist»."""
        if not has_cyrillic(word) or self._in_list(stem(word)):
            return ""
        if is_word(word):  # «твист» is a dance, too
            base = lemma(word) if part_of_speech(word) == "noun" else ""
            base = "" if base == word else base
        else:
            base = without_ending(word)
        if base in self._lexicon.surfaces and not is_word(word):
            return base
        guesses = self._speller.guesses(base) if base else ()
        heard = guesses and guesses[0].how == "sound" and guesses[0].cost <= _SURELY_HEARD
        return guesses[0].word if heard else ""

    def _name(self, base: str, most: float) -> str:
        """The Latin name that is written by ear, "" for none."""
        guesses = self._speller.guesses(base)
        sure = guesses and guesses[0].cost <= most and guesses[0].word.isascii()
        return guesses[0].word if sure else ""

    def _source(self, word: str) -> str:
        """What a word that no dictionary has is made of: «твски» of «твс», «вокеровский»."""
        if (is_word(word) and not is_first_name(word)) or not has_cyrillic(word):
            return ""
        guesses = self._speller.guesses(word)
        best = guesses[0] if guesses and guesses[0].how == "typo" else None
        if best and (best.cost <= _SMALL_SLIP or (best.cost <= 1 and self._is_head(best.word))):
            return ""
        for made in made_of(word):
            if made in self._lexicon.surfaces or (lemma(made) == made and self._whole(made)):
                return "" if made in self._lexicon.fillers else made
        names = (self._name(root, _SURELY_A_NAME) for root in roots(word) if len(root) > _SHORT)
        return next(filter(None, names), "")

    def _spelt(
        self,
        token: Token,
        at: int,
        costs: dict[int, float],
        others: dict[int, tuple[Guess, ...]],
        steps: list[tuple[str, str, str]],
    ) -> Token:
        word = token.text
        if token.sort != "word" or self.knows(word):
            return token
        if base := self._uninflected(word):
            steps.append(("на слух", word, base))
            return Token(base, "word", (), (), token.typed)
        if short := self._abbreviation(word):
            steps.append(("на слух", word, short))
            return Token(short, "word", (), (), token.typed)
        if len(word) < 3:
            return token
        single = _DOUBLED.sub(r"\1", word)
        if single != word and is_word(single) and self.knows(single):
            costs[at] = 0.3
            steps.append(("опечатка", word, single))
            return Token(single, "word", (), (), token.typed)
        if is_word(word) and part_of_speech(word) == "service":
            return token
        if source := self._source(word):
            if source.isascii():  # a name by ear is less sure
                costs[at] = 0.2
            steps.append(("производное", word, source))
            return Token(source, "word", (), (), token.typed)
        real = is_word(word) and not is_first_name(word)
        guesses = self._speller.guesses(word)
        if real or not guesses or guesses[0].cost > 1.05:
            small = next((p for p in plain_words(word) if self._whole(p)), "")
            if small and has_cyrillic(word):
                costs[at] = 0.2
                steps.append(("уменьшительное", word, small))
                return Token(small, "word", (), (), token.typed)
        if real:
            guesses = tuple(
                g
                for g in guesses
                if (g.how == "sound" and g.cost <= 0.25)
                or (g.how == "typo" and g.cost <= 0.7 and len(word) >= 5 and self._is_head(g.word))
            )
        if not guesses or (guesses[0].cost > 1 and len(word) <= 6):
            whole = self._speller.beginning(word) if not real and len(word) >= 4 else ""
            if whole:
                costs[at] = 0.4
                steps.append(("сокращение", word, whole))
                return Token(whole, "word", (), (), token.typed)
        if not guesses:
            return token
        best = guesses[0]
        costs[at] = best.cost + (0.5 if real else 0.0)
        others[at] = guesses[1:]
        steps.append(("опечатка" if best.how == "typo" else "на слух", word, best.word))
        return Token(best.word, "word", (), (), token.typed)


def _marks_apart(token: Token, before: Sequence[Token]) -> list[Token]:
    """«12 pm»: the two marks of a model that are said in their first letters."""
    after_number = bool(before) and before[-1].sort in ("number", "code")
    if not after_number or token.text not in _BOTH_MARKS:
        return []
    return [Token(mark, "word", (), (), token.typed) for mark in ("pro", "max")]
