"""The consent to keep personal data (152-FZ, article 9): its wording, and the proof of it.

`consent_texts/<version>.txt` is what the bot asks, `<version>.md` the document behind its link. A
new wording is a new pair of files with a later date in the name; old ones stay as proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TEXTS = Path(__file__).with_name("consent_texts")


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


def wording(address: str) -> tuple[str, str]:
    """The version in force and its question, in Russian.

    :param address: of the page with the document.
    """
    newest = max(TEXTS.glob("*.txt"))
    return newest.stem, newest.read_text(encoding="utf-8").strip().format(address=address)


def document() -> str:
    """The document in force, as one reads it in a chat: without signs of Markdown."""
    text = max(TEXTS.glob("*.md")).read_text(encoding="utf-8")
    return "\n".join(line.lstrip("# ") for line in text.splitlines()).strip()


def documents(versions: Iterable[str]) -> dict[str, str]:
    """The documents that stood behind the link, by version; one whose file is gone is missing."""
    files = {version: TEXTS / f"{version}.md" for version in set(versions)}
    return {v: files[v].read_text(encoding="utf-8") for v in sorted(files) if files[v].is_file()}


def open_places() -> int:
    """How many places of the document in force wait for the lawyer: «[Юрист: …]»."""
    return max(TEXTS.glob("*.md")).read_text(encoding="utf-8").count("[Юрист:")
