"""Origins as an owner writes them, and as a browser names them: `WIDGET_ORIGINS`.

A browser says `https://xn--80ak6aa.xn--p1ai:8443`: small letters, an international name in ASCII,
no standard port, no path. An owner writes what stands in his address bar.
"""

import functools
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_SEPARATORS = re.compile(r"[\s,;]+")
_QUOTES = "\"'«»“”"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_STANDARD_PORTS = {"http": 80, "https": 443}
_EXAMPLE = "пример: https://shop.ru, https://*.shop.ru"


class WrongOrigin(ValueError):
    """No browser would ever name such an origin; the words are for the owner."""


@dataclass(frozen=True)
class Origin:
    """One origin, or all below a domain."""

    scheme: str
    host: str  #: ASCII, small letters
    port: int
    below: bool = False  #: the host's subdomains rather than itself

    def covers(self, other: "Origin") -> bool:
        """Whether pages of the other one are meant."""
        if (self.scheme, self.port) != (other.scheme, other.port):
            return False
        return other.host.endswith(f".{self.host}") if self.below else self.host == other.host


@functools.lru_cache(maxsize=64)
def read_origins(text: str) -> tuple[Origin, ...] | None:
    """The origins of a setting, each once.

    :param text: with commas, semicolons, blanks or lines between; without a scheme both are meant.
    :returns: None for `*`: every page may.
    :raises WrongOrigin: a part that can match no page.
    """
    parts = [part.strip(_QUOTES) for part in _SEPARATORS.split(text.strip()) if part.strip(_QUOTES)]
    if "*" in parts:
        return None
    return tuple(dict.fromkeys(origin for part in parts for origin in _read(part)))


def origin_of(text: str) -> Origin | None:
    """What a browser names, None where it is no origin of a page (`null`, an extension's)."""
    if not _SCHEME.match(text):
        return None
    try:
        (origin,) = _read(text)
    except WrongOrigin:
        return None
    return None if origin.below else origin


def _read(part: str) -> list[Origin]:
    scheme = _SCHEME.match(part)
    if scheme and scheme[1].lower() not in _STANDARD_PORTS:
        raise WrongOrigin(f"«{part}»: страницы бывают http:// и https://; {_EXAMPLE}")
    schemes = [scheme[1].lower()] if scheme else ["https", "http"]
    rest = part[scheme.end() :] if scheme else part.removeprefix("//")
    try:
        address = urlsplit(f"https://{rest}")
        port, host = address.port, address.hostname or ""
    except ValueError:
        raise WrongOrigin(f"«{part}» не адрес сайта; {_EXAMPLE}") from None
    if "@" in address.netloc or port == 0:
        raise WrongOrigin(f"«{part}» не адрес сайта; {_EXAMPLE}")
    below = host.startswith("*.")
    host = _ascii(host.removeprefix("*."), part)
    if below and ("." not in host or _is_address(host)):
        raise WrongOrigin(f"«{part}»: после *. нужен домен сайта; {_EXAMPLE}")
    return [Origin(name, host, port or _STANDARD_PORTS[name], below) for name in schemes]


def _ascii(host: str, part: str) -> str:
    """:raises WrongOrigin: no machine has such a name."""
    if _is_address(host):
        return host
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    labels = name.split(".")
    # A number at the end is an address with a mistake in it.
    if not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit() or len(name) > 253:
        raise WrongOrigin(f"«{part}» не адрес сайта; {_EXAMPLE}")
    return name


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
