"""The secret that the processes of one bot show each other."""

import os
import secrets
from pathlib import Path


def internal_token(var: Path) -> str:
    """The token of this `optfm_var`, made at the first start and kept for the next ones.

    :param var: the folder of run-time files; the file is readable by its owner only.
    """
    path = var / "internal.token"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        token = secrets.token_urlsafe(32)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token)
        return token
