"""A file that a customer has sent, where the connectors keep it."""

import re
from pathlib import Path
from urllib.parse import quote

_KEPT = re.compile(r"/files/([\w-]{43}(?:\.[a-z0-9]{1,8})?)", re.ASCII)


def content_of(folder: Path, dialog: str, path: str) -> bytes:
    """The bytes of a file.

    :param folder: OPTFM_VAR.
    :param path: below the server's root, as the message tells it.
    :raises OSError: it is not there.
    """
    kept = _KEPT.fullmatch(path)
    if kept is None:
        raise FileNotFoundError(path)
    return (folder / "files" / quote(dialog, safe="") / kept[1]).read_bytes()
