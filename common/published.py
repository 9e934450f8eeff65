"""Texts that were published in place of what a file of the repository says.

Whoever reads such a file asks here, so that a process that runs says what was published last. What
is published is kept in the database (actions/optfm/content); a follower of each process puts it
here. A name is the file's path from the root; a part of a file has `#` and its name behind it.
"""

import contextlib
import functools
import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
#: Changes with what a file says, as far as anybody can see without reading it.
Stamp = tuple[int, int] | str
Made = TypeVar("Made")

#: A file is looked at no more often: a price turn asks after dozens of them.
LOOK_S = 0.2

_published: dict[str, str] = {}
_version = 0
_tried: ContextVar[Mapping[str, str] | None] = ContextVar("tried", default=None)


def publish(texts: Mapping[str, str]) -> None:
    """From now on these stand in place of their files, and no others do."""
    global _published, _version
    _published, _version = dict(texts), _version + 1


def version() -> int:
    """How many times anything was published in this process."""
    return _version


@contextlib.contextmanager
def tried(texts: Mapping[str, str]) -> Iterator[None]:
    """Let this thread, and only it, read these texts as if they were published as well."""
    token = _tried.set({**(_tried.get() or {}), **texts})
    try:
        yield
    finally:
        _tried.reset(token)


def text_of(name: str) -> str | None:
    """What was published under a name; None: the file counts."""
    found = (_tried.get() or {}).get(name)
    return _published.get(name) if found is None else found


def read(path: Path) -> str:
    """What a file of the repository says now.

    :raises OSError: nothing was published, and the file cannot be read.
    :raises UnicodeDecodeError: the same, and it is no UTF-8.
    """
    found = text_of(name_of(path))
    return path.read_text(encoding="utf-8") if found is None else found


def stamp(path: Path) -> Stamp:
    """Differs once a file says something else, or is gone for a moment while an editor saves it."""
    found = text_of(name_of(path))
    if found is not None:
        return hashlib.sha256(found.encode()).hexdigest()
    try:
        seen = path.stat()
    except OSError:
        return (0, 0)
    return (seen.st_mtime_ns, seen.st_size)


@functools.lru_cache(maxsize=1_000)
def name_of(path: Path) -> str:
    """The name under which a file is published; a file outside of the repository has none."""
    try:
        return path.resolve().relative_to(ROOT).as_posix()
    except ValueError:
        return ""


class Following(Generic[Made]):
    """Something made of files, made anew once they say something else.

    A slip in a file of a running process leaves what was made before, and is logged once.

    :param make: from what the files say now; its first exception is raised.
    """

    def __init__(self, make: Callable[[], Made], *files: Path) -> None:
        self._make, self._files = make, files
        self._made: tuple[tuple[Stamp, ...], Made] | None = None
        self._tried: tuple[tuple[Stamp, ...], Made] | None = None
        self._looked: tuple[int, float] = (-1, 0.0)  # at which version, and when

    def __call__(self) -> Made:
        """What they say now; an edited file counts within `LOOK_S`, a publication at once."""
        made = self._made
        version, looked_at = self._looked
        looked_lately = version == _version and time.monotonic() < looked_at + LOOK_S
        if made is not None and looked_lately and _tried.get() is None:
            return made[1]
        self._looked = (_version, time.monotonic())
        now = tuple(map(stamp, self._files))
        if made is not None and made[0] == now:
            return made[1]
        if _tried.get() is not None:
            tried = self._tried
            if tried is None or tried[0] != now:
                self._tried = tried = (now, self._make())
            return tried[1]
        try:
            fresh = self._make()
        except Exception:
            if made is None:
                raise
            log.exception("%s: what it said before counts", self._files[0].name)
            fresh = made[1]
        self._made = (now, fresh)
        return fresh
