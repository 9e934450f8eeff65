"""What a person typed, made safe: no control characters, no commands, no strange ids."""

import hashlib
import re
import unicodedata

#: Longer messages are not read (DESIGN: anything typed gets a civil text).
LONGEST_MESSAGE = 4_000
#: Rasa's `events.sender_id` holds 255; a channel's prefix needs room.
_LONGEST_ID = 200
_KEPT_CONTROLS = "\n\t"
#: Of signs without letters only these mean something by themselves: yes, and skip.
_SIGNS_THAT_ANSWER = frozenset("+-–—")
#: Commands that customers of messengers know, as the intents they mean.
_COMMANDS = {
    "/start": "/greet",
    "/help": "/help",
    "/request": "/leave_request",
    "/manager": "/call_manager",
}


def cleaned(text: str) -> str:
    """The text without what no person types: NUL, control and invisible characters.

    :param text: anything, also halves of surrogate pairs; may be long.
    :returns: NFC, stripped; line breaks and tabs are kept.
    """
    kept = "".join(
        char
        for char in text.replace("\r\n", "\n")
        if char in _KEPT_CONTROLS or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", kept).strip()


def has_words(text: str) -> bool:
    """Whether there is anything to answer: a letter or a digit, or a sign that is an answer."""
    return any(char.isalnum() for char in text) or text in _SIGNS_THAT_ANSWER


def is_command(text: str) -> bool:
    """Whether Rasa would obey this text instead of reading it."""
    return text.startswith("/")


def known_command(text: str) -> str | None:
    """The intent message of a command that customers may type (`/start`, `/help`), or None.

    :param text: a cleaned message; what follows the command (a deep link's payload) is dropped,
        and so is whom it is for (`/help@shop_bot`).
    """
    return _COMMANDS.get(text.split(maxsplit=1)[0].lower().partition("@")[0])


def without_slash(text: str) -> str:
    """A command as plain text: Rasa reads it like any other words."""
    # Any blank: Rasa strips them all before it looks for the slash.
    return re.sub(r"^[\s/]+", "", text)


def dialog_id(sender: str) -> str:
    """The id under which a dialog is kept.

    :param sender: as the channel gives it, anything.
    :returns: the same where it is an ordinary id; else one made of it, always the same.
    """
    if sender == cleaned(sender) and 0 < len(sender) <= _LONGEST_ID:
        return sender
    return "id-" + hashlib.sha256(sender.encode("utf-8", "surrogatepass")).hexdigest()[:32]
