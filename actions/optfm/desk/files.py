"""Files of dialogs that this server keeps (connectors/server/attachments.py writes them)."""

import mimetypes
import re
from pathlib import Path

_NAME = re.compile(r"[\w-]{43}(?:\.[a-z0-9]{1,8})?", re.ASCII)
#: Shown by a browser; everything else is saved by it.
SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif")


def find(var: Path, name: str) -> Path | None:
    """A file by the last part of its address.

    :param var: OPTFM_VAR.
    """
    if not _NAME.fullmatch(name):
        return None
    return next((path for path in (var / "files").glob(f"*/{name}") if path.is_file()), None)


def kind_of(path: Path) -> tuple[str, bool]:
    """Its media type, and whether a browser may show it."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return kind, kind in SHOWN
