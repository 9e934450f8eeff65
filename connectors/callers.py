"""Who calls an address that is not for everybody: this machine, or somebody with its token."""

import hmac
import ipaddress

from pydantic import SecretStr
from sanic.request import Request

#: Whoever comes through a proxy is not from this machine, whatever the socket says.
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


def bears_token(request: Request, token: SecretStr) -> bool:
    """Whether the request shows `Authorization: Bearer <token>`; never for an empty token."""
    wanted = token.get_secret_value()
    shown = request.headers.get("authorization", "")
    return bool(wanted) and hmac.compare_digest(shown.encode(), f"Bearer {wanted}".encode())


def is_local(request: Request) -> bool:
    """Whether the request was made on this machine, through no proxy, and shows no token."""
    if any(name in request.headers for name in ("authorization", *_PROXY_HEADERS)):
        return False
    try:
        return ipaddress.ip_address(request.ip).is_loopback
    except ValueError:  # a Unix socket has no address
        return False
