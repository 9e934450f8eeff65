"""`GET /metrics` for Prometheus: what this process counted, and what stands in the tables.

A message, an answer and a new dialog are counted here; calls of models, requests, the outbox and
the price list are written by other processes, so they are read from the database at each scrape.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import psycopg2
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from common import loops
from connectors.server.callers import bears_token, is_local
from connectors.settings import Settings, settings

logger = logging.getLogger(__name__)

# Else each has a second series, which nobody reads.
disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
_MESSAGES = Counter(
    "optfm_messages", "Messages in and out.", ["channel", "direction"], registry=_REGISTRY
)
_DIALOGS = Counter("optfm_dialogs", "Dialogs begun.", registry=_REGISTRY)
_ANSWERS = Counter("optfm_answers", "Turns by who answered.", ["source"], registry=_REGISTRY)
_APOLOGIES = Counter(
    "optfm_apologies",
    "Turns that ended in an apology: something of ours failed.",
    registry=_REGISTRY,
)
_REPLY = Histogram(
    "optfm_reply_seconds",
    "From a message taken to its answer.",
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 25),
    registry=_REGISTRY,
)

ProcessCollector(registry=_REGISTRY)

_SOURCES = ("faq", "price", "llm", "manager")
_Kind = type[CounterMetricFamily] | type[GaugeMetricFamily]

#: Each question gives (labels…, value) rows; a counter's name gets `_total` when it is printed.
_FAMILIES: tuple[tuple[_Kind, str, str, tuple[str, ...], str], ...] = (
    (
        CounterMetricFamily,
        "optfm_requests",
        "Requests of customers.",
        ("status",),
        "SELECT status, count(*) FROM requests GROUP BY status",
    ),
    (
        GaugeMetricFamily,
        "optfm_outbox_pending",
        "Notifications not yet delivered.",
        ("kind", "status"),
        "SELECT kind, status, count(*) FROM outbox WHERE status <> 'sent' GROUP BY kind, status",
    ),
    (
        GaugeMetricFamily,
        "optfm_price_list_age_seconds",
        "Since the day that the active price list names.",
        (),
        "SELECT extract(epoch FROM now() - list_date) FROM price_lists WHERE active",
    ),
    (
        CounterMetricFamily,
        "optfm_price_searches",
        "Price questions by engine and outcome.",
        ("engine", "answer"),
        "SELECT engine, answer, count(*) FROM price_searches GROUP BY engine, answer",
    ),
    (
        CounterMetricFamily,
        "optfm_llm_calls",
        "Calls of language models.",
        ("provider", "outcome"),
        "SELECT provider, outcome, count(*) FROM llm_calls GROUP BY provider, outcome",
    ),
    (
        CounterMetricFamily,
        "optfm_llm_tokens",
        "Tokens of language models.",
        ("provider", "kind"),
        "SELECT provider, 'in', sum(tokens_in) FROM llm_calls GROUP BY provider"
        " UNION ALL SELECT provider, 'out', sum(tokens_out) FROM llm_calls GROUP BY provider",
    ),
    (
        CounterMetricFamily,
        "optfm_llm_seconds",
        "Time spent waiting for language models.",
        ("provider",),
        "SELECT provider, sum(took_ms) / 1000.0 FROM llm_calls GROUP BY provider",
    ),
)


def message(channel: str, direction: str) -> None:
    """Count a message.

    :param direction: `in` or `out`.
    """
    _MESSAGES.labels(channel, direction).inc()


def replied(source: str, seconds: float) -> None:
    """Count a turn's answer.

    :param source: as in the log's `outcome`; whatever is none of `_SOURCES` is a fallback.
    """
    _ANSWERS.labels(source if source in _SOURCES else "fallback").inc()
    _REPLY.observe(seconds)
    if source == "apology":
        _APOLOGIES.inc()


def dialog_began() -> None:
    """Count a dialog that was not there before."""
    _DIALOGS.inc()


class Tables(Collector):
    """The families that are read from the database; none of them while it is away.

    :param database_url: a libpq address.
    """

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def collect(self) -> Iterator[Metric]:
        """Ask each question once, all of them of one snapshot."""
        try:
            connection = psycopg2.connect(
                self._url, connect_timeout=2, options="-c statement_timeout=3000"
            )
        except psycopg2.Error as exc:
            logger.warning("no metrics of the tables: %s", " ".join(str(exc).split()))
            return
        try:
            with connection, connection.cursor() as cursor:
                for kind, name, words, labels, question in _FAMILIES:
                    cursor.execute(question)
                    yield _family(kind, name, words, labels, cursor.fetchall())
        except psycopg2.Error as exc:
            logger.warning("no metrics of the tables: %s", " ".join(str(exc).split()))
        finally:
            connection.close()


def _family(
    kind: _Kind, name: str, words: str, labels: tuple[str, ...], rows: Iterable[Any]
) -> Metric:
    family = kind(name, words, labels=labels)
    for *values, number in rows:
        family.add_metric(values, float(number))
    return family


class LoopAges(Collector):
    """Of the background loops of this process."""

    def collect(self) -> Iterator[Metric]:
        """The age of each, and whether that is too old."""
        age = GaugeMetricFamily(
            "optfm_loop_age_seconds", "Since a background loop last went round.", labels=["loop"]
        )
        late = GaugeMetricFamily(
            "optfm_loop_late", "Whether a background loop hangs or is no more.", labels=["loop"]
        )
        for one in loops.running():
            age.add_metric([one.name], one.age_s)
            late.add_metric([one.name], float(one.late))
        yield age
        yield late


def exposition(database_url: str) -> bytes:
    """Everything in Prometheus' text format."""
    tables = CollectorRegistry()
    tables.register(LoopAges())
    if database_url:
        tables.register(Tables(database_url))
    return generate_latest(_REGISTRY) + generate_latest(tables)


class MetricsChannel(InputChannel):
    """No channel of customers: Rasa's one way to add a route without a fork."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml."""
        return "metrics"

    def url_prefix(self) -> str:
        """From the root rather than below /webhooks/."""
        return "/metrics"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route."""
        routes = Blueprint("optfm_metrics")

        @routes.get("/")
        async def show(request: Request) -> HTTPResponse:
            if not _may_read(request, settings()):
                return raw(b"METRICS_TOKEN is needed: Authorization: Bearer ...\n", status=401)
            loop = asyncio.get_running_loop()
            body = await loop.run_in_executor(None, exposition, settings().database_url())
            return raw(body, content_type=CONTENT_TYPE_LATEST)

        return routes


def _may_read(request: Request, configured: Settings) -> bool:
    return is_local(request) or bears_token(request, configured.metrics_token)
