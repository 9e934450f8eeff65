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


def network_address(peer: str, forwarded: str, trusted: str) -> str:
    """The address that a request really comes from.

    :param peer: of the socket.
    :param forwarded: the header X-Forwarded-For, or "": addresses, some proxies add ports.
    :param trusted: TRUSTED_PROXIES; this machine is always one of them.
    :returns: the last hop that no proxy of ours is; "" where nothing of it is an address.
    """
    networks = [
        ipaddress.ip_network(part.strip(), strict=False)
        for part in trusted.split(",")
        if part.strip()
    ]
    found = ""
    for hop in (peer, *reversed(forwarded.split(",") if forwarded else ())):
        address = _address(hop)
        if address is None:  # made up, or a Unix socket: what stood after it counts
            return found
        found = str(address)
        if not (address.is_loopback or any(address in network for network in networks)):
            return found
    return found


def forwarded_for(request: Request) -> str:
    """The header X-Forwarded-For, also where a proxy added a line to a customer's own."""
    return ", ".join(request.headers.getall("x-forwarded-for", []))


def _address(hop: str) -> "ipaddress.IPv4Address | ipaddress.IPv6Address | None":
    """Of `198.51.100.7`, `198.51.100.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`."""
    host = hop.strip().strip('"')
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
