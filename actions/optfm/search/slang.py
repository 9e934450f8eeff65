"""What customers call goods in words of their own: «банка», «зубы», «клавиатура и мышь»."""

from collections.abc import Container, Sequence

from optfm.search.goods_asked import CALLED
from optfm.search.list_words import ListWords
from optfm.search.query import Option, Words
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import part_of_speech, stem
from optfm.text.vocabulary import Vocabulary

#: «с пультом», «без логотипа»: a wish, not the goods themselves
WITH = frozenset({"с", "со", "без", "под", "чтоб", "чтобы"})
#: between two goods: «наушники и чехол» are no case of earphones
AND = frozenset({"и", "или"})


class Slang:
    """Finds the slang of the vocabulary in questions.

    :param words: what the list calls its goods.
    """

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, words: ListWords) -> None:
        self._in_list = words.in_list
        self._heads = words.heads
        self._kin: dict[str, frozenset[Option]] = {}  #: a word → the several goods that it may be
        self._options: dict[Option, tuple[Option, ...]] = {}
        self.words: set[str] = set()
        self._with_and: set[Option] = set()  #: what the vocabulary calls so: «клавиатура и мышь»
        self._for_devices: set[tuple[Option, Option]] = set()
        for said, meant in vocabulary.slang.items():
            key = lexicon.key(said)
            options = tuple(o for m in meant if (o := lexicon.lexemes(m.lstrip("~"))))
            self._for_devices.update((key, lexicon.lexemes(m[1:])) for m in meant if m[:1] == "~")
            alone = frozenset(o for o in options if len(o) == 1 and self._heads.get(o[0], 0) >= 0.5)
            if len(alone) > 2:
                self._kin[said] = alone
            if key and options and tuple(tuple(sorted(o)) for o in options) != (key,):
                self._options.setdefault(key, options)
                self.words.update(key)
                if AND.intersection(said.split()):
                    self._with_and.add(key)

    def said(
        self,
        words: Sequence[Piece],
        at: int,
        link: str,
        apart: Container[int] = (),
        *,
        for_device: bool,
    ) -> tuple[tuple[Option, ...], int]:
        """What the vocabulary says the next words may mean, and how many words they are.

        :param apart: tokens with which other goods may begin.
        """
        window = [stem(p.lexeme) if p.sort == "filler" else p.lexeme for p in words[at : at + 4]]
        if window[0] not in self.words:
            return (), 0
        for length in range(len(window), 0, -1):
            key = tuple(sorted(window[:length]))
            options = self._options.get(key)
            if options is None:
                continue
            if key not in self._with_and and any(
                p.start in apart for p in words[at + 1 : at + length]
            ):
                continue
            here = [
                o
                for o in options
                if all(map(self._in_list, o)) and (for_device or (key, o) not in self._for_devices)
            ]
            own = (window[0],)
            if length == 1 and link in WITH and self._in_list(own[0]):
                return (), 0  # «с защитой», «без защиты»: a part of the goods, not what they are
            if here and length == 1 and self._is_said_of_goods(words, at, here):
                return (), 0
            if here and length == 1 and own not in here and self._in_list(own[0]):
                here.append(own)  # the list may call something by that very word
            if here:
                return tuple(here), length
        return (), 0

    def _is_said_of_goods(self, words: Sequence[Piece], at: int, options: Sequence[Option]) -> bool:
        """«защитная пленка»: an adjective that stands for goods alone only tells these apart."""
        if part_of_speech(f"{words[at].lexeme}ый") != "adjective":
            return False
        near = [p for p in words[at + 1 : at + 2] if p.start == words[at].end]
        near += [p for p in words[max(0, at - 1) : at] if p.end == words[at].start]
        beside = any(self._heads.get(p.lexeme, 0.0) >= CALLED for p in near)
        return beside and any(self._heads.get(x, 0.0) >= CALLED for o in options for x in o)

    def general(self, goods: Words) -> str:
        """What a thing is called together with its kin: «зарядка» of a mains charger; "" for none.

        A word of the vocabulary for several kinds of goods, the thing among them.
        """
        own = {option for option in goods.options if len(option) == 1}
        for said, options in self._kin.items():
            if own & options:
                return said
        return ""
