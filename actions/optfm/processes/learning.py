"""What the model has learnt of the phrases that staff published, and who lets it learn them.

A note beside the model says which phrases it was trained with; the files of the repository are not
touched. `teach` runs beside the bot as one command at a time, started by the launcher when the
desk asks for it.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine

from optfm.content import document, examples, publish
from optfm.content.documents import UnknownDocument
from optfm.content.revisions import Conflict, WrongContent, all_current
from optfm.errors import Refused
from optfm.processes.control import Launcher
from optfm.processes.training import MODEL
from optfm.settings import ROOT

log = logging.getLogger(__name__)

#: By document: what the staff published of it.
Phrases = Mapping[str, str]
_NOTE = "examples.json"
#: What gives phrases back that a model must not learn.
AUTHOR = "проверка"
#: A command that was asked for has begun by then, on a busy machine, too.
_BEGINS_WITHIN = timedelta(minutes=1)


class Unfit(Refused):
    """A model that customers must not meet: it does not train, or falls under a floor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Learning:
    """How far the published phrases have come."""

    state: Literal["learnt", "waits", "learns"]
    since: datetime | None = None  #: of what is under way
    failed: str = ""  #: why the last attempt came to nothing; "" where it did not


def published_phrases(connection: Connection) -> dict[str, str]:
    """The phrases that stand in place of the repository's."""
    return {
        revision.document: revision.text
        for revision in all_current(connection)
        if revision.document.startswith(f"{examples.FOLDER}#") and revision.text is not None
    }


def learnt(model: Path = MODEL) -> Phrases:
    """The published phrases that a model was trained with; none where somebody trained without."""
    note = _read(model.with_name(_NOTE))
    return last_taught(model) if note.get("model") == _digest(model) else {}


def last_taught(model: Path = MODEL) -> Phrases:
    """Those of the last model that was trained with any, whichever stands there now."""
    texts = _read(model.with_name(_NOTE)).get("phrases")
    return {str(n): str(t) for n, t in texts.items()} if isinstance(texts, dict) else {}


def keep(phrases: Phrases, model: Path = MODEL) -> None:
    """Note what a model was trained with.

    :raises OSError: the note cannot be written.
    """
    note = model.with_name(_NOTE)
    fresh = note.with_name(f"{_NOTE}.new")
    said = {"model": _digest(model), "phrases": dict(phrases)}
    fresh.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    fresh.replace(note)


def training_data(phrases: Phrases, var: Path) -> Path:
    """The folder to train from: the repository's, or a copy of it that says what was published.

    :raises OSError: the copy cannot be written.
    """
    if not phrases:
        return ROOT / "data"
    folder = var / "deploy" / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "data", folder)
    for name, text in phrases.items():
        intent = name.partition("#")[2]
        if wrong := _unfit(intent, text):
            log.error("%s is not taught: %s", name, wrong)
            continue
        examples.write(folder / "nlu", intent, examples.lines(text))
    return folder


def give_back(engine: Engine, phrases: Phrases, why: str, model: Path = MODEL) -> list[str]:
    """Publish again what the bot knows, in place of phrases that it must not learn.

    What somebody published since is left alone.

    :param phrases: that it was to learn.
    :returns: the documents.
    """
    known, gone = learnt(model), []
    for name, text in phrases.items():
        if known.get(name) == text:
            continue
        with engine.begin() as connection:
            there = next((r for r in all_current(connection) if r.document == name), None)
            if there is None or there.text != text:
                continue
            with contextlib.suppress(Conflict, WrongContent, UnknownDocument):
                publish(
                    connection, document(name), known.get(name),
                    author=AUTHOR, base=there.id, note=f"прежние фразы: {why}"[:300],
                )  # fmt: skip
                gone.append(name)
    return gone


def look(connection: Connection, var: Path, model: Path = MODEL) -> Learning:
    """How far the bot of this machine has come with what was published."""
    note = _read(_state(var))
    failed = str(note.get("failed", ""))
    began = note.get("since")
    since = datetime.fromisoformat(began) if isinstance(began, str) else None
    asked = since is not None and not failed and datetime.now(UTC) - since < _BEGINS_WITHIN
    if asked or _is_locked(var):
        return Learning(state="learns", since=since)
    if published_phrases(connection) == learnt(model):
        return Learning(state="learnt", failed=failed)
    return Learning(state="waits", failed=failed)


def ask(var: Path) -> None:
    """Let the launcher of the bot that runs on `var` start `teach`.

    :raises Refused: there is none, or another command is changing the bot.
    """
    with Launcher(var) as launcher:
        launcher.ask("learn")
    _state(var).parent.mkdir(parents=True, exist_ok=True)
    _write(_state(var), since=datetime.now(UTC).isoformat())


@contextlib.contextmanager
def under_way(var: Path) -> Iterator[None]:
    """While the block runs, the bot learns; how it ended is kept for the page.

    :raises Refused: it learns already.
    """
    path = _state(var)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise Refused("бот уже учится: подождите") from exc
        _write(path, since=datetime.now(UTC).isoformat(), failed="прервано")
        try:
            yield
        except Refused as exc:
            _write(path, failed=exc.message)
            raise
        _write(path, failed="")


def _unfit(intent: str, text: str) -> str:
    if intent not in examples.phrases():
        return "такой темы больше нет"
    return examples.problem(intent, text)


def _state(var: Path) -> Path:
    return var / "deploy" / "learning.json"


def _is_locked(var: Path) -> bool:
    try:
        with _state(var).open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _write(path: Path, **said: str) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _read(path: Path) -> dict[str, object]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _digest(model: Path) -> str:
    try:
        with model.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""
