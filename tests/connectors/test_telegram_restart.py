"""A Rasa that is killed among messages, in both modes; the webhook's door."""

import json
import time

import pytest
import requests
from conftest import free_port
from little import trained
from telegram_bot import SECRET, talking

from connectors.telegram_webhook import path_of


@pytest.fixture(params=["polling", "webhook"], scope="module")
def talk(request, postgres_url, tmp_path_factory):
    """A bot of this module's own, to be killed."""
    folder = tmp_path_factory.mktemp(f"telegram-{request.param}")
    settings = {"TELEGRAM_MODE": request.param, "DIALOG_MESSAGES_PER_10_S": "1000"}
    if request.param == "webhook":
        settings |= {"TELEGRAM_WEBHOOK_SECRET": SECRET}
        settings |= {"PUBLIC_URL": f"http://127.0.0.1:{(port := free_port())}"}
    with talking(postgres_url, folder, trained(), **settings) as (server, telegram):
        if request.param == "webhook":
            server.kill("rasa")
            server.port = port
            server.start_rasa()
        yield server, telegram


def test_a_killed_server_loses_nothing_and_says_nothing_twice(talk):
    """Fifty messages of ten chats, kill -9 among them: each has its one answer, in order."""
    server, telegram = talk
    customers = [telegram.customer() for _ in range(10)]
    for number in range(5):
        for customer in customers:
            customer.writes(f"дисплей {number}")
        if number == 2:
            customers[0].waits_for(1, timeout_s=60)
            server.kill("rasa")
    server.start_rasa()
    expected = [f"дисплей {number} — 1 234 ₽" for number in range(5)]
    for customer in customers:
        assert [said["text"] for said in customer.waits_for(5, timeout_s=90)] == expected
    deadline = time.monotonic() + 30
    while telegram.ask("updates")["pending"]:
        assert time.monotonic() < deadline, "updates are not confirmed"
        time.sleep(0.1)
    for customer in customers:
        assert [said["text"] for said in customer.got()] == expected
    asked = server.sql(
        "SELECT sender_id, count(*) FROM events WHERE type_name = 'user' GROUP BY sender_id"
    )
    assert {count for sender, count in asked if sender.startswith("tg:")} == {5}


def knock(talk, secret, body, path=None):
    server, telegram = talk
    if telegram.ask("updates")["webhook"]["url"] == "":
        pytest.skip("the bot polls")
    return requests.post(
        f"http://127.0.0.1:{server.port}/webhooks/telegram/{path or path_of(SECRET)}",
        data=body,
        headers={"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {},
        timeout=30,
    )


def update_of(customer, **changed):
    message = {
        "message_id": 7_000,
        "date": int(time.time()),
        "chat": {"id": customer.chat, "type": "private"},
        "from": {"id": customer.chat, "is_bot": False, "first_name": "П"},
        "text": "привет",
    }
    return json.dumps({"update_id": 999_000_001, "message": message} | changed)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x"])
def test_a_delivery_without_the_secret_is_403_and_does_nothing(talk, secret):
    """Whoever knows the address only speaks for nobody."""
    customer = talk[1].customer()
    assert knock(talk, secret, update_of(customer)).status_code == 403
    assert customer.got() == []


def test_a_delivery_elsewhere_is_403(talk):
    """The right secret at a guessed address."""
    customer = talk[1].customer()
    assert knock(talk, SECRET, update_of(customer), path="0" * 40).status_code == 403


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "{}", '{"update_id": "1"}'])
def test_a_broken_delivery_is_400(talk, body):
    """Telegram's never are; whoever sent this has to mend it."""
    assert knock(talk, SECRET, body).status_code == 400


def test_an_unknown_kind_of_update_is_200(talk):
    """Or Telegram would bring it again for a day."""
    body = json.dumps({"update_id": 999_000_002, "something_new": {"a": 1}})
    assert knock(talk, SECRET, body).status_code == 200


def test_a_delivery_is_answered_once(talk):
    """The same update twice at a time, and once more."""
    customer = talk[1].customer()
    body = update_of(customer, update_id=int(time.time() * 1000) % 2**31)
    assert [knock(talk, SECRET, body).status_code for _ in range(3)] == [200] * 3
    assert [said["text"] for said in customer.got()] == ["Здравствуйте!"]


def test_the_webhook_is_set_with_its_secret_and_without_the_token_in_it(talk):
    """At least sixteen characters that are not to be guessed."""
    if talk[1].ask("updates")["webhook"]["url"] == "":
        pytest.skip("the bot polls")
    call = talk[1].calls("setWebhook")[-1]["params"]
    assert call["secret_token"] == SECRET
    assert talk[1].token not in call["url"] and SECRET not in call["url"]
    assert len(call["url"].rpartition("/")[2]) >= 16
