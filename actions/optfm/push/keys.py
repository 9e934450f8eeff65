"""The key by which push services and browsers know this shop (VAPID, RFC 8292)."""

import time
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from common.base64url import decoded, encoded

#: A signature holds for so long; services refuse more than a day.
_SIGNED_S = 12 * 3600


def new_private_key() -> str:
    """A key for the settings: 32 bytes, base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return encoded(number.to_bytes(32))


@cache
def public_key(private_key: str) -> str:
    """What a browser subscribes with: a point of the curve, 65 bytes, base64url.

    :raises ValueError: this is no key.
    """
    raw = decoded(private_key)
    if len(raw) != 32:
        raise ValueError("a key of 32 bytes is needed")
    private = ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
    return encoded(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


class Identity:
    """Who sends, as a push service reads it.

    :param private_key: as `new_private_key` makes it.
    :param contact: `mailto:…` or `https://…`, for the service's people.
    """

    def __init__(self, private_key: str, contact: str) -> None:
        self._vapid = Vapid02.from_raw(private_key.rstrip("=").encode())
        self._contact = contact

    def headers(self, endpoint: str) -> dict[str, str]:
        """What shows it to the service of an endpoint."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + _SIGNED_S,
            "sub": self._contact,
        }
        signed: dict[str, str] = self._vapid.sign(claims)
        return signed
