"""The way to the action server, over real connections (connectors/server/action_server.py)."""

import asyncio
import contextlib

import pytest
from aiohttp import web
from conftest import free_port
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from connectors.server import action_server
from connectors.server.action_server import ActionServer, one_apology
from connectors.server.texts import Texts

DOMAIN = Domain.from_dict({"intents": ["ask"]})
APOLOGY = Texts.read().apology


def call(name="action_price_search", *, form=None, asked=None):
    """A call as Rasa makes it."""
    return {
        "next_action": name,
        "sender_id": "d1",
        "tracker": {
            "slots": {"requested_slot": asked},
            "active_loop": {"name": form} if form else {},
        },
    }


@contextlib.asynccontextmanager
async def actions(port, answer):
    """A server on `port` that answers each call by what `answer(call)` returns."""

    async def webhook(request):
        return await answer(await request.json())

    app = web.Application()
    app.router.add_post("/webhook", webhook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


@pytest.fixture
async def endpoint():
    """Our endpoint to a port where nobody listens yet."""
    port = free_port()
    async with waiting(port, 5.0) as endpoint:
        yield endpoint


@pytest.fixture
async def hasty():
    """An endpoint that waits for no start."""
    async with waiting(free_port(), 0.0) as endpoint:
        yield endpoint


@contextlib.asynccontextmanager
async def waiting(port, start_s):
    """An endpoint that waits so long for a start."""
    at = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
    endpoint = ActionServer(at, DOMAIN, APOLOGY, start_s)
    endpoint.port = port
    try:
        yield endpoint
    finally:
        await endpoint.close()


async def test_an_answer_is_handed_through(endpoint):
    """Events and responses are the server's own."""

    async def answer(call):
        return web.json_response({"events": [], "responses": [{"text": call["next_action"]}]})

    async with actions(endpoint.port, answer):
        said = await endpoint.request(json=call())
    assert said["responses"] == [{"text": "action_price_search"}]


async def test_the_domain_travels_only_when_the_server_asks_for_it(endpoint):
    """rasa-sdk says 449 once, then knows the domain by its digest."""
    calls = []

    async def answer(call):
        calls.append(call)
        known = any("domain" in earlier for earlier in calls)
        return web.json_response({"events": [], "responses": []}, status=200 if known else 449)

    async with actions(endpoint.port, answer):
        await endpoint.request(json=call())
        await endpoint.request(json=call())
    assert ["domain" in call for call in calls] == [False, True, False]
    assert len({call["domain_digest"] for call in calls}) == 1
    assert calls[1]["domain"]["intents"] == ["ask"]


async def test_a_server_that_is_away_is_stood_in_for(hasty):
    """The customer reads the apology with its button; nothing else happens in the dialog."""
    said = await hasty.request(json=call())
    assert said == {"events": [], "responses": [APOLOGY.as_response()]}
    assert "8 800 444 10 81" in said["responses"][0]["text"]
    assert said["responses"][0]["buttons"][0]["payload"] == "/leave_request"


async def test_a_server_that_restarts_is_waited_for(endpoint, monkeypatch):
    """Nothing was delivered to a closed door: the call is made when it opens."""
    monkeypatch.setattr(action_server, "_KNOCK_EVERY_S", 0.05)

    async def answer(call):
        return web.json_response({"events": [], "responses": [{"text": "вот"}]})

    calling = asyncio.ensure_future(endpoint.request(json=call()))
    await asyncio.sleep(0.2)
    async with actions(endpoint.port, answer):
        assert (await calling)["responses"] == [{"text": "вот"}]


async def test_a_server_that_stays_away_is_waited_for_once(monkeypatch):
    """Who comes when a start has taken too long is told at once, and is served when it is back."""
    monkeypatch.setattr(action_server, "_KNOCK_EVERY_S", 0.02)
    knocks = []
    stock = action_server.ActionServer._send

    async def counted(self, call):
        knocks.append(call["sender_id"])
        return await stock(self, call)

    monkeypatch.setattr(action_server.ActionServer, "_send", counted)

    async def answer(call):
        return web.json_response({"events": [], "responses": [{"text": "вот"}]})

    async with waiting(free_port(), 0.1) as endpoint:
        first = await endpoint.request(json=call())
        waited = len(knocks)
        assert first["responses"] == [APOLOGY.as_response()] and waited > 1
        assert (await endpoint.request(json=call()))["responses"] == [APOLOGY.as_response()]
        assert len(knocks) == waited + 1
        async with actions(endpoint.port, answer):
            assert (await endpoint.request(json=call()))["responses"] == [{"text": "вот"}]


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=500, text="Traceback"),
        web.Response(status=404, text="no such action"),
        web.Response(status=200, text="<html>"),
        web.Response(status=200, text="null"),
    ],
    ids=["500", "404", "html", "null"],
)
async def test_a_broken_answer_is_apologised_for(endpoint, answer):
    """An action that fails is not silence."""

    async def broken(call):
        return answer

    async with actions(endpoint.port, broken):
        said = await endpoint.request(json=call())
    assert said["responses"] == [APOLOGY.as_response()]


async def test_an_action_that_hangs_is_given_up(endpoint, monkeypatch):
    """Long before the lock on the dialog ends."""
    monkeypatch.setattr(action_server, "ACTION_S", 0.2)

    async def hang(call):
        await asyncio.sleep(5)

    async with actions(endpoint.port, hang):
        said = await endpoint.request(json=call())
    assert said["responses"] == [APOLOGY.as_response()]
    assert action_server.ACTION_S < 60


async def test_a_rejection_is_rasas_to_handle(endpoint):
    """400 means that the action does not want to run: another one is predicted."""

    async def reject(call):
        return web.json_response({"error": "no", "action_name": "a"}, status=400)

    async with actions(endpoint.port, reject):
        with pytest.raises(ClientResponseError) as refused:
            await endpoint.request(json=call())
    assert refused.value.status == 400 and '"action_name"' in refused.value.text


async def test_a_form_keeps_asking_for_what_it_asked(hasty):
    """The slot stays empty and asked for, so the form repeats its question and goes on later."""
    asking = call("validate_request_form", form="request_form", asked="phone")
    said = await hasty.request(json=asking)
    assert said["events"] == [
        {"event": "slot", "name": "phone", "value": None},
        {"event": "slot", "name": "requested_slot", "value": "phone"},
    ]


async def test_one_turn_apologises_once(hasty):
    """Two actions of a turn fail, the customer reads one apology; the next turn has its own."""
    for _ in range(2):
        with one_apology():
            said = [(await hasty.request(json=call()))["responses"] for _ in range(3)]
        assert said == [[APOLOGY.as_response()], [], []]


async def test_a_turn_waits_only_once_for_a_server_that_hangs(endpoint, monkeypatch):
    """The calls after the first that failed are short."""
    monkeypatch.setattr(action_server, "ACTION_S", 0.2)
    monkeypatch.setattr(action_server, "_ACTION_AFTER_FAILURE_S", 0.01)

    async def hang(call):
        await asyncio.sleep(5)

    async with actions(endpoint.port, hang):
        with one_apology():
            said = [(await endpoint.request(json=call()))["responses"] for _ in range(3)]
    assert said == [[APOLOGY.as_response()], [], []]
