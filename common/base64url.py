"""Bytes in addresses, headers and JSON: base64url without padding (RFC 7515, appendix C)."""

import base64
import re

_LETTERS = re.compile(r"[A-Za-z0-9_-]*")


def encoded(raw: bytes) -> str:
    """The letters of some bytes."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes; padding may stand there or not.

    :raises ValueError: anything but letters of this alphabet.
    """
    bare = text.rstrip("=")
    if not _LETTERS.fullmatch(bare) or len(bare) % 4 == 1:
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
