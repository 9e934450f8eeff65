"""Files of dialogs on the server's disk, each below an address that nobody guesses."""

import re
import secrets
from pathlib import Path
from urllib.parse import quote

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)


def keep(folder: Path, dialog: str, content: bytes, *, suffix: str = "") -> str:
    """Keep a file.

    :param folder: OPTFM_VAR.
    :param suffix: of its name, with the dot; one that is no plain suffix is left out.
    :returns: its path below the server's root: `/files/…`.
    :raises OSError: the disk does not take it.
    """
    token, place = address(folder, dialog)
    suffix = suffix.lower()
    kept = token + (suffix if _SUFFIX.fullmatch(suffix) else "")
    (place / kept).write_bytes(content)
    return f"/files/{kept}"


def address(folder: Path, dialog: str) -> tuple[str, Path]:
    """A name that nobody guesses, and the folder of a dialog, which an erasure looks for."""
    place = folder / "files" / quote(dialog, safe="")
    place.mkdir(parents=True, exist_ok=True)
    return secrets.token_urlsafe(32), place
