"""Files that visitors of the site send for a manager."""

from dataclasses import dataclass
from pathlib import PurePath

from connectors.inbox.incoming import Attachment

#: What a manager opens without fear, by the name's end: how Telegram is told of it, its type.
_KINDS = {
    "jpg": ("photo", "image/jpeg"),
    "jpeg": ("photo", "image/jpeg"),
    "png": ("photo", "image/png"),
    "webp": ("photo", "image/webp"),
    "gif": ("document", "image/gif"),
    "heic": ("document", "image/heic"),
    "pdf": ("document", "application/pdf"),
    "txt": ("document", "text/plain"),
    "csv": ("document", "text/csv"),
    "xls": ("document", "application/vnd.ms-excel"),
    "xlsx": (
        "document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "doc": ("document", "application/msword"),
    "docx": (
        "document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "mp4": ("video", "video/mp4"),
    "ogg": ("voice", "audio/ogg"),
    "mp3": ("document", "audio/mpeg"),
    "m4a": ("document", "audio/mp4"),
}
#: How files of these types begin; the rest is not looked into.
_MAGIC = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": b"GIF8",
    "application/pdf": b"%PDF-",
}
_LONGEST_NAME = 120


class WrongFile(ValueError):
    """A file that is not taken: the name of its text in texts.yml, and the HTTP status."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


@dataclass(frozen=True)
class Upload:
    """A file that is taken."""

    name: str
    kind: str
    mime: str
    content: bytes

    def kept_at(self, path: str) -> Attachment:
        """As a part of a message.

        :param path: where connectors.server.attachments keeps it.
        """
        return Attachment(
            kind=self.kind,
            path=path,
            file_name=self.name,
            mime=self.mime,
            size=len(self.content),
        )


def read_upload(name: str, content: bytes, *, largest: int) -> Upload:
    """Look at a file that was sent.

    :param name: as the visitor calls it.
    :param largest: bytes.
    :raises WrongFile: empty, too large, or of a kind that is not taken.
    """
    if not content:
        raise WrongFile("file_empty", 400)
    if len(content) > largest:
        raise WrongFile("file_too_large", 413)
    name = PurePath(name.replace("\\", "/")).name
    name = "".join(char for char in name if char.isprintable())[-_LONGEST_NAME:]
    known = _KINDS.get(name.rpartition(".")[2].lower())
    if known is None or not content.startswith(_MAGIC.get(known[1], b"")):
        raise WrongFile("file_kind", 415)
    return Upload(name=name, kind=known[0], mime=known[1], content=content)
