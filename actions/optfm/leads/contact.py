"""Finds a name, phones, an e-mail address and messengers in what a person typed."""

import re
from dataclasses import dataclass, replace

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher

from optfm.leads.contact_words import contact_words
from optfm.leads.ways import Way, messenger_in, nick_in
from optfm.text.morphology import analyser

#: Where the shop's customers live; a number without a country is looked for in this order.
_REGIONS = ("RU", "BY", "KZ")
_SIGNS = r"\s<>(),;:«»\"'"
#: Bounded, and begun at a word's beginning only: «@@@@…» held the interpreter for minutes.
_EMAIL = re.compile(
    rf"(?<![^@{_SIGNS}])[^@{_SIGNS}]{{1,64}}@[^{_SIGNS}]{{1,190}}\.[^{_SIGNS}]{{1,63}}"
)
_INTRODUCTION = re.compile(
    r"^(?:(?:здравствуйте|добрый (?:день|вечер)|привет)\W+)?"
    r"(?:меня зовут|моё имя|мое имя|имя|зовут|зовите(?: меня)?|звать(?: меня)?|обращайтесь"
    r"|это|я)\b"
    r"(?: просто)?[\s:,-]*",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:меня зовут|меня звать|звать меня|мо[её] имя|имя)\b|(?-i:[Яя]) (?-i:[А-ЯЁ])", re.IGNORECASE
)
_LABELS = re.compile(
    r"\b(?:мой |вот )?(?:номер(?: телефона)?|телефон|тел|моб|дом|раб|сот|почта|имейл|e-?mail|мыло"
    r"|вай?бер|в[оа][тц]с?ап+|телеграм+|тг|viber|whats ?app|telegram)"
    r"\b\.?\s*:?",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
#: «Пётр из Вологды», «я Анна, город Кохма» without its comma.
_FROM = re.compile(r"(.{2,40}?)\s+(?:из|город|г\.?)\s+([^\W\d_][\w .-]{1,40})$", re.IGNORECASE)
#: What is left where numbers stood: «8 910 … или 8 920 …».
_BETWEEN = frozenset(["или", "и", "либо", "ещё", "еще", "а также", "это"])
#: Words that the dictionary takes for nouns or for nothing, and that name nobody.
_NOT_A_NAME = frozenset(
    """
    привет здравствуйте спасибо пожалуйста отмена заказ заявка менеджер оператор согласен согласна
    хз тест ок окей ага угу сори лол
    """.split()  # noqa: SIM905 - a list of words reads worse
)
#: Parts of speech that are no part of a name unless the dictionary knows the word as one («Али»).
_NO_NAMES = {
    *("VERB", "INFN", "PRTS", "GRND", "ADVB", "COMP", "PRED"),
    *("PREP", "CONJ", "PRCL", "INTJ", "NPRO", "NUMR"),
}
_NAMES = {"Name", "Surn", "Patr"}
#: Fewer digits are no phone; most messages need not be searched for one.
_FEWEST_DIGITS = 9
_LONGEST_NAME = 60
_MOST_NAME_WORDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """What of a message is personal, and what is left."""

    name: str | None
    phones: tuple[str, ...]  #: E.164, in the order of the text
    email: str | None
    rest: str  #: the text without all that
    town: str | None = None  #: of «Пётр из Вологды», as it was typed
    ways: tuple[Way, ...] = ()  #: his numbers with extensions and messengers, his nick


def phones(text: str) -> tuple[str, ...]:
    """Valid phone numbers of Russia, Belarus, Kazakhstan, or with a country's code.

    :param text: a number in any of the usual ways, alone or inside a sentence.
    :returns: E.164, each once, in the order of the text.
    """
    return tuple(dict.fromkeys(number for number, *_ in _matches(text)))


def email(text: str) -> str | None:
    """The first well-formed e-mail address, its domain in lower case; None where there is none."""
    for found in _EMAIL.finditer(text):
        try:
            return validate_email(found[0].rstrip("."), check_deliverability=False).normalized
        except EmailNotValidError:
            continue
    return None


def person_name(text: str) -> str | None:
    """A person's name, however many parts it has, in whatever letters.

    :returns: its words with capital first letters, or None where the text is no name: digits,
        a question, a command, a sentence.
    """
    said = _INTRODUCTION.sub("", " ".join(text.split())).strip(" ,.!;:")
    words = said.split()
    if not 0 < len(words) <= _MOST_NAME_WORDS or len(said) > _LONGEST_NAME or "?" in text:
        return None
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return None
    if any(_is_no_name(word) for word in words):
        return None
    return " ".join("-".join(part[:1].upper() + part[1:] for part in w.split("-")) for w in words)


def introduced(text: str) -> str | None:
    """The name of whoever introduces himself in so many words: «меня зовут Александр»."""
    said = " ".join(text.split())
    return person_name(said) if _INTRODUCED.match(said) and len(said.split()) > 1 else None


def read_contact(text: str) -> Contact:
    """Everything personal in one message: «Пётр, 8 910 …, диспл на а12»."""
    rest, ways = text, []
    for number, start, end, inside in reversed(_matches(text)):
        after = None if inside else contact_words().extension.match(text[end:].lower())
        ways.append(Way(phone=number, extension=after[1] if after else inside))
        rest = f"{rest[:start]},{rest[end + (after.end() if after else 0) :]}"
    found_email = email(rest)
    if found_email:
        rest = _EMAIL.sub(",", rest, count=1)
    messenger = messenger_in(rest)
    nick, rest = nick_in(rest)
    if messenger:
        ways = [replace(way, messenger=messenger) for way in ways] if not nick else ways
    if nick:
        ways.insert(0, Way(messenger=messenger or "Telegram", nick=nick))
    parts = [
        part
        for part in (_trimmed(p) for p in re.split(r"[,\n;]+|\. ", _LABELS.sub(",", rest)))
        if part and part.lower() not in _BETWEEN
    ]
    name = town = None
    for position, part in enumerate(parts):
        # Further on in a message only what is written as a name is one, or introduced as one.
        introduced = _INTRODUCED.match(part) is not None
        likely = position == 0 or introduced or (position == 1 and part[0].isupper())
        if likely and (both := _FROM.match(part)) and is_first_name(both[1].split()[-1]):
            name, town = person_name(both[1]), both[2]
        elif likely:
            name = person_name(part)
        if name:
            parts.remove(part)
            break
    rest = ", ".join(parts)
    return Contact(
        name=name,
        phones=phones(text),
        email=found_email,
        rest=rest,
        town=town,
        ways=tuple(reversed(ways)),
    )


def _trimmed(part: str) -> str:
    """Without what joined it to a number beside it."""
    return re.sub(r"^(?:или|и|либо)\s+|(?<!\s)\s+(?:или|и|либо)$", "", part.strip(" ;:-–—"))


def _matches(text: str) -> list[tuple[str, int, int, str]]:
    """E.164, start, end and extension of each number, in the order of the text."""
    found: list[tuple[str, int, int, str]] = []
    if sum(char.isdigit() for char in text) < _FEWEST_DIGITS:
        return found
    for region in _REGIONS:
        for match in PhoneNumberMatcher(text, region, phonenumbers.Leniency.VALID):
            if all(match.end <= start or match.start >= end for _, start, end, _ in found):
                number = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
                extension = match.number.extension or ""
                found.append((number, match.start, match.end, extension))
    return sorted(found, key=lambda number: number[1])


def is_first_name(text: str) -> bool:
    """Whether the text is one word that the dictionary has as a first name: «Макс», «Лада»."""
    word = text.strip(" ,.!").lower()
    return any("Name" in parse.tag.grammemes for parse in analyser().parse(word))


def _is_no_name(word: str) -> bool:
    """Whether the dictionary knows the word, and not as a name; goods are lower-case nouns."""
    low = word.lower().strip(".")
    if low in _NOT_A_NAME:
        return True
    if not analyser().word_is_known(low):
        return False
    tags = [parse.tag for parse in analyser().parse(low)]
    if any(_NAMES & tag.grammemes for tag in tags):
        return False
    if "Apro" in tags[0].grammemes:  # «мой», «наш»
        return True
    thing = word[0].islower() and all({"inan", "plur"} & tag.grammemes for tag in tags)
    return thing or tags[0].POS in _NO_NAMES
