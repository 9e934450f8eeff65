"""Personal data out of what is sent to a model, and back into what it says.

The marks are numbered, so that two phones stay two. A mark that the model makes up is taken out.
"""

import re
from collections.abc import Iterator
from functools import partial

from common.masking import replace_emails
from optfm.llm.privacy.persons import people
from optfm.text.morphology import lemma, stem

_CARD = r"(?<![\w-])\d{4}(?:[ \u00a0-]?\d{4}){3}(?:[ \u00a0-]?\d{2,3})?(?!\w)"
#: Ten or more digits of a phone however they are parted; codes of the list hang on letters.
_PHONE = r"(?<![\w-])(?:\+\s?)?(?!00)\d(?:[ \u00a0().‐–—-]{0,3}\d){9,13}(?!\w)"
_STREET = (
    r"ул(?:ица|ице|ицы)?|пр(?:осп|-т|-кт)?|проспект\w*|пер(?:еулок|еулке)?|ш(?:оссе)?|"
    r"наб(?:ережная|ережной)?|б-р|бульвар\w*|пл(?:ощадь|ощади)?|проезд\w*|мкр|микрорайон\w*"
)
_HOUSE = (
    r"(?:[ ,]+(?:д(?:ом)?\.?\s*)?\d+[а-я]?(?:/\d+)?)"
    r"(?:[ ,]+(?:к|корп|корпус|стр|кв|квартира|офис|оф)\.?\s*\d+)*"
)
_FLAT = r"(?:к|корп|корпус|стр|кв|квартира)\.?\s*\d+"
_ADDRESS = (
    rf"\b(?:{_STREET})(?:\.\s*|\s+)(?:[А-ЯЁA-Zа-яё\d-]+\s?){{1,3}}?{_HOUSE}"
    rf"|\b[А-ЯЁ][а-яё-]+\s+(?:{_STREET})\.?{_HOUSE}"
    rf"|\b[А-ЯЁ][а-яё-]+ск(?:ая|ой|ую|ий|ого|ом){_HOUSE}"
    rf"|\b(?:д|дом|доме)\.?\s*\d+[а-я]?(?:/\d+)?[ ,]+{_FLAT}"
)
#: Of a passport by its words; of a bank account by its length.
_DOCUMENT = (
    r"(?:паспорт\w*|сери[яию])[^\d\n]{0,20}\d{2}\s?\d{2}[^\d\n]{0,12}\d{6}"
    r"|(?<![\w-])\d(?:[ \u00a0-]?\d){14,29}(?!\w)"
)
#: By which a person is found in a messenger.
_NICK = r"(?<![\w@])@[A-Za-z]\w{3,31}|\b(?:t\.me|wa\.me|vk\.com|vk\.ru|ok\.ru)/\S+"
#: «меня зовут …»: whatever the dictionary says of it.
_CALLED = r"(?<=зовут\s)[А-ЯЁ][а-яё]+(?:\s[А-ЯЁ][а-яё]+){0,2}"
_KINDS = (
    ("ник", re.compile(_NICK)),
    ("карта", re.compile(_CARD)),
    ("документ", re.compile(_DOCUMENT, re.IGNORECASE)),
    ("телефон", re.compile(_PHONE)),
    ("адрес", re.compile(_ADDRESS, re.IGNORECASE)),
    ("имя", re.compile(_CALLED)),
)
_MARK = re.compile(r"\[(?:почта|ник|карта|документ|телефон|адрес|имя)-\d+\]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Mask:
    """What one call has hidden; made anew for each."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        """:param names: of the customer, as he gave them in the form."""
        self._hidden: dict[str, str] = {}  #: mark → what it stands for
        self._names = {key for name in names for word in _WORD.findall(name) for key in _keys(word)}

    def mask(self, text: str) -> str:
        """The text with `[телефон-1]`, `[почта-1]`, `[ник-1]`, `[карта-1]`, `[документ-1]`,
        `[адрес-1]`, `[имя-1]`."""
        text = _MARK.sub("", text)  # typed by the customer: nothing stands behind them
        text = replace_emails(text, partial(self._hide, "почта"))
        for kind, pattern in _KINDS:
            text = pattern.sub(partial(self._found, kind), text)
        if self._names:
            text = _WORD.sub(lambda found: self._name(found[0]), text)
        return self._people(text)

    def restore(self, text: str) -> str:
        """The text with what the marks stand for; marks of the model's own are left out."""
        return _MARK.sub(lambda found: self._hidden.get(found[0], ""), text)

    def _people(self, text: str) -> str:
        marks = [found.span() for found in _MARK.finditer(text)]
        parts, at = [], 0
        for start, end in people(text):
            if not any(first <= start < last for first, last in marks):
                parts += [text[at:start], self._hide("имя", text[start:end])]
                at = end
        return "".join([*parts, text[at:]])

    def _found(self, kind: str, found: re.Match[str]) -> str:
        return self._hide(kind, found[0])

    def _name(self, word: str) -> str:
        known = any(key in self._names for key in _keys(word))
        return self._hide("имя", word) if known else word

    def _hide(self, kind: str, found: str) -> str:
        if _MARK.fullmatch(found):
            return found
        for mark, hidden in self._hidden.items():
            if hidden == found:
                return mark
        number = sum(mark.startswith(f"[{kind}-") for mark in self._hidden) + 1
        mark = f"[{kind}-{number}]"
        self._hidden[mark] = found
        return mark


def _keys(word: str) -> Iterator[str]:
    """What the forms of a name share: «Олега», «Олегу» → олег."""
    low = word.lower().replace("ё", "е")
    if len(low) >= 3:
        yield low
        yield lemma(low)
        yield stem(low)
