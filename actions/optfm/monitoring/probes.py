"""Whether what the bot depends on answers, looked at once a minute and not at each scrape."""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography import x509
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from common import loops

log = logging.getLogger(__name__)

_EVERY_S, _PATIENCE_S = 60.0, 300.0
_TIMEOUT_S = 5.0


class Probes(Collector):
    """Values of questions that take their time, as they were last answered.

    :param asked: by a metric's name without `optfm_`: its help text, and how its value is found;
        None: it cannot be said now, and the metric is missing until it can.
    """

    def __init__(self, asked: Mapping[str, tuple[str, Callable[[], float | None]]]) -> None:
        self._asked = dict(asked)
        self._values: dict[str, float | None] = {}

    def start(self) -> None:
        """Look at everything now and once a minute, until the process ends."""
        threading.Thread(target=self._watch, name="probes", daemon=True).start()

    def look(self) -> None:
        """Ask each question once."""
        for name, (_, ask) in self._asked.items():
            try:
                self._values[name] = ask()
            except Exception:
                log.exception("the probe of %s failed", name)
                self._values[name] = None

    def describe(self) -> list[Metric]:
        """Nothing before the first scrape."""
        return []

    def collect(self) -> Iterator[Metric]:
        """What was found last."""
        for name, (words, _) in self._asked.items():
            if (value := self._values.get(name)) is not None:
                yield GaugeMetricFamily(f"optfm_{name}", words, value)

    def _watch(self) -> None:
        turning = loops.loop("probes", patience_s=_PATIENCE_S)
        while True:
            with turning.round():
                self.look()
            time.sleep(_EVERY_S)


def certificate_seconds_left(url: str) -> float | None:
    """Until the certificate at an https address ends; negative: it ended; None: no answer.

    The certificate is not judged, only read: one that is wrong is what this is for.

    :param url: PUBLIC_URL.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return None
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        address = (parts.hostname, parts.port or 443)
        with (
            socket.create_connection(address, _TIMEOUT_S) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except OSError:
        return None
    if shown is None:
        return None
    ends = x509.load_der_x509_certificate(shown).not_valid_after_utc
    return (ends - datetime.now(UTC)).total_seconds()
