"""A file that browsers ask for again and again: compressed once, not sent where they have it."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, raw

#: What every page and file of ours says; pages run no script and no style but our own files.
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
#: Browsers look for a new version after five minutes; until they have it the old one serves.
_CACHED = "public, max-age=300, stale-while-revalidate=86400"


@dataclass(frozen=True, kw_only=True)
class Static:
    """A file as it is served.

    :param tag: the same for the same bytes (an HTTP entity tag).
    """

    content: bytes
    packed: bytes  #: by gzip
    content_type: str
    tag: str
    headers: dict[str, str]

    @classmethod
    def of(cls, content: bytes, content_type: str, **headers: str) -> "Static":
        """Compress it and name its version.

        :param headers: further ones, underscores for hyphens.
        """
        return cls(
            content=content,
            packed=gzip.compress(content, 9, mtime=0),
            content_type=content_type,
            tag=hashlib.sha256(content).hexdigest()[:20],
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    @classmethod
    def read(cls, path: Path, content_type: str, **headers: str) -> "Static":
        """The same of a file.

        :raises OSError: it cannot be read.
        """
        return cls.of(path.read_bytes(), content_type, **headers)

    def response(self, request: Request) -> HTTPResponse:
        """What answers the request: the file, or that the browser's copy is as good."""
        headers = {
            **SECURITY,
            "Cache-Control": _CACHED,
            "ETag": f'"{self.tag}"',
            "Vary": "Accept-Encoding",
            **self.headers,
        }
        # A proxy that compresses by itself makes the tag a weak one: W/"…".
        if self.tag in request.headers.get("if-none-match", ""):
            return raw(b"", status=304, headers=headers)
        if not _takes_gzip(request.headers.get("accept-encoding", "")):
            return raw(self.content, headers=headers, content_type=self.content_type)
        headers["Content-Encoding"] = "gzip"
        return raw(self.packed, headers=headers, content_type=self.content_type)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        name, _, options = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return options.replace(" ", "") not in ("q=0", "q=0.0")
    return False
