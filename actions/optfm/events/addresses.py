"""Connections to addresses that others named: never into the own network, unless it is allowed.

The name is resolved here, and what was looked at is what is connected to: a second answer of the
name server changes nothing.
"""

import socket
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

#: IPv6 that carries an IPv4 address inside: it may lead anywhere.
_CARRIERS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class NotAllowed(Exception):
    """An address that is not called; the words are for the staff."""


class Allowed:
    """What may be called.

    :param inner: hosts, addresses and networks of the own network that may be called, too, also
        without TLS.
    """

    def __init__(self, inner: Iterable[str]) -> None:
        self._hosts = frozenset(name.lower() for name in inner)
        self._networks = [network for name in self._hosts if (network := _network(name))]

    def check(self, url: str) -> None:
        """Whether an address can be called at all, without asking a name server.

        :raises NotAllowed: no https, a password in it, or a literal address of an own network.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as exc:
            raise NotAllowed("это не адрес: нужен https://…") from exc
        if not host or parts.scheme not in ("http", "https"):
            raise NotAllowed("это не адрес: нужен https://…")
        if parts.username is not None or parts.password is not None:
            raise NotAllowed("имя и пароль в адресе не принимаются")
        if parts.scheme == "http" and not self.is_inner(host):
            raise NotAllowed("нужен https://… (http — только для адресов из WEBHOOK_INNER_HOSTS)")
        literal = _address(host)
        if literal is not None and not self._may(literal):
            raise NotAllowed("адрес внутренней сети; разрешает WEBHOOK_INNER_HOSTS")
        if host.lower() in ("localhost",) and not self.is_inner(host):
            raise NotAllowed("адрес внутренней сети; разрешает WEBHOOK_INNER_HOSTS")

    def is_inner(self, host: str) -> bool:
        """Whether the owner has allowed this host by its name or by its address."""
        literal = _address(host)
        return host.lower() in self._hosts or (
            literal is not None and any(literal in network for network in self._networks)
        )

    def resolve(self, host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
        """The addresses of a host that may be called: family and socket address.

        :raises NotAllowed: it has others, too, or only others.
        :raises OSError: nobody knows the host.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        if not self.is_inner(host):
            for _, _, _, _, where in found:
                if not self._may(ip_address(str(where[0]).partition("%")[0])):
                    raise NotAllowed(f"{host} ведёт во внутреннюю сеть")
        return [(family, where) for family, _, _, _, where in found]

    def _may(self, address: IPv4Address | IPv6Address) -> bool:
        if any(address in network for network in self._networks):
            return True
        mapped = getattr(address, "ipv4_mapped", None)
        if mapped is not None:
            return self._may(mapped)
        if any(address in carrier for carrier in _CARRIERS if carrier.version == address.version):
            return False
        return address.is_global and not address.is_multicast


def pool(allowed: Allowed) -> urllib3.PoolManager:
    """Connections that go only where they may; no proxy, no redirect."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(allowed, self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(allowed, self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(num_pools=50)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _connect(allowed: Allowed, connection: HTTPConnection) -> socket.socket:
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else 5.0
    failure: OSError | None = None
    for family, where in allowed.resolve(connection.host, connection.port or 443):
        attempt = socket.socket(family, socket.SOCK_STREAM)
        attempt.settimeout(timeout)
        try:
            attempt.connect(where)
        except OSError as exc:
            attempt.close()
            failure = exc
        else:
            return attempt
    raise urllib3.exceptions.NewConnectionError(connection, f"нет соединения: {failure}")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        pass
    try:  # 127.1, 0x7f000001 and 2130706433 are addresses to the system, too
        return ip_address(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return None


def _network(name: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(name, strict=False)
    except ValueError:
        return None
