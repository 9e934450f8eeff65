"""The phrases by which the bot knows what a message is about: those of an intent, in data/nlu.

They count once a model was trained with them (`processes/learning.py`), unlike all other texts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from common import published

FOLDER = "data/nlu"
#: Fewer teach a topic nothing that holds.
FEWEST = 5
_LONGEST = 300
_INTENT = re.compile(r"^\s*- intent:\s*(\S+)\s*$")
_PHRASE = re.compile(r"^(\s+)- (.*\S)\s*$")
#: What Rasa reads as something else than words: «[11](model)», «{"entity": …}».
_MARKED = re.compile(r"\]\s*[({]")


def phrases() -> Mapping[str, tuple[str, ...]]:
    """The phrases of each intent as the repository has them, in the order of its files."""
    files = sorted((published.ROOT / FOLDER).glob("*.yml"))
    return _phrases(tuple((path, published.stamp(path)) for path in files))


@lru_cache(maxsize=2)
def _phrases(files: tuple[tuple[Path, published.Stamp], ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path, _ in files:
        for intent, phrase in _read(path):
            found.setdefault(intent, []).append(phrase)
    return {intent: tuple(dict.fromkeys(of)) for intent, of in found.items()}


def _read(path: Path) -> Iterator[tuple[str, str]]:
    intent = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if begun := _INTENT.match(line):
            intent = begun[1]
        elif intent and (said := _PHRASE.match(line)):
            yield intent, said[2]


def lines(text: str) -> tuple[str, ...]:
    """A document's phrases: one a line, each once, without the blanks around."""
    stripped = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in stripped if line))


def problem(intent: str, text: str) -> str:
    """Why a model cannot be taught a topic by these; "" where it can.

    :param text: a phrase a line.
    """
    said = lines(text)
    if len(said) < FEWEST:
        return f"нужно хотя бы {FEWEST} фраз, по одной в строке"
    if long := next((phrase for phrase in said if len(phrase) > _LONGEST), ""):
        return f"«{long[:40]}…»: фраза длиннее {_LONGEST} знаков"
    if marked := next((phrase for phrase in said if _MARKED.search(phrase)), ""):
        return f"«{marked}»: фраза как её пишет клиент, без скобочной разметки"
    elsewhere = {
        phrase.casefold(): topic for topic in phrases() if topic != intent for phrase in now(topic)
    }
    for phrase in said:
        if topic := elsewhere.get(phrase.casefold()):
            return f"«{phrase}» уже учит теме «{topic}»: сначала уберите там"
    return ""


def now(intent: str) -> tuple[str, ...]:
    """What was published of an intent last, else what the files have."""
    text = published.text_of(f"{FOLDER}#{intent}")
    return phrases()[intent] if text is None else lines(text)


def write(folder: Path, intent: str, said: Sequence[str]) -> None:
    """Let the files of a folder teach an intent by these phrases, and leave all else as it is.

    New phrases go below the last of the file that has most of the intent's.

    :param folder: data/nlu, or a copy of it.
    :raises OSError: a file cannot be written.
    """
    wanted, had = set(said), set[str]()
    counts: dict[Path, int] = {}
    for path in sorted(folder.glob("*.yml")):
        here = [phrase for topic, phrase in _read(path) if topic == intent]
        if here:
            counts[path] = len(here)
            had.update(here)
    if not counts:
        return
    home = max(counts, key=lambda path: counts[path])
    fresh = [phrase for phrase in said if phrase not in had]
    for path in counts:
        before = path.read_text(encoding="utf-8")
        after = _with(before, intent, wanted, fresh if path == home else [])
        if after != before:
            path.write_text(after, encoding="utf-8")


def _with(text: str, intent: str, wanted: set[str], fresh: Sequence[str]) -> str:
    """The text of a file that has phrases of the intent."""
    kept: list[str] = []
    inside, indent, end = False, "      ", 0
    for line in text.splitlines():
        if begun := _INTENT.match(line):
            inside = begun[1] == intent
        elif inside and (said := _PHRASE.match(line)):
            indent, end = said[1], len(kept)
            if said[2] not in wanted:
                continue
            end += 1
        kept.append(line)
    kept[end:end] = [f"{indent}- {phrase}" for phrase in fresh]
    return "\n".join(kept) + "\n"
