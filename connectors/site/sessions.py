"""Sessions of the site's chat: ids that only this server issues, each for one dialog.

`<dialog's random part>.<when issued>.<signature>`: whoever holds one may read and continue that
dialog, nobody can make one up, and none leads to another's (docs/adr/0010-session-ids.md).
"""

import contextlib
import hmac
import os
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

from connectors.settings import WrongSetting

#: What a dialog of the site begins with; callers of other channels cannot choose such an id.
PREFIX = "web:"
_RANDOM_BYTES = 16


class Sessions:
    """Issues and reads session ids.

    :param keys: the newest first; it signs, the older ones are still believed.
    :param lasts_s: seconds after which an id is worth nothing.
    """

    def __init__(
        self, keys: Sequence[str], *, lasts_s: float, now: Callable[[], float] = time.time
    ) -> None:
        self._keys = [key.encode() for key in keys]
        self._lasts_s = lasts_s
        self._now = now

    def issue(self) -> tuple[str, str]:
        """A new dialog: its session id, and its own id."""
        name = secrets.token_urlsafe(_RANDOM_BYTES)
        signed = f"{name}.{int(self._now()):x}"
        return f"{signed}.{_signature(self._keys[0], signed)}", PREFIX + name

    def dialog_of(self, session_id: object) -> str | None:
        """The dialog that a session id opens; None: it is not ours, forged or too old."""
        if not isinstance(session_id, str) or not session_id.isascii():
            return None
        signed, _, signature = session_id.rpartition(".")
        name, _, issued = signed.partition(".")
        if not any(hmac.compare_digest(_signature(key, signed), signature) for key in self._keys):
            return None
        if self._now() - int(issued, 16) > self._lasts_s:
            return None
        return PREFIX + name


def session_keys(configured: str, var: Path) -> list[str]:
    """The keys of `SESSION_KEYS`, else one that is made once and kept in `var`.

    :param configured: keys with commas between, the newest first.
    :raises WrongSetting: the kept one is empty.
    """
    if keys := [key.strip() for key in configured.split(",") if key.strip()]:
        return keys
    path = var / "session.key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        whole = var / f"session.key.{os.getpid()}"
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        # Several servers may begin at once: the first one's key is everybody's.
        with contextlib.suppress(FileExistsError):
            os.link(whole, path)
        whole.unlink()
    key = path.read_text(encoding="ascii").strip()
    if not key:  # a full disk: with no key anybody could sign
        raise WrongSetting(f"{path} пуст: удалите его, и ключ будет создан заново")
    return [key]


def _signature(key: bytes, signed: str) -> str:
    digest = hmac.new(key, signed.encode(), "sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
