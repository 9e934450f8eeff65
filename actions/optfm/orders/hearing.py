"""A message to an open order in the words that edits are read by."""

import re

from optfm.orders.edit_words import edit_words
from optfm.orders.goods import IndexGoods
from optfm.orders.quantities import plain, with_packs
from optfm.text.morphology import told
from optfm.text.normalise import has_cyrillic

_PLUS = re.compile(r"^\+\s*(?=\d{1,3}\s+[^\W\d]|[^\W\d])")
#: «убери-ка», «очисти ка»
_PARTICLE = re.compile(r"(?<=[^\W\d])(?:-|\s)ка(?!\w)", re.IGNORECASE)
#: «16 плюс», unless goods and their count are added: «дисплей 3 плюс 2 акб»
_MARK = re.compile(
    r"(?<![\w.,])(\d{1,2})\s+плюс(?:а|у|ом|е)?(?!\w)(?!\s+\d+\s+[^\W\d]{3})", re.IGNORECASE
)
#: «столько же, сколько синих»: no two clauses
_AS_MANY = re.compile(r"(?<!\w)(столько\s+же)\s*,\s*(сколько|как)(?!\w)", re.IGNORECASE)
_COUNT_FIRST = re.compile(
    r"(?<![\w.,])\d{1,4}\s+(?P<one>[^\W\d]{3,})(?P<gap>\s+)(?=\d{1,4}\s+(?P<other>[^\W\d]{3,}))"
)
_COUNT_LAST = re.compile(
    r"(?<!\w)(?P<one>[^\W\d]{3,})\s+\d{1,4}(?P<gap>\s+)(?=(?P<other>[^\W\d]{3,})\s+\d{1,4}(?![\w.,]))"
)
#: «п.3», «поз. 2»
_POINT = re.compile(r"(?<!\w)(?:п|поз|стр)\.\s*(?=\d{1,3}(?!\d))", re.IGNORECASE)
#: «пять так пять»
_SO_BE_IT = re.compile(r"(?<!\w)(\w+)\s+так\s+\1(?!\w)", re.IGNORECASE)
#: «какой дешевле, тот и беру»: one clause that points, and asks nothing
_WHICH_THAT = re.compile(
    r"(?<!\w)(?:как(?:ой|ая|ие|ое|ую)|котор\w+)(?P<what>(?:\s+[^\s,;.!?]+){1,4}),?"
    r"\s+(?:т(?:от|а|у|о|е)|так(?:ой|ая|ую|ие|ое))(?!\w)(?:\s+и)?(?:\s+\w+)?(?=\W*$)",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?<!\w)не\s+$")
_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*")


def heard(text: str, goods: IndexGoods) -> str:
    """The right keyboard layout, no empty rows, verbs in the forms that the vocabulary has."""
    rows = [" ".join(row.split()) for row in text.splitlines() if row.strip()]
    text = "\n".join(with_packs(_PLUS.sub("плюс ", row)) for row in rows)
    text = text if has_cyrillic(text) else goods.index.heard(text)
    text = _MARK.sub(lambda match: _of_a_model(match, goods), text)
    text = _apart_by_colour(text, goods)
    text = _POINT.sub("пункт ", text)
    text = _AS_MANY.sub(r"\1 \2", text)
    text = _SO_BE_IT.sub(r"\1", text)
    text = _WHICH_THAT.sub(r"который\g<what>", text)
    return with_known_verbs(text)


def _apart_by_colour(text: str, goods: IndexGoods) -> str:
    """«3 белых 1 чёрные» as «3 белых, 1 чёрные», «белых 3 чёрных 1» as «белых 3, чёрных 1»."""
    for pattern in (_COUNT_FIRST, _COUNT_LAST):
        found = list(pattern.finditer(text))
        for match in reversed(found):
            colours = [goods.sense(word).colour for word in (match["one"], match["other"])]
            if all(colours):
                text = f"{text[: match.start('gap')]}, {text[match.end('gap') :]}"
    return text


def _of_a_model(match: re.Match[str], goods: IndexGoods) -> str:
    return f"{match[1]} plus" if goods.sense(f"на {match[1]} plus").device else match[0]


def _replaced(pattern: re.Pattern[str], text: str, said: str) -> str:
    """The text with other words in place of what a pattern finds in it in lower case."""
    found, start = "", 0
    for match in pattern.finditer(plain(text)):
        found, start = f"{found}{text[start : match.start()]}{said}", match.end()
    return (found + text[start:]).strip()


def with_known_verbs(text: str) -> str:
    """«вычёркиваю» as «вычеркивай», «не возьмём» as «не возьму»: another form of the same verb."""
    words, text = edit_words(), _PARTICLE.sub("", text)
    for name, said in (("aside", " "), ("none_of_it", "0 шт")):
        text = _replaced(words.verbs[name], text, said)
    low, found, start = plain(text), "", 0
    for match in _WORD.finditer(low):
        verb = told(match[0])
        negated = _NOT.search(low, start, match.start()) if verb else None
        form, begin = None, match.start()
        if negated and (form := words.by_infinitive.get(f"не {verb}")):
            begin = negated.start()
        elif verb and match[0] not in words.known:
            form = words.by_infinitive.get(verb)
        if form is not None:
            found += text[start:begin] + form
            start = match.end()
    return found + text[start:]
