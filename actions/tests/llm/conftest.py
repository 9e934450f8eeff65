"""Gateways to stand-ins, over a real Postgres."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from optfm.llm.gateway.gateway import Gateway
from optfm.llm.providers.models import gateway_of
from optfm.llm.providers.openai_wire import OpenAiWire
from optfm.settings import ROOT, Settings
from tests.peers.models import KEY, ModelServer, serving


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(ModelServer()) as server:
        yield server
        assert not server.complaints


@pytest.fixture
def reserve() -> Iterator[ModelServer]:
    with serving(ModelServer(answer=lambda body: "Запасная")) as server:
        yield server


def wire(server: ModelServer, *, name: str = "openai", model: str = "m") -> OpenAiWire:
    return OpenAiWire(name=name, base_url=server.url, api_key=KEY, model=model, temperature=0.0)


@pytest.fixture
def gateway(engine: Engine, server: ModelServer, clock: Clock) -> Gateway:
    return gateway_of(Settings(), engine, [wire(server)], clock=clock, sleep=clock.sleep)


FOLDER, DOMAIN = ROOT / "docs" / "knowledge", ROOT / "domain.yml"
