"""A manager's file for a customer: which are taken, and what of them goes into the answer."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from common.kept_files import keep
from optfm.desk import files

#: Telegram takes 50 MB of a bot; a customer in a workshop is on a phone.
LARGEST_BYTES = 20 * 2**20
#: Telegram shows no larger picture as one.
_LARGEST_PHOTO = 5 * 2**20
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class _Kind:
    mime: str
    begins: tuple[tuple[int, bytes], ...]  #: any of them: where, and with what
    shown_as: str = "document"


_ZIP, _OLE = ((0, b"PK\x03\x04"),), ((0, b"\xd0\xcf\x11\xe0"),)
_OFFICE = "application/vnd.openxmlformats-officedocument."
#: What customers can open. A program, a page, a file with macros is none of them.
_KINDS = {
    ".jpg": _Kind("image/jpeg", ((0, b"\xff\xd8\xff"),), "photo"),
    ".jpeg": _Kind("image/jpeg", ((0, b"\xff\xd8\xff"),), "photo"),
    ".png": _Kind("image/png", ((0, b"\x89PNG\r\n\x1a\n"),), "photo"),
    ".webp": _Kind("image/webp", ((8, b"WEBP"),)),
    ".gif": _Kind("image/gif", ((0, b"GIF8"),)),
    ".pdf": _Kind("application/pdf", ((0, b"%PDF-"),)),
    ".xlsx": _Kind(f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ".docx": _Kind(f"{_OFFICE}wordprocessingml.document", _ZIP),
    ".xls": _Kind("application/vnd.ms-excel", _OLE),
    ".doc": _Kind("application/msword", _OLE),
    ".zip": _Kind("application/zip", _ZIP),
    ".mp4": _Kind("video/mp4", ((4, b"ftyp"),), "video"),
    ".csv": _Kind("text/csv", ()),
    ".txt": _Kind("text/plain", ()),
}
#: Of the field in a page.
ACCEPTED = ",".join(_KINDS)


class FileNotTaken(ValueError):
    """Its message tells the manager why, in one sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attached:
    """A file that lies on the server."""

    url: str  #: below the server's root: `/files/…`
    name: str  #: as the customer sees it
    size: int  #: bytes
    kind: str  #: "photo", "video" or "document"
    mime: str

    @property
    def words(self) -> str:
        """What an answer says that has nothing but the file."""
        return f"Файл: {self.name}"

    def custom(self) -> dict[str, Any]:
        """As the channels send it and the dialog keeps it."""
        return {
            "file": {
                "kind": self.kind, "name": self.name, "size": self.size, "mime": self.mime,
                "url": self.url,
            }
        }  # fmt: skip


def attach(var: Path, dialog: str, name: str, content: bytes) -> Attached:
    """Keep a file for an answer.

    :param var: OPTFM_VAR.
    :param name: as a browser gave it.
    :raises FileNotTaken: too large, empty, of another kind, or not what its name says.
    """
    name = _clean(name)
    suffix = PurePosixPath(name).suffix.lower()
    kind = _KINDS.get(suffix)
    if kind is None:
        raise FileNotTaken(
            "Такой файл клиенту не отправить: подойдут фото, PDF, Excel, Word, csv, txt, zip, mp4."
        )
    if not content:
        raise FileNotTaken(f"Файл «{name}» пустой.")
    if len(content) > LARGEST_BYTES:
        raise FileNotTaken(
            f"Файл «{name}» больше {LARGEST_BYTES // 2**20} МБ: сожмите его или дайте ссылку."
        )
    if not _is(kind, content):
        raise FileNotTaken(f"Файл «{name}» внутри не {suffix[1:]}: сохраните его заново.")
    url = keep(var, dialog, content, suffix=suffix)
    return _attached(url, name, len(content), kind)


def attached_before(var: Path, dialog: str, url: str, name: str) -> Attached | None:
    """A file that `attach` kept for the same dialog; None: it is not there."""
    found = files.find(var, url.rpartition("/")[2])
    if found is None or found.parent.name != quote(dialog, safe=""):
        return None
    kind = _KINDS.get(found.suffix)
    if kind is None:
        return None
    return _attached(f"/files/{found.name}", _clean(name), found.stat().st_size, kind)


def _attached(url: str, name: str, size: int, kind: _Kind) -> Attached:
    shown_as = kind.shown_as
    if shown_as == "photo" and size > _LARGEST_PHOTO:
        shown_as = "document"
    return Attached(url=url, name=name, size=size, kind=shown_as, mime=kind.mime)


def _is(kind: _Kind, content: bytes) -> bool:
    """Whether a file begins as its kind does; a text has no zero in it."""
    if not kind.begins:
        return b"\0" not in content[:4096]
    return any(content[at : at + len(mark)] == mark for at, mark in kind.begins)


def _clean(name: str) -> str:
    """The last part of a name without what turns or hides its letters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    stem, dot, suffix = " ".join(shown.split()).rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}{dot}{suffix[:10]}"
