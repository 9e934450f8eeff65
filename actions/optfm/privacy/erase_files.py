"""One person's lines in the log files of a running bot, and the files he sent."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from optfm.privacy.person import Person

#: A writer that looked at the old file just before the switch has written by then.
_LAST_WORDS_S = 0.3
_UNFINISHED = ".erasing"
#: connectors/server/log.py looks before each line whether its file is still the one of that name.
_REOPENED = ("app.log", "error.log")

IsHis = Callable[[bytes], bool]


def erase_lines(person: Person, logs: Path, *, rehearse: bool = False) -> dict[str, int]:
    """Rewrite each log file without the lines about a person: of his dialogs, or with his contacts.

    :param rehearse: only count.
    :returns: lines a file, of files that had any.
    """
    his = _is_his(person)
    counts: dict[str, int] = {}
    for path in log_files(logs):
        with path.open("rb") as file:
            count = sum(his(line) for line in file)
        if count:
            counts[f"logs/{path.name}"] = count if rehearse else rewrite(path, his)
    return counts


def erase_sent_files(person: Person, var: Path, *, rehearse: bool = False) -> int:
    """Remove what a person sent: photos, voice, documents; how many files that were."""
    count = len(sent_files(person, var))
    if not rehearse:
        for dialog in person.dialogs:
            shutil.rmtree(_folder(dialog, var), ignore_errors=True)
    return count


def sent_files(person: Person, var: Path) -> list[Path]:
    """What a person sent."""
    folders = (_folder(dialog, var) for dialog in sorted(person.dialogs))
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def _folder(dialog: str, var: Path) -> Path:
    return var / "files" / quote(dialog, safe="")


def lines_of(person: Person, logs: Path) -> Iterator[dict[str, str]]:
    """The lines about a person, for an export: file and text."""
    his = _is_his(person)
    for path in log_files(logs):
        with path.open("rb") as file:
            for line in file:
                if his(line):
                    yield {"file": path.name, "line": line.decode("utf-8", "replace").strip()}


def log_files(logs: Path) -> list[Path]:
    """The logs, the rotated ones among them."""
    files = sorted(logs.glob("*.log*")) if logs.is_dir() else []
    return [path for path in files if path.is_file() and not path.name.endswith(_UNFINISHED)]


def rewrite(path: Path, unwanted: Callable[[bytes], bool]) -> int:
    """Take lines out of a log file beside a running writer; how many."""
    return (_replace if path.name in _REOPENED else _rewrite)(path, unwanted)


def _replace(path: Path, unwanted: Callable[[bytes], bool]) -> int:
    """By a clean copy in its place; what was written to the old file meanwhile is carried over."""
    clean = path.with_name(path.name + _UNFINISHED)
    with path.open("rb") as old, clean.open("wb") as new:
        erased = _copy(old, new, unwanted)
        new.flush()
        os.fsync(new.fileno())
        mode = os.fstat(old.fileno())
        os.chmod(clean, mode.st_mode & 0o777)
        if os.geteuid() == 0:
            os.chown(clean, mode.st_uid, mode.st_gid)
        clean.replace(path)
        time.sleep(_LAST_WORDS_S)
        with path.open("ab") as late:  # the writers append to it, too
            return erased + _copy(old, late, unwanted)


def _rewrite(path: Path, unwanted: Callable[[bytes], bool]) -> int:
    """In place: a program that was started with this file as its output appends to this one."""
    with path.open("r+b") as file:
        lines = file.readlines()
        kept = [line for line in lines if not unwanted(line)]
        kept += file.readlines()  # written meanwhile
        file.seek(0)
        file.truncate()
        file.writelines(kept)
    return sum(unwanted(line) for line in lines)


def _copy(old: IO[bytes], new: IO[bytes], unwanted: Callable[[bytes], bool]) -> int:
    erased = 0
    for line in old:
        if unwanted(line):
            erased += 1
        else:
            new.write(line)
    return erased


def _is_his(person: Person) -> IsHis:
    ids = [re.escape(json.dumps(dialog, ensure_ascii=False).encode()) for dialog in person.dialogs]
    dialogs = re.compile(b"|".join(ids)) if ids else None
    phones = person.numbers()

    def his(line: bytes) -> bool:
        if dialogs and dialogs.search(line):
            return True
        said = line.decode("utf-8", "replace").lower()
        digits = re.sub(r"[ ()+.\u00a0-]", "", said)
        return any(phone in digits for phone in phones) or any(
            mail in said for mail in person.emails
        )

    return his
