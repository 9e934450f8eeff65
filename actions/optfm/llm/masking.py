"""Personal data out of what is sent to a model, and back into what it says.

The marks are numbered, so that two phones stay two. A mark that the model makes up is taken out.
"""

import re
from collections.abc import Iterator
from functools import partial

from optfm.catalog.language.stems import lemma, stem

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CARD = r"(?<![\w-])\d{4}(?:[ \u00a0-]?\d{4}){3}(?:[ \u00a0-]?\d{2,3})?(?!\w)"
#: Ten or more digits of a phone however they are parted; codes of the list hang on letters.
_PHONE = r"(?<![\w-])(?:\+\s?)?\d(?:[ \u00a0().‐–—-]{0,3}\d){9,13}(?!\w)"
_STREET = (
    r"ул(?:ица|ице|ицы)?|пр(?:осп|-т|-кт)?|проспект\w*|пер(?:еулок|еулке)?|ш(?:оссе)?|"
    r"наб(?:ережная|ережной)?|б-р|бульвар\w*|пл(?:ощадь|ощади)?|проезд\w*|мкр|микрорайон\w*"
)
_HOUSE = (
    r"(?:[ ,]+(?:д(?:ом)?\.?\s*)?\d+[а-я]?(?:/\d+)?)"
    r"(?:[ ,]+(?:к|корп|корпус|стр|кв|квартира|офис|оф)\.?\s*\d+)*"
)
_ADDRESS = (
    rf"\b(?:{_STREET})(?:\.\s*|\s+)(?:[А-ЯЁA-Zа-яё\d-]+\s?){{1,3}}?{_HOUSE}"
    rf"|\b[А-ЯЁ][а-яё-]+\s+(?:{_STREET})\.?{_HOUSE}"
)
#: «меня зовут …», «это …» with a capital letter.
_CALLED = r"(?<=зовут\s)[А-ЯЁ][а-яё]+(?:\s[А-ЯЁ][а-яё]+){0,2}"
_KINDS = (
    ("почта", re.compile(_EMAIL)),
    ("карта", re.compile(_CARD)),
    ("телефон", re.compile(_PHONE)),
    ("адрес", re.compile(_ADDRESS, re.IGNORECASE)),
    ("имя", re.compile(_CALLED)),
)
_MARK = re.compile(r"\[(?:почта|карта|телефон|адрес|имя)-\d+\]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Mask:
    """What one call has hidden; made anew for each."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        """:param names: of the customer, as he gave them in the form."""
        self._hidden: dict[str, str] = {}  #: mark → what it stands for
        self._names = {key for name in names for word in _WORD.findall(name) for key in _keys(word)}

    def mask(self, text: str) -> str:
        """The text with `[телефон-1]`, `[почта-1]`, `[карта-1]`, `[адрес-1]`, `[имя-1]`."""
        text = _MARK.sub("", text)  # typed by the customer: nothing stands behind them
        for kind, pattern in _KINDS:
            text = pattern.sub(partial(self._found, kind), text)
        if self._names:
            text = _WORD.sub(lambda found: self._name(found[0]), text)
        return text

    def restore(self, text: str) -> str:
        """The text with what the marks stand for; marks of the model's own are left out."""
        return _MARK.sub(lambda found: self._hidden.get(found[0], ""), text)

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
