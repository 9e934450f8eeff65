"""The subject of a request: whatever is said of it stands beside what was said before."""

import re

from rasa_sdk import Tracker

from optfm.dialogue import request_corrections as corrections
from optfm.dialogue.request_before import PastMessage, proposed, suggestion
from optfm.dialogue.request_words import puts_in_place
from optfm.dialogue.shop import Shop

LONGEST_ABOUT = 1_000
BETWEEN = "; "
_SPACES = re.compile(r"\s+")


def subject(tracker: Tracker, shop: Shop) -> str:
    """What the request is about so far; "" where nothing tells."""
    return str(tracker.get_slot("about") or proposed(tracker) or suggestion(tracker, shop))


def with_more(before: str | None, said: str) -> str:
    """Both, each once: what was said last is kept whole where there is no room for all of it."""
    said = said.strip()[:LONGEST_ABOUT]
    before = (before or "").strip()
    if not before or _plain(before) in _plain(said):
        return said
    if not said or _plain(said) in _plain(before):
        return before
    room = LONGEST_ABOUT - len(said) - len(BETWEEN)
    return f"{before[:room].rstrip()}{BETWEEN}{said}" if room > 0 else said


def answered(before: str, said: str, tracker: Tracker) -> str:
    """The subject once its question is answered.

    :param before: what was proposed; "" where nothing was.
    :returns: both, unless the answer takes the place of it: «нет, о другом: …», or after
        «изменить вопрос».
    """
    if instead := puts_in_place(said):
        return instead[:LONGEST_ABOUT]
    return said[:LONGEST_ABOUT] if _is_to_be_changed(tracker) else with_more(before, said)


def _is_to_be_changed(tracker: Tracker) -> bool:
    """Whether the message before this one asked for another subject."""
    past = [PastMessage.of(e) for e in tracker.events if e.get("event") == "user"]
    return len(past) > 1 and corrections.change(past[-2].text, asked="confirm") == ("about", None)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.lower())
