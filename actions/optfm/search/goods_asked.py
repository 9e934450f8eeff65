"""Which words of a question say what the goods are, and what the others say of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from optfm.search.list_words import ListWords
from optfm.search.query import Option, WordName, Words
from optfm.text.lexicon import Lexicon
from optfm.text.morphology import stem
from optfm.text.vocabulary import Vocabulary

#: the share of a word's rows that are called so, where the list sells the thing
MOSTLY = 0.5
#: so large a share of a word's rows called so makes it a name of goods
CALLED = 0.1
#: what a word weighs that goods are said to be, as a rule
OPTIONAL_WEIGHT = 0.35
#: what goods are for anyway
_PHONES = frozenset({"телефон", "смартфон"})


class GoodsAsked:
    """Tells what is asked for from what is said of it.

    :param words: what the list calls its goods.
    :param by_ear: words as typed → the list's own spelling of the thing; filled as they are read.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lexicon: Lexicon,
        words: ListWords,
        by_ear: Mapping[str, Option],
    ) -> None:
        self._heads = words.heads
        self._heard = by_ear
        #: what is bought whole and not sold here unless the list says so
        self.whole = frozenset(x for w in vocabulary.whole for x in lexicon.lexemes(w))
        self._phones = frozenset(stem(word) for word in _PHONES)
        names: dict[WordName, Iterable[str]] = {
            "connector": vocabulary.plugs,
            "quality": [w for words in vocabulary.quality.values() for w in words],
            "packing": vocabulary.packing,
            "property": vocabulary.common,
        }
        self.facets = {
            name: frozenset(x for w in words for x in lexicon.lexemes(w))
            for name, words in names.items()
        }

    def of(self, terms: list[Words], *, for_device: bool) -> list[Words]:
        """Terms once it is seen what is asked for, each named by what it says of the goods.

        :param for_device: the question names a device.
        """
        return self._named(self._asked(terms, for_device=for_device))

    def _asked(self, terms: list[Words], *, for_device: bool) -> list[Words]:
        """Terms with what is asked for.

        «телефон самсунг» asks for a phone, which a word that only says «for what» cannot be; a
        dictionary word that the list has not is only talk beside goods and a device.
        """
        sorts = ("noun", "name", "code")
        if any(t.must and t.speech in sorts and t.options and not self._is_whole(t) for t in terms):
            headed = self._heads_of(terms)
            return [self._aside(t, terms, headed) for t in terms if not self._idle(t)]
        for at, term in enumerate(terms):
            if self._is_whole(term) or (at == 0 and for_device and self._stands_for_goods(term)):
                terms[at] = replace(term, options=(), strength="must", weight=1.0, how="unknown")
        return terms

    def _stands_for_goods(self, term: Words) -> bool:
        """«корпус на 11»: a thing that is said of others only, asked for by itself."""
        return (
            term.speech == "noun"
            and not term.governed
            and term.weight == OPTIONAL_WEIGHT
            and bool(term.options)
            and max(self._heads.get(x, 0.0) for o in term.options for x in o) == 0
        )

    def _is_whole(self, term: Words) -> bool:
        """Whether it asks for a thing whose parts are sold here, and not for a part."""
        called = {stem(term.said), *(o[0] for o in term.options if len(o) == 1)} & self.whole
        # «ЗУ для ноутбуков» is no notebook.
        sold = any(self._heads.get(word, 0.0) > MOSTLY for word in called)
        return term.speech == "noun" and not term.governed and bool(called) and not sold

    def _idle(self, term: Words) -> bool:
        return not term.options and stem(term.said) in self._phones

    def _aside(self, term: Words, terms: Sequence[Words], headed: Sequence[Words]) -> Words:
        """A word that the list has not, beside goods that it has: said, and no reason to refuse.

        A Latin word may be a brand, and a noun that governs the goods is what is asked for:
        «присоска для снятия дисплея» is no display.
        """
        if term.options or term.how != "unknown" or term.speech in ("name", "code", "number"):
            return term
        if not headed or (term.speech == "noun" and self._governs(term, terms, headed)):
            return term
        if term.governed and term.must:
            return term  # what it is for: it depends on the goods whether that may be left out
        return replace(term, strength="may", weight=0.5)

    def _governs(self, term: Words, terms: Sequence[Words], headed: Sequence[Words]) -> bool:
        after = terms[[t is term for t in terms].index(True) + 1 :]
        return (
            not term.governed
            and all(h.governed for h in headed)
            and any(h is t for h in headed for t in after)
        )

    def _heads_of(self, terms: Sequence[Words]) -> list[Words]:
        """The words that say what the thing is."""
        named = [
            t
            for t in terms
            if t.speech == "noun" and t.options and t.must and self._headed(t) >= CALLED
        ]
        return [t for t in named if not t.governed] or named

    def _headed(self, term: Words) -> float:
        if term.options and term.options[0] == self._heard.get(term.said):
            return 1.0  # goods, whatever place their name has in a row: «Карта памяти USB Flesh»
        return max((self._heads.get(x, 0.0) for o in term.options for x in o), default=0.0)

    def _named(self, terms: Sequence[Words]) -> list[Words]:
        heads = self._heads_of(terms)
        return [
            replace(t, name="goods" if self._is_goods(t, terms, heads) else self.name_of(t))
            for t in terms
        ]

    def _is_goods(self, term: Words, terms: Sequence[Words], heads: Sequence[Words]) -> bool:
        """Whether it says what the thing is; a noun that the list has not may do so, too."""
        if any(term is head for head in heads):
            return True
        unknown = term.must and not term.options and term.speech == "noun" and not term.governed
        return unknown and (not heads or self._governs(term, terms, heads))

    def name_of(self, term: Words) -> WordName:
        if term.speech in ("code", "number"):
            return "article" if term.speech == "code" else "number"
        lexemes = {x for option in term.options for x in option}
        for name, known in self.facets.items():
            if lexemes & known:
                return name
        if term.speech == "name":
            return "brand"
        return "property" if term.speech == "adjective" else "word"
