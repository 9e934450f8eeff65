"""The consent to keep personal data (152-FZ, article 9): its wording, and the proof of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_TEXTS = Path(__file__).with_name("consent_texts")


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """One person's yes, with all that proves it."""

    version: str  #: of the wording: the name of its file
    wording: str  #: as it was shown
    given_at: datetime  #: with a time zone
    channel: str
    message_id: str | None  #: of the message that said yes
    asked_at: datetime | None = None  #: when the wording was shown; with a time zone
    question_id: str | None = None  #: of the message that the wording answered


def wording() -> tuple[str, str]:
    """The version in force and its text, in Russian.

    A new wording is a new file with a later date in its name; old ones stay as proof.
    """
    newest = max(_TEXTS.glob("*.txt"))
    return newest.stem, newest.read_text(encoding="utf-8").strip()
