"""How many requests each part of the API has had, how they ended, how long they waited."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optfm.monitoring import LoopAges

#: What this process shows at /metrics.
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
REGISTRY.register(LoopAges())
_REQUESTS = Counter(
    "optfm_api_requests",
    "Requests by part of the API and class of status.",
    ["part", "status"],
    registry=REGISTRY,
)
_SECONDS = Histogram(
    "optfm_api_seconds",
    "From a request to the beginning of its answer.",
    ["part"],
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 25),
    registry=REGISTRY,
)
#: By the first word of a path; whatever else somebody tries is one part.
_PARTS = frozenset({"v1", "desk", "1c", "exchange", "docs"})


class Measured:
    """The outermost layer: what it counts is what the caller saw."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        word = scope["path"].split("/", 2)[1]
        part = word if word in _PARTS else "other"
        began = time.perf_counter()
        answered = False

        async def count(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _SECONDS.labels(part).observe(time.perf_counter() - began)
                _REQUESTS.labels(part, f"{message['status'] // 100}xx").inc()
            await send(message)

        try:
            await self._app(scope, receive, count)
        except Exception:
            if not answered:  # what stands around all layers makes it a 500
                _REQUESTS.labels(part, "5xx").inc()
            raise
