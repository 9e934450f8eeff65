"""A Russian word form to the one stem that all its forms share."""

import functools
import os.path
import re
import unicodedata
from typing import Protocol

import pymorphy3
import snowballstemmer

from optfm.text.normalise import has_cyrillic, has_digit

_SERVICE = frozenset(
    {
        "VERB", "INFN", "GRND", "PRED", "ADVB", "COMP", "CONJ", "PREP", "PRCL", "NPRO", "INTJ",
        "NUMR", "PRTS", "ADJS"
    }
)  # fmt: skip
_RUSSIAN = re.compile("[а-яё-]+")
_CLOSED = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED", "ADVB"})
_NEGATIONS = frozenset({"не", "нет", "ни", "без", "кроме", "нельзя"})
#: readings as a name of somebody or of a place
_PROPER = ("Name", "Surn", "Patr", "Geox")
_ADJECTIVE = frozenset({"ADJF", "PRTF"})


class Analyser(pymorphy3.MorphAnalyzer):
    """Takes any letters: pymorphy3 raises on those that Unicode has no name for (its shapes.py)."""

    def parse(self, word: str) -> list[pymorphy3.analyzer.Parse]:
        """All readings of a word form, the likeliest first; there is always one."""
        named = "".join(letter if unicodedata.name(letter, "") else "?" for letter in word)
        return list(super().parse(named))


class _Stemmer(Protocol):
    """Snowball's, which has no types."""

    def stemWord(self, word: str) -> str: ...


@functools.cache
def analyser() -> Analyser:
    """The dictionary of Russian forms: one a process, 20 MB."""
    return Analyser()


@functools.cache
def _stemmer() -> _Stemmer:
    stemmer: _Stemmer = snowballstemmer.stemmer("russian")
    return stemmer


def readings(word: str) -> list[pymorphy3.analyzer.Parse]:
    """All readings of a word form in lower case, the likeliest first."""
    return analyser().parse(word)


@functools.lru_cache(50_000)
def dictionary_forms(word: str) -> frozenset[str]:
    """The dictionary forms that a word in lower case is likely a form of; ё as е.

    All are of one part of speech: «клей» is glue and no form of «клеить».
    """
    if len(word) < 3 or not _RUSSIAN.fullmatch(word):
        return frozenset()
    readings = analyser().parse(word)
    likely = (r for r in readings if r.tag.POS == readings[0].tag.POS)
    return frozenset(str(reading.normal_form).replace("ё", "е") for reading in likely)


@functools.lru_cache(50_000)
def compared(word: str) -> frozenset[str]:
    """The adjectives that a word in lower case compares by: «длиннее», «подлиннее» → длинный."""
    if len(word) < 4 or not _RUSSIAN.fullmatch(word):
        return frozenset()
    found = (r for r in analyser().parse(word) if r.tag.POS == "COMP")
    return frozenset(str(reading.normal_form).replace("ё", "е") for reading in found)


@functools.lru_cache(200_000)
def lemma(word: str) -> str:
    """The dictionary form («чехлы» → «чехол»); an unknown word gets the likeliest guess."""
    if len(word) < 3 or not _RUSSIAN.fullmatch(word):
        return word
    parsed = analyser().parse(word)
    for reading in parsed[:3]:  # a thing rather than an action or a name: «стекла», «чехлов»
        tag = reading.tag
        if "NOUN" in tag and "Name" not in tag and "Surn" not in tag and reading.score >= 0.1:
            return str(reading.normal_form).replace("ё", "е")
    return str(parsed[0].normal_form).replace("ё", "е")


@functools.lru_cache(200_000)
def stem(word: str) -> str:
    """The stem that search compares; Latin words and numbers come back as they are."""
    if len(word) <= 3 or not has_cyrillic(word) or has_digit(word) or _is_a_cry(word):
        return word
    return _stemmer().stemWord(lemma(word))


def _is_a_cry(word: str) -> bool:
    """«жаль», «увы»: has no forms, and its letters are another word's: «жало»."""
    tag = analyser().parse(word)[0].tag
    return tag.POS in ("INTJ", "PRED") and analyser().word_is_known(word)


@functools.lru_cache(100_000)
def is_word(word: str) -> bool:
    """Whether the Russian dictionary knows the word form."""
    return has_cyrillic(word) and bool(analyser().word_is_known(word))


@functools.lru_cache(100_000)
def is_verb(word: str) -> bool:
    """Whether a word is a verb in all its readings: «возьми», «посчитайте» name no goods."""
    return is_word(word) and all(r.tag.POS in ("VERB", "INFN") for r in readings(word))


@functools.lru_cache(100_000)
def is_deed(word: str) -> bool:
    """Whether a word tells what a thing does: «заряжает», «магнитится»; no «везёте», «подскажу»."""
    if not is_word(word):
        return False
    tag = readings(word)[0].tag
    return tag.POS == "VERB" and {"3per", "sing", "indc"} <= tag.grammemes and "past" not in tag


@functools.lru_cache(100_000)
def told(word: str) -> str:
    """The infinitive of a form that tells or offers to do something: «отменяем» → «отменять».

    "" for what was done, for what others do, and for other words.
    """
    if not is_word(word):
        return ""
    first = readings(word)[0]
    if first.tag.POS not in ("VERB", "INFN") or {"past", "3per"} & first.tag.grammemes:
        return ""
    return str(first.normal_form).replace("ё", "е")


@functools.lru_cache(100_000)
def is_done(word: str) -> bool:
    """Whether a form says what was done: «вклеена», «протирал», unlike «чем протирать»."""
    if not is_word(word):
        return False
    tag = readings(word)[0].tag
    return tag.POS in ("PRTS", "GRND") or (tag.POS == "VERB" and "past" in tag)


@functools.lru_cache(100_000)
def is_function(word: str) -> bool:
    """Whether a word only joins or points: «а», «там», «мой»; it neither asks nor denies."""
    if not is_word(word) or word in _NEGATIONS:
        return False
    tag = readings(word)[0].tag
    if "Ques" in tag:
        return False
    return tag.POS in _CLOSED or "Apro" in tag


@functools.lru_cache(100_000)
def is_preposition(word: str) -> bool:
    """Whether a word governs the noun behind it: «с», «без», «для»."""
    return is_word(word) and readings(word)[0].tag.POS == "PREP"


@functools.lru_cache(100_000)
def is_adverb(word: str) -> bool:
    """Whether a word tells how or where something is done: «вместе»."""
    return is_word(word) and readings(word)[0].tag.POS == "ADVB"


@functools.lru_cache(100_000)
def is_pronoun(word: str) -> bool:
    """Whether a word stands for another, or only says that something may be: «тот», «можно»."""
    if not is_word(word):
        return False
    tag = readings(word)[0].tag
    return tag.POS in ("NPRO", "PRED") or "Apro" in tag


@functools.lru_cache(100_000)
def part_of_speech(word: str) -> str:
    """ "noun", "adjective", "service" (verbs, particles… that name no goods) or "unknown"."""
    if not has_cyrillic(word):
        return "unknown"
    if not is_word(word):
        return "unknown"
    readings = analyser().parse(word)
    common = [r for r in readings if not any(mark in r.tag for mark in _PROPER)]
    readings = common or readings  # «ровно» is a town, too
    tags = [reading.tag.POS for reading in readings if reading.score >= 0.1] or [
        readings[0].tag.POS
    ]
    if "NOUN" in tags:
        return "noun"
    if any(tag in _ADJECTIVE for tag in tags):
        return "adjective"
    return "service" if all(tag in _SERVICE for tag in tags) else "noun"


_SMALL = (
    ("ечка", "ка"), ("очка", "ка"), ("очка", "ь"), ("ечко", "ко"), ("ышко", "о"), ("яшка", "о"),
    ("чик", ""), ("чик", "к"), ("ичек", "ик"), ("чек", "к"), ("ек", "ь"), ("ек", "й"), ("ек", ""),
    ("ик", ""),
    ("ок", ""), ("ишко", ""), ("ула", ""), ("уля", ""), ("юля", ""), ("ец", ""),
    ("ка", "ь"), ("ка", "а"), ("ка", ""),
)  # fmt: skip


#: what follows the root in words made of one another: «магнит» — «магнитный»
_ENDINGS = frozenset(
    (
        "",
        "н",
        "ов",
        "ев",
        "ск",
        "к",
        "ок",
        "ик",
        "чн",
        "очн",
        "ическ",
        "ческ",
        "ичн",
        "янн",
        "енн",
        "льн",
    )
)
_SHORTEST_ROOT = 5


def is_derived(one: str, other: str) -> bool:
    """Whether one of two stems is made of the other: «антистатик» and «антистатический»."""
    same = len(os.path.commonprefix((one, other)))
    return any(
        one[at:] in _ENDINGS and other[at:] in _ENDINGS
        for at in range(same, _SHORTEST_ROOT - 1, -1)
    )


def plain_words(word: str) -> list[str]:
    """What a diminutive may be of: «дисплейчик» → дисплей, «плёночка» → плёнка."""
    base = lemma(word)
    found = []
    for ending, plain in _SMALL:
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            found.append(base[: -len(ending)] + plain)
    return found


def forms(word: str) -> set[str]:
    """All forms of a dictionary word («чехол»: чехла, чехлы…)."""
    reading = next((r for r in analyser().parse(word) if "NOUN" in r.tag or "ADJF" in r.tag), None)
    if reading is None:
        return {word}
    return {
        str(form.word).replace("ё", "е")
        for form in reading.lexeme
        if "ADJS" not in form.tag and "COMP" not in form.tag
    }


@functools.lru_cache(50_000)
def is_of(word: str) -> bool:
    """Whether the form may say what another thing is of: the genitive («дисплея», «камеры»)."""
    if not is_word(word):
        return False
    readings = analyser().parse(word)
    return any("NOUN" in r.tag and "gent" in r.tag and r.score >= 0.1 for r in readings)


@functools.lru_cache(50_000)
def is_of_many(word: str) -> bool:
    """Whether the form is the genitive of many: «чехлов», «белых», not «чехла» or «чехлы»."""
    if not is_word(word):
        return False
    readings = analyser().parse(word)
    likeliest = next((r for r in readings if "NOUN" in r.tag or "ADJF" in r.tag), None)
    return likeliest is not None and "gent" in likeliest.tag and "plur" in likeliest.tag


@functools.lru_cache(50_000)
def is_plural(word: str) -> bool:
    """Whether a noun is of several things: «карты», «флешки», and «чехлов»."""
    if not is_word(word):
        return False
    nouns = [r.tag for r in analyser().parse(word) if "NOUN" in r.tag]
    # «карты» may be «of a card», too, which no verb follows
    return any("plur" in tag and tag.case in ("nomn", "accs", "gent") for tag in nouns)


@functools.lru_cache(50_000)
def is_counted_by(word: str, number: int) -> bool:
    """Whether a noun stands as that number wants it: «1 лист», «3 листа», «20 листов»."""
    if not is_word(word):
        return False
    last = 5 if 10 < number % 100 < 20 else number % 10
    wanted = {"nomn", "accs"} if last == 1 else {"gent"}
    many = "sing" if 1 <= last <= 4 else "plur"
    return any(
        r.tag.POS == "NOUN" and r.tag.case in wanted and r.tag.number == many and r.score >= 0.1
        for r in readings(word)
    )


@functools.lru_cache(50_000)
def is_abbreviation(word: str) -> bool:
    """Whether the form has no cases to tell its role by: «акб», «сим»."""
    return len(word) <= 3 or (is_word(word) and "Fixd" in analyser().parse(word)[0].tag)


@functools.lru_cache(50_000)
def is_first_name(word: str) -> bool:
    """Whether the form is only a person's or a place's name (such words hide typing slips)."""
    if not is_word(word):
        return False
    return all(
        any(mark in reading.tag for mark in ("Name", "Surn", "Patr", "Geox", "Abbr"))
        for reading in analyser().parse(word)
    )


@functools.lru_cache(50_000)
def has_forms(word: str) -> bool:
    """Whether a word has forms that name or tell something: «магазин», not «прям», «такое»."""
    tag = readings(word)[0].tag
    return tag.POS not in _CLOSED and "Apro" not in tag


@functools.lru_cache(50_000)
def is_subject(word: str) -> bool:
    """Whether the form may be a noun's first: «кабели», unlike «кабелей»."""
    return any("NOUN" in r.tag and "nomn" in r.tag for r in analyser().parse(word))


@functools.lru_cache(50_000)
def is_somebody(word: str) -> bool:
    """Whether a form likely names who asks, or whom it is for: «клиент», «жене», «парни»."""
    if not is_word(word):
        return False
    first, *others = (reading.tag.grammemes for reading in analyser().parse(word))
    # «клиенту» is of a program, too; «держатель» is a thing before he is anybody
    to_somebody = "datv" in first and any({"anim", "datv"} <= other for other in others)
    likely = "anim" in first and bool(first & {"nomn", "datv"})
    return "NOUN" in first and (likely or to_somebody) and not first & frozenset(_PROPER)


@functools.lru_cache(50_000)
def is_act(word: str) -> bool:
    """Whether the form is of a noun that is made of a verb: «снятия», «вскрытием»."""
    return lemma(word).endswith(("ние", "тие")) and part_of_speech(word) == "noun"
