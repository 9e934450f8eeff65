"""Signatures of Standard Webhooks (github.com/standard-webhooks, spec 1.0): `v1`, HMAC-SHA256."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: one for each secret, with spaces between.

    :param secrets: `whsec_…`.
    :param timestamp: seconds since 1970.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_sign(secret, signed)}" for secret in secrets)


def _sign(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
