"""A push service that takes nothing but what the RFCs allow, and the browsers behind it.

RFC 8030 (the request), 8188 and 8291 (the body, opened here by hand), 8292 (who sends).
"""

import base64
import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_CURVE = ec.SECP256R1()
_LARGEST = 4096


def letters(raw: bytes) -> str:
    """base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    """Back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hmac(key: bytes, data: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(data)
    return made.finalize()


@dataclass
class Browser:
    """Who subscribed: its keys, and what it can open."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(_CURVE))
    auth: bytes = b"sixteen bytes of"

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self) -> dict[str, str]:
        """As its page sends it."""
        return {"endpoint": self.endpoint, "p256dh": letters(self.public),
                "auth": letters(self.auth)}  # fmt: skip

    def opened(self, body: bytes) -> Any:
        """The JSON in a message (RFC 8291, 3.4; one record)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert length == 65 and len(record) <= size
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, sender)
        )
        info = b"WebPush: info\0" + self.public + sender
        material = _hmac(_hmac(self.auth, shared), info + b"\1")
        drawn = _hmac(salt, material)
        secret = _hmac(drawn, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = _hmac(drawn, b"Content-Encoding: nonce\0\1")[:12]
        plain = AESGCM(secret).decrypt(nonce, record, None).rstrip(b"\0")
        assert plain.endswith(b"\2"), "the last record ends with its sign"
        return json.loads(plain[:-1])


@dataclass(frozen=True)
class Taken:
    """A message that was taken."""

    browser: Browser
    told: dict[str, str]
    headers: dict[str, str]
    contact: str


class PushService(ThreadingHTTPServer):
    """Runs from its making to `close`.

    `answers`: statuses, with headers, of the next posts that are right; 201 without any.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.taken: list[Taken] = []
        self.refused: list[str] = []
        self.browsers: dict[str, Browser] = {}
        #: The key with which browsers subscribe.
        self.shop_key = ""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def browser(self) -> Browser:
        """A new one."""
        path = f"/send/{len(self.browsers)}-{time.time_ns()}"
        made = Browser(self.origin + path)
        self.browsers[path] = made
        return made

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def wrong(self, headers: dict[str, str], body: bytes) -> tuple[int, str] | None:
        """What a service would refuse."""
        if not re.fullmatch(r"\d+", headers.get("ttl", "")):
            return 400, "TTL (RFC 8030, 5.2)"
        if headers.get("urgency") not in ("very-low", "low", "normal", "high", None):
            return 400, "Urgency (5.3)"
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("topic", "x")):
            return 400, "Topic (5.4)"
        if headers.get("content-encoding") != "aes128gcm":
            return 415, "Content-Encoding (RFC 8291, 4)"
        if len(body) > _LARGEST:
            return 413, "larger than 4,096 bytes"
        return self._unknown(headers.get("authorization", ""))

    def _unknown(self, shown: str) -> tuple[int, str] | None:
        found = re.fullmatch(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", shown)
        if not found:
            return 401, "vapid t=…, k=… (RFC 8292, 3)"
        head, claims, signature, key = found.groups()
        if key != self.shop_key:
            return 403, "the key is not the subscription's (4.2)"
        signed, told = raw(signature), json.loads(raw(claims))
        point = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, raw(key))
        pair = int.from_bytes(signed[:32], "big"), int.from_bytes(signed[32:], "big")
        try:
            if len(signed) != 64:
                raise InvalidSignature
            point.verify(
                encode_dss_signature(*pair), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
            )
        except InvalidSignature:
            return 403, "the signature"
        if json.loads(raw(head)) != {"typ": "JWT", "alg": "ES256"}:
            return 403, "the algorithm (2)"
        if told["aud"] != self.origin:
            return 403, "aud (2)"
        if not time.time() < told["exp"] <= time.time() + 24 * 3600:
            return 403, "exp (2)"
        if not told.get("sub", "").startswith(("mailto:", "https://")):
            return 403, "sub (2.1)"
        self.contact = told["sub"]
        return None


class _Handler(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers["content-length"]))
        browser = self.server.browsers.get(self.path)
        if browser is None:
            self._say(404, {})
        elif wrong := self.server.wrong(headers, body):
            self.server.refused.append(wrong[1])
            self._say(wrong[0], {})
        elif self.server.answers:
            self._say(*self.server.answers.pop(0))
        else:
            told = browser.opened(body)
            self.server.taken.append(Taken(browser, told, headers, self.server.contact))
            self._say(201, {"Location": self.server.origin + "/message/1"})

    def _say(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass
