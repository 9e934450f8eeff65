"""`GET /metrics` and `GET /health` of a process that serves nothing else."""

import hmac
import ipaddress
import logging
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

log = logging.getLogger(__name__)


def may_read(peer: str, authorization: str, token: str) -> bool:
    """Whether a caller may read the metrics: one on this machine, or one that shows the token.

    :param peer: the caller's network address, no proxy's header.
    :param authorization: the header of that name, or "".
    :param token: METRICS_TOKEN; empty: this machine only.
    """
    if authorization:
        shown, wanted = authorization.encode(), f"Bearer {token}".encode()
        return bool(token) and hmac.compare_digest(shown, wanted)
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def serve_metrics(
    host: str,
    port: int,
    registry: CollectorRegistry,
    *,
    token: str,
    healthy: Callable[[], bool] = lambda: True,
) -> ThreadingHTTPServer | None:
    """Answer on a thread of its own until the process ends.

    :param host: where to listen: 127.0.0.1, or 0.0.0.0 in a container.
    :param token: METRICS_TOKEN.
    :param healthy: whether the process does its work now.
    :returns: the server; None where the port is taken: the process's work is worth more than its
        numbers, so that is a line in the log.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/health":
                well = healthy()
                self._answer(200 if well else 503, b"ok\n" if well else b"not working\n")
            elif self.path != "/metrics":
                self._answer(404, b"/metrics, /health\n")
            elif may_read(self.client_address[0], self.headers.get("authorization", ""), token):
                self._answer(200, generate_latest(registry), CONTENT_TYPE_LATEST)
            else:
                self._answer(401, b"METRICS_TOKEN is needed: Authorization: Bearer ...\n")

        def _answer(self, status: int, body: bytes, content_type: str = "text/plain") -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Scrapes are no news."""

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except OSError as exc:
        log.warning("no /metrics on port %s: %s", port, exc.strerror)
        return None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
