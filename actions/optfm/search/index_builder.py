"""Rows of a price list to everything that questions are held against, built once."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from optfm.catalog.rows import PriceGroup, PriceRow
from optfm.search.codes import Codes
from optfm.search.colours import Colours
from optfm.search.device_tagger import DeviceTagger
from optfm.search.facts import FactReader, Facts, Words
from optfm.search.list_words import ListWords
from optfm.search.postings import Postings
from optfm.search.query_parser import QueryParser
from optfm.search.sections import Sections
from optfm.search.shelf import Shelf
from optfm.search.whole_names import WholeNames
from optfm.text.devices import Devices
from optfm.text.lexicon import Lexicon
from optfm.text.morphology import forms, stem
from optfm.text.normalise import has_cyrillic
from optfm.text.spelling import Speller
from optfm.text.vocabulary import Vocabulary

#: so many rows teach all brands and lines of devices that a list has
_LEARNT_FROM = 20_000
#: so many names of goods are known in all their forms
_INFLECTED = 400

#: new objects after which the collector looks at the young ones while an index is built: nearly
#: all that is made then stays, and to look at it every 700 objects takes a tenth of the time
_COLLECTED_AFTER = 200_000


@contextmanager
def _rarely_collected() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _COLLECTED_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_rarely_collected()
def build_index(
    rows: Sequence[PriceRow], vocabulary: Vocabulary, groups: Sequence[PriceGroup] = ()
) -> tuple[Shelf, QueryParser]:
    """The rows as arrays, and a parser that knows their words; pure, no SQL.

    :param rows: the items of one revision, in its order.
    :param vocabulary: the words of the trade.
    :param groups: the headings above the rows: their codes are known for what they are.
    """
    lexicon = Lexicon(vocabulary)
    devices = Devices(vocabulary, lexicon)
    colours = Colours(vocabulary.colours)
    facts = FactReader(lexicon, devices, colours, vocabulary.implied)
    every = max(1, len(rows) // _LEARNT_FROM)
    sample = [facts.words(row.name) for row in rows[::every]]
    devices.learn(pieces for _, _, pieces in sample)
    words = iter(sample) if every == 1 else (facts.words(row.name) for row in rows)
    del sample
    often: dict[str, int] = dict.fromkeys(lexicon.surfaces, 0)
    read: list[Facts] = []
    postings = Postings(_roles(rows, words, facts, read, often))
    shelf = Shelf(rows, read, postings, lexicon, devices, vocabulary)
    speller = _speller(rows, facts, lexicon, vocabulary, shelf, often)
    tagger = DeviceTagger(
        devices,
        shelf.numbers,
        shelf.lines_of_devices,
        shelf.articles,
        postings.__contains__,
        shelf.fits_any,
        shelf.is_called,
        shelf.is_named,
        shelf.is_for_devices,
    )
    parser = QueryParser(
        vocabulary,
        lexicon,
        devices,
        colours,
        Codes([row.code for row in rows]),
        WholeNames([row.name for row in rows]),
        Sections(groups, rows),
        speller,
        tagger,
        ListWords(
            in_list=postings.__contains__,
            heads=shelf.heads,
            modifiers=shelf.modifiers,
            lexemes=sorted(x for x in postings if x.isalpha() and has_cyrillic(x)),
            articles=sorted(shelf.articles),
            goods=frozenset(shelf.head_names),
            codes=[row.code for row in rows],
        ),
    )
    return shelf, parser


def _roles(
    rows: Sequence[PriceRow],
    words: Iterator[Words],
    facts: FactReader,
    read: list[Facts],
    often: dict[str, int],
) -> Iterator[Mapping[str, int]]:
    """Roles of the lexemes of each row; the other facts and the words go to the lists given."""
    for row, taken in zip(rows, words, strict=True):
        for token in taken[1]:
            if token.sort == "word":
                often[token.text] = often.get(token.text, 0) + 1
        fact = facts.read(row, taken)
        read.append(fact._replace(roles={}))
        yield fact.roles


def _speller(
    rows: Sequence[PriceRow],
    facts: FactReader,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    shelf: Shelf,
    often: dict[str, int],
) -> Speller:
    """The words that people may mistype: of the list and the vocabulary, in all their forms."""
    groups = {name for row in rows for name in row.path[1:]}
    grouped = {t.text for name in groups for t in facts.words(name)[1] if t.sort == "word"}
    for word in grouped:
        often[word] = often.get(word, 0) + 1
    named = {
        w for w, n in often.items() if n and shelf.heads.get(stem(w), 0) >= (0.1 if n > 2 else 0.3)
    }
    most = sorted((w for w in named if len(w) >= 5), key=lambda w: -often[w])[:_INFLECTED]
    for word in {*most, *lexicon.surfaces, *vocabulary.optional, *grouped}:
        if len(word) < 5 or not has_cyrillic(word):
            continue
        # all forms have the stem of the word but for a few: to ask each takes a second
        if stem(word) in shelf.postings or lexicon.is_phrase_word(stem(word)):
            for form in forms(word):
                often.setdefault(form, often.get(word, 0) // 4)
    for word in (*vocabulary.colours, *(w for said in vocabulary.numbers.values() for w in said)):
        for form in forms(word) if len(word) >= 5 else ():
            often.setdefault(form, 1)
    named |= {w for w in lexicon.surfaces if len(w) >= 5 or (len(w) == 4 and has_cyrillic(w))}
    return Speller({w: n for w, n in often.items() if w.isalpha()}, frozenset(named))
