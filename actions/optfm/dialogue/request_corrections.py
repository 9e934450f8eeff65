"""What a customer of the request form wants changed, and the town in his words."""

import re
from collections.abc import Callable

from optfm.dialogue import request_words as words
from optfm.leads import email, person_name, phones
from optfm.leads.contact_words import contact_words
from optfm.leads.towns import nominative
from optfm.text.morphology import is_verb
from optfm.text.phrases import plain

_CHANGE = re.compile(
    r"^(?:\w+\W+){0,2}?(?:измени\w*|поменя\w*|исправ\w*|замени\w*)\b|"
    r"\b(?:друг(?:ой|ая|ое|ую)|не т(?:от|а|о)|неверн\w+|неправильн\w+|ошиб(?:ся|лась))\b"
)
#: «ошибка в номере заказа» is no wish to change the phone.
_NOT_OURS = re.compile(r"\bзаказ")
_FIELDS = {
    "name": re.compile(r"\b(?:им(?:я|ени)|зовут)\b"),
    "phone": re.compile(r"\b(?:телефон\w*|номер\w*)\b"),
    "email": re.compile(r"\b(?:почт\w*|e-?mail|имейл\w*|мыло)\b"),
    "about": re.compile(r"\b(?:вопрос\w*|товар\w*|текст\w*)\b"),
    "town": re.compile(r"\bгород\w*\b"),
}
_VALUE_AFTER = re.compile(
    r"^(?:[\s,:;.–—-]|(?:на|не тот|не та|друг(?:ой|ая|ое|ую)|неверн\w+|неправильн\w+"
    r"|измени\w*|поменя\w*|исправ\w*|замени\w*|пожалуйста|телефон\w*|номер\w*|это)\b)+",
    re.IGNORECASE,
)
#: A longer answer with a verb is no town: «дорого у вас, подумаю ещё».
_TOWN_WORDS = 2
#: So near the beginning «не та» is of the field that was named: «нет, почта не та».
_SHORT = 20
#: «нет, я из Вологды»
_LIVES = re.compile(r"(?:(?:нет|не|а|я|мы|но)\W+)*(?:из|живу в|живём в|живем в|находимся в) ")
_TOWN_BEFORE = re.compile(
    r"^(?:(?:нет|я|мы|из|живу|в|город\w*|мой|г\.|г(?= ))[\s,:]+|г\.)+", re.IGNORECASE
)
_TOWN_AFTER = re.compile(r"[\s,]+(?:я|мы|живу|живём|находимся|город)\W*$", re.IGNORECASE)
#: «изменить вопрос» and nothing else.
_ONLY_CHANGE = re.compile(r"^(?:измени|поменя|исправ|замени)\w* \w+\W*$")
_ASKING = re.compile(
    r"^(?:а |и |ну )*(?:сколько|скок|как|где|куда|когда|что|ч[ёе]|чо|какой|какая|какие|какое|кто|"
    r"есть|можно|почему|зачем|поч[её]м|цена|хочу|нуж(?:ен|на|но|ны)|привет|здравствуйте|спасибо|"
    r"не|ещ[её]|это|а)\b"
)


#: «не 100 а 10», «15 чехлов вместо 20», «вместо 20 чехлов 15»: before, after.
_NUMBER = r"(?<![\w.,-])(\d{1,6})(?:\s*шт\w*)?"
_WORDS = r"(?:\s+[^\W\d]+){0,2}"
_COUNTS = (
    (re.compile(rf"(?<!\w)не\s+{_NUMBER}{_WORDS}[\s,]+а\s+{_NUMBER}(?![.,]?\w)"), 1, 2),
    (re.compile(rf"{_NUMBER}{_WORDS}[\s,]+(?:вместо|а не)\s+{_NUMBER}(?![.,]?\w)"), 2, 1),
    (re.compile(rf"(?<!\w)вместо\s+{_NUMBER}{_WORDS}[\s,]+{_NUMBER}(?![.,]?\w)"), 1, 2),
)


def count_changed(text: str, about: str) -> str | None:
    """The subject with another number in it: «не 100 а 10»; None where the text says no such thing.

    :param about: the subject so far; the number that was before must stand in it once.
    """
    low = plain(text)
    for pattern, old, new in _COUNTS:
        if found := pattern.search(low):
            before = re.compile(rf"(?<![\w.,-]){found[old]}(?![.,]?\d)")
            if len(before.findall(about)) == 1:
                return before.sub(found[new], about)
    return None


def corrected(text: str) -> str | None:
    """What stands after «ой», «точнее», «ошибся»; None where nothing is corrected."""
    found = contact_words().corrects.match(plain(text))
    return " ".join(text.split())[found.end() :].strip() if found else None


def addition(text: str) -> str | None:
    """What stands after «ещё добавьте»; None where nothing is added."""
    found = contact_words().adds.match(plain(text))
    rest = " ".join(text.split())[found.end() :].strip() if found else ""
    return rest or None


def only_changes(text: str) -> bool:
    """A wish to change a field, as its button has it."""
    return bool(_ONLY_CHANGE.match(words.low(text)))


def town(text: str) -> str | None:
    """A town's name without «я из», «город», or None where it is no town."""
    said = _TOWN_BEFORE.sub("", " ".join(text.split()))
    said = _TOWN_AFTER.sub("", said).strip(" ,.!")
    letters = sum(char.isalpha() for char in said)
    if letters < 2 or len(said) > words.LONGEST or "?" in text or _ASKING.match(words.low(said)):
        return None
    if any(
        meant(said)
        for meant in (
            words.is_yes,
            words.is_no,
            words.is_send,
            words.is_stop,
            words.is_back,
            words.is_skip,
        )
    ):
        return None
    tells = len(said.split()) > _TOWN_WORDS and any(map(is_verb, plain(said).split()))
    return None if tells else nominative(said[0].upper() + said[1:])


def change(text: str, *, asked: str) -> tuple[str, str | None] | None:
    """What the customer wants changed: «телефон другой: 8 …», «изменить имя», «имя Яна».

    :param asked: the field that is asked for; at "confirm", the summary, a field's name and a
        value are enough.
    :returns: the field and its new value; None for a value that is still to be asked for. None
        instead of both where nothing is to be changed.
    """
    said, at_summary = words.low(text), asked == "confirm"
    if len(said) > 2 * words.LONGEST or "?" in said or _NOT_OURS.search(said):
        return None
    if at_summary and _LIVES.match(said) and (place := town(text)):
        return "town", place
    places = {field: found for field, name in _FIELDS.items() if (found := name.search(said))}
    if not places:
        return None
    field = min(places, key=lambda name: places[name].start())
    # «телефон» may well be the goods, and «номер» an answer that is no number.
    if places[field][0] == said.strip(" .!") and asked not in ("about", field):
        return field, None
    wanted = _CHANGE.search(said)
    after = _VALUE_AFTER.sub("", " ".join(text.split())[places[field].end() :]).strip()
    value = _VALUES[field](after or (text if field in ("phone", "email") else ""))
    begins = places[field].start() <= len("нет, мой ")
    if wanted and (value or wanted.start() <= max(len(said) // 2, _SHORT)):
        return field, value
    return (field, value) if at_summary and begins and value else None


_VALUES: dict[str, Callable[[str], str | None]] = {
    "name": lambda text: person_name(text) if text else None,
    "phone": lambda text: ", ".join(phones(text)) or None,
    "email": email,
    "about": lambda text: text or None,
    "town": lambda text: town(text) if text else None,
}
