"""A dialog with the real action executor, over the demo list in a real Postgres; a form begun."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
import pytest
from rasa_sdk.executor import ActionExecutor
from sqlalchemy import Engine

from optfm.catalog import PriceRow, revisions
from optfm.db import connect
from optfm.dialogue import actions
from optfm.dialogue.shop import Shop
from optfm.search import PriceIndex, live
from optfm.search.live import LiveIndex
from optfm.settings import ROOT
from optfm.text import vocabulary
from tests.conftest import copied, named
from tests.dialogue.form import Form, Start

DOMAIN = {"intents": [], "slots": {}, "responses": {}, "actions": [], "forms": {}, "entities": []}

Result = dict[str, Any]
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def stocked(postgres: str, migrated: str) -> str:
    """The name of a database with the demo list that others are copied from."""
    name = "stocked"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}")
    engine = connect(named(postgres, name))
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    engine.dispose()
    return name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, postgres: str, migrated: str) -> Iterator[str]:
    """A database of the test's own, with the demo list where there is a shop."""
    has_goods = "shop" in request.fixturenames
    template = request.getfixturevalue("stocked") if has_goods else migrated
    with copied(postgres, template=template) as url:
        yield url


@pytest.fixture(scope="session")
def built() -> dict[tuple[object, ...], PriceIndex]:
    """The indexes of this run, which take a second each: one a list."""
    return {}


@pytest.fixture
def shop(
    engine: Engine, built: dict[tuple[object, ...], PriceIndex], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    """A shop that sells the demo list; its searches are recorded at once."""

    class Kept(PriceIndex):
        @classmethod
        def build(cls, rows: Sequence[PriceRow], *rest: Any) -> PriceIndex:
            key = (tuple(rows), vocabulary.stamp())
            if key not in built:
                built[key] = PriceIndex.build(rows, *rest)
            return built[key]

    monkeypatch.setattr(live, "PriceIndex", Kept)
    with Shop.over(engine, LiveIndex(engine)) as shop:
        shop.prices.refresh()
        yield shop


@pytest.fixture
def run(shop: Shop) -> Run:
    """Runs an action as Rasa does, and keeps the slots that it set for the next one."""
    executor = ActionExecutor()
    for action in actions(shop):
        executor.register_action(action)
    slots: dict[str, Any] = {}
    events: list[dict[str, Any]] = []

    def run(action: str, text: str = "", **more: Any) -> Result:
        tracker = {
            "sender_id": "dialog-1",
            "slots": {**slots, **more.pop("slots", {})},
            "latest_message": {"text": text, "intent": {"name": more.pop("intent", "")}},
            "events": events,
            "active_loop": {},
            "latest_input_channel": "rest",
            "latest_action_name": "action_listen",
            "paused": False,
            "followup_action": None,
            **more,
        }
        call = {
            "next_action": action,
            "sender_id": "dialog-1",
            "tracker": tracker,
            "domain": DOMAIN,
        }
        result = asyncio.run(executor.run(call))
        assert result is not None
        result = result.model_dump() if hasattr(result, "model_dump") else result
        for event in result["events"]:
            if event["event"] == "slot":
                slots[event["name"]] = event["value"]
        for said in result["responses"]:
            events.append({"event": "bot", "metadata": {"utter_action": said.get("response")}})
        return result

    return run


@pytest.fixture
def office(engine: Engine) -> Iterator[Shop]:
    """A shop without a price list, which most of the form does not need."""
    with Shop.over(engine, LiveIndex(engine)) as office:
        yield office


@pytest.fixture
def start(office: Shop) -> Start:
    """Begins a form; with `agreed` the consent is given."""

    def start(*, agreed: bool = True, over: Shop = office) -> Form:
        executor = ActionExecutor()
        for action in actions(over):
            executor.register_action(action)
        form = Form(executor)
        form.begin()
        if agreed:
            form.say("Согласен", "affirm")
        return form

    return start
