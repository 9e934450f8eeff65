"""How a customer may be reached: numbers with extensions, messengers; one line of the form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from optfm.leads.contact_words import contact_words
from optfm.text.phrases import plain

_NICK = re.compile(r"(?<![\w.@])(?:https?://)?(?:t\.me/|@)([a-z][\w.]{3,31})(?![\w@])", re.I)
_NAMED = re.compile(r"\W*(?:(?:ник|логин|это|я там)\W+)?([a-z][a-z0-9_.]{3,31})(?![\w@])")
_LINE = re.compile(r"(\+\d{7,15})(?: доб\. (\d{1,6}))?(?: \((\w+)\))?$")
_TELEGRAM = "Telegram"
#: a way that is the chat itself
HERE = "этот чат"


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One of them."""

    phone: str = ""  #: E.164; "": a messenger without one
    extension: str = ""
    messenger: str = ""  #: its name
    nick: str = ""  #: with its «@», or `HERE`

    def __str__(self) -> str:
        if not self.phone:
            return f"{self.messenger} {self.nick}"
        extension = f" доб. {self.extension}" if self.extension else ""
        return f"{self.phone}{extension}{f' ({self.messenger})' if self.messenger else ''}"


def ways_of(line: str) -> tuple[Way, ...]:
    """The ways of a line that `written` made."""
    return tuple(_way(part) for part in line.split(", ") if part)


def written(ways: Iterable[Way]) -> str:
    """Ways as one line, each once: «+79… доб. 205 (WhatsApp), Telegram @nick»."""
    return ", ".join(dict.fromkeys(map(str, ways)))


def beside_phones(ways: Iterable[Way]) -> str:
    """What of the ways is no number: «доб. 205, WhatsApp», «Telegram @nick»."""
    said = []
    for way in ways:
        said += [f"доб. {way.extension}"] if way.extension else []
        said += [f"{way.messenger} {way.nick}".strip()] if way.messenger else []
    return ", ".join(dict.fromkeys(said))


def ways_kept(phone: str | None, reach_by: str | None) -> tuple[Way, ...]:
    """The ways of a request, as its columns have them: a number, and what `beside_phones` said."""
    extension, messenger, others = "", "", []
    for part in filter(None, (reach_by or "").split(", ")):
        name, _, nick = part.partition(" ")
        if name == "доб.":
            extension = nick
        elif nick:
            others.append(Way(messenger=name, nick=nick))
        else:
            messenger = name
    own = [Way(phone=phone, extension=extension, messenger=messenger)] if phone else []
    return (*own, *others)


def messenger_in(text: str) -> str:
    """The messenger that a text names; "" where it names none."""
    low = plain(text)
    words = contact_words()
    for name, pattern in words.messengers.items():
        found = pattern.search(low)
        if found and (name != "MAX" or _is_messenger(low, found)):
            return name
    return ""


def nick_in(text: str) -> tuple[str, str]:
    """A nick of a text, and the text without it: («@igor», «пишите в телеграм»); ("", text)."""
    if found := _NICK.search(text):
        return f"@{found[1]}", f"{text[: found.start()]},{text[found.end() :]}"
    messenger = messenger_in(text)
    if messenger:
        low = plain(text)
        found = contact_words().messengers[messenger].search(low)
        if found and (named := _NAMED.match(low[found.end() :])):
            return f"@{named[1]}", f"{low[: found.start()]},{low[found.end() + named.end() :]}"
    return "", text


def wants_here(text: str) -> bool:
    """Whether he wants the answer where he writes now."""
    return bool(contact_words().here.search(plain(text)))


def _is_messenger(low: str, found: re.Match[str]) -> bool:
    """«Макс» is a name more often than a messenger."""
    return bool(contact_words().asks_to_write.search(low[: found.start()]))


def _way(part: str) -> Way:
    if found := _LINE.fullmatch(part):
        return Way(phone=found[1], extension=found[2] or "", messenger=found[3] or "")
    messenger, _, nick = part.partition(" ")
    return Way(messenger=messenger, nick=nick)
