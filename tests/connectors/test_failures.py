"""An action server that is down or hangs: what customers of each channel notice of it."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from channels import CHANNELS, somebody
from telegram_bot import talking
from toy_bot import trained

from connectors.server.texts import Texts

APOLOGY = Texts.read().apology


@pytest.fixture(scope="module")
def talk(postgres_url, tmp_path_factory):
    """A bot, its address and its Telegram."""
    folder = tmp_path_factory.mktemp("failures")
    with talking(postgres_url, folder, trained()) as (server, telegram):
        yield server, f"http://127.0.0.1:{server.port}", telegram


@pytest.mark.parametrize("channel", CHANNELS)
def test_without_an_action_server_there_is_an_apology_and_a_request(talk, channel):
    """With the office's phone; its button begins a request, once the server is back."""
    server, *place = talk
    with somebody(channel, *place) as customer:
        server.kill("actions")
        try:
            assert customer.say("дисплей а12") == [APOLOGY.text]
            assert "8 800 444 10 81" in APOLOGY.text
        finally:
            server.start_actions()
        assert customer.press(APOLOGY.buttons[0]["title"]) == ["Ваш телефон?"]
        assert customer.say("8 912 345 67 89") == ["Записал 8 912 345 67 89."]


def test_a_hanging_action_holds_up_its_own_dialogs_only(talk):
    """A question of each channel waits for it; forty other customers are greeted meanwhile."""
    server, *place = talk
    actions = server.processes["actions"]
    stuck = [channel(*place) for channel in CHANNELS]
    others = [channel(*place) for channel in CHANNELS for _ in range(13)]
    with ThreadPoolExecutor(len(stuck) + len(others)) as pool:
        actions.send_signal(signal.SIGSTOP)
        try:
            waiting = [pool.submit(customer.say, "дисплей а12") for customer in stuck]
            greeted = [pool.submit(customer.say, "привет") for customer in others]
            assert [done.result()[0] for done in greeted] == ["Здравствуйте!"] * len(others)
            assert not any(answer.done() for answer in waiting)
            # In Telegram he sees that somebody writes.
            while not place[1].calls("sendChatAction"):
                assert not any(answer.done() for answer in waiting)
        finally:
            actions.send_signal(signal.SIGCONT)
        for answer in waiting:
            assert answer.result()[0] in (APOLOGY.text, "дисплей а12 — 1 234 ₽")
    for customer in (*stuck, *others):
        customer.leave()
