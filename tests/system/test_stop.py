"""A stop in the middle of things: what is in hand is finished, what comes meanwhile waits."""

import signal
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import socketio
from conftest import ROOT, Bot, free_port, run_folder

sys.path.insert(0, str(ROOT / "actions"))
from tests.peers.telegram.running import telegram_peer

QUESTION = "дисплей на айфон 11"


@pytest.fixture(scope="module")
def stopped():
    """A bot of this module's own, which is started where a test needs it, and its Telegram."""
    with telegram_peer(free_port()) as telegram, run_folder() as folder:
        bot = Bot(
            folder,
            {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": telegram.url,
                "SLOW_ANSWER_S": "50",  # that an answer takes long is not said in between
            },
        )
        yield bot, telegram
        if bot.runs:
            bot.stop()


@pytest.fixture
def chatting(stopped):
    """The two of them, running: the last test may have left the bot stopped."""
    bot, _ = stopped
    if not bot.runs:
        bot.start()
    return stopped


def test_what_is_asked_around_a_stop_is_answered_once(chatting):
    """Before it, while it goes on, and while nobody runs: one answer each, none an apology."""
    bot, telegram = chatting
    asked = [telegram.customer() for _ in range(100)]
    stopping = threading.Timer(0.5, bot.process.send_signal, [signal.SIGTERM])
    stopping.start()
    for customer in asked[:80]:
        customer.writes(QUESTION)
    stopping.join()
    for customer in asked[80:90]:
        time.sleep(0.1)
        customer.writes(QUESTION)
    assert bot.process.wait(timeout=20) == 0
    for customer in asked[90:]:
        customer.writes(QUESTION)
    bot.start()
    for customer in asked:
        customer.waits_for(1, timeout_s=60)
    time.sleep(2)  # for whatever would be said twice
    said = [[part.get("text", "") for part in customer.got()] for customer in asked]
    assert [texts for texts in said if len(texts) != 1 or "₽" not in texts[0]] == []


def _asks_by_rest(bot, sender, ended):
    """A caller until he is refused; what each of his questions got."""
    outcomes = []
    with requests.Session() as session:
        while not ended.is_set():
            body = {"sender": f"{sender}-{len(outcomes)}", "message": QUESTION}
            try:
                answer = session.post(f"{bot.url}/webhooks/rest/webhook", json=body, timeout=30)
            except requests.ConnectionError:
                return [*outcomes, "away"]
            if answer.status_code == 503:
                assert answer.headers["Retry-After"]
                return [*outcomes, "503"]
            outcomes.append("".join(part.get("text", "") for part in answer.json()))
    return outcomes


def _talks_in_a_tab(bot):
    """A tab until its connection ends; what each acknowledgement said."""
    client = socketio.Client(reconnection=False)
    client.connect(bot.url, transports=["websocket"], wait_timeout=30)
    client.call("session_request", {"session_id": None}, timeout=30)
    acknowledged = []
    while client.connected:
        said = {"message": "привет", "message_id": uuid.uuid4().hex}
        try:
            acknowledged.append(client.call("user_uttered", said, timeout=3)["ok"])
        except (socketio.exceptions.SocketIOError, OSError):
            break
    client.eio.disconnect(abort=True)
    return acknowledged


def test_a_stop_finishes_what_is_in_hand_and_refuses_the_rest_plainly(chatting):
    """A caller gets his answer or an error that he can see, never the apology as an answer.

    A tab is answered, or its connection ends: told anything else it gives its message up, and the
    next server never sees it.
    """
    bot, _ = chatting
    ended = threading.Event()
    with ThreadPoolExecutor(16) as pool:
        asking = [pool.submit(_asks_by_rest, bot, f"caller-{n}", ended) for n in range(6)]
        talking = [pool.submit(_talks_in_a_tab, bot) for _ in range(10)]
        time.sleep(3)
        code = bot.stop(signal.SIGTERM)
        ended.set()
        outcomes = [outcome for one in asking for outcome in one.result()]
        acknowledged = [outcome for one in talking for outcome in one.result()]
    assert code == 0
    assert any("₽" in outcome for outcome in outcomes)
    wrong = [o for o in outcomes if o not in ("away", "503") and "₽" not in o]
    assert wrong == []
    # A connection that breaks off may hide an answer; one that was refused hides nothing.
    assert outcomes.count("503") + outcomes.count("away") == 6
    assert acknowledged and all(acknowledged)
