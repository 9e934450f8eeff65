"""Proxies of offices that stand between a visitor and the bot."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_UPGRADE = b"upgrade: websocket"


@contextmanager
def proxy_without_websockets(port: int, *, swallows: bool) -> Iterator[str]:
    """Carries TCP to a local port, but for websockets; gives its own address.

    :param swallows: a websocket is held and never answered, else its connection is ended.
    """
    held: list[socket.socket] = []

    def carry(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for side in (source, target):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def take(customer: socket.socket) -> None:
        with contextlib.suppress(OSError):
            first = customer.recv(65536)
            if _UPGRADE in first.lower():
                if not swallows:
                    customer.close()
                return
            server = socket.create_connection(("127.0.0.1", port))
            held.append(server)
            # Only the first request of a connection is looked at: a websocket has its own.
            server.sendall(first)
            threading.Thread(target=carry, args=(server, customer), daemon=True).start()
            carry(customer, server)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                customer, _ = listener.accept()
                held.append(customer)
                threading.Thread(target=take, args=(customer,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        for one in held:
            one.close()
