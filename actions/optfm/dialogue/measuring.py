"""How long each action takes and which fail: `GET /metrics` of the action server."""

import time
from typing import Any

import pluggy
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from optfm.dialogue.executor import PooledExecutor
from optfm.monitoring import may_read

_hook = pluggy.HookimplMarker("rasa_sdk")


class MeasuredExecutor(PooledExecutor):
    """Runs actions aside, and counts them.

    :param registry: gets the metrics.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__()
        self._seconds = Histogram(
            "optfm_action_seconds",
            "Of an action of Rasa.",
            ["action"],
            buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 25),
            registry=registry,
        )
        self._failures = Counter(
            "optfm_action_failures", "Actions that failed.", ["action"], registry=registry
        )

    async def run(self, action_call: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        """One action; rasa-sdk's arguments and result."""
        # Only names that are ours: a caller's word must not become a label.
        asked = str(action_call.get("next_action"))
        name = asked if asked in self.actions else "unknown"
        began = time.monotonic()
        try:
            return await super().run(action_call, *arguments, **named)
        except (ActionExecutionRejection, ActionMissingDomainException):
            raise  # an answer, and a question for the domain
        except Exception:
            self._failures.labels(name).inc()
            raise
        finally:
            self._seconds.labels(name).observe(time.monotonic() - began)


class _MetricsRoute:
    """rasa-sdk builds its application itself; this is its way to add a route."""

    def __init__(self, registry: CollectorRegistry, token: str) -> None:
        self._registry = registry
        self._token = token

    @_hook
    def attach_sanic_app_extensions(self, app: Sanic) -> None:
        """Add `GET /metrics`."""

        @app.get("/metrics")
        async def metrics(request: Request) -> HTTPResponse:
            if not may_read(request.ip, request.headers.get("authorization", ""), self._token):
                return raw(b"METRICS_TOKEN is needed: Authorization: Bearer ...\n", status=401)
            return raw(generate_latest(self._registry), content_type=CONTENT_TYPE_LATEST)


def serve_metrics(registry: CollectorRegistry, token: str) -> None:
    """Let the action server that starts next show the registry.

    :param token: METRICS_TOKEN.
    """
    plugin_manager().register(_MetricsRoute(registry, token), name="optfm metrics")
