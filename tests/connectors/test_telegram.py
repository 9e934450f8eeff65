"""Conversations in a strict Telegram, with a real Rasa and a real Postgres: long polling."""

import time
import uuid

import pytest
import requests
from telegram_bot import talking
from toy_bot import trained

from connectors.server.texts import Texts

TEXTS = Texts.read()


@pytest.fixture(scope="module")
def talk(postgres_url, tmp_path_factory):
    """A bot and its Telegram for all tests that break nothing."""
    folder = tmp_path_factory.mktemp("telegram")
    with talking(postgres_url, folder, trained()) as (server, telegram):
        yield server, telegram


@pytest.fixture
def telegram(talk):
    return talk[1]


@pytest.fixture
def customer(telegram):
    return telegram.customer()


def settled(telegram, update_id):
    """Wait until an update is confirmed: everything about it is done."""
    deadline = time.monotonic() + 30
    while update_id in telegram.ask("updates")["pending"]:
        assert time.monotonic() < deadline, "the update is not confirmed"
        time.sleep(0.05)


def test_a_message_is_answered_with_its_buttons(customer):
    """Text in HTML, buttons inside the chat."""
    customer.writes("привет")
    (answer,) = customer.waits_for(1)
    assert answer["text"] == "Здравствуйте!"
    assert answer["reply_markup"]["inline_keyboard"] == [
        [{"text": "Часы", "callback_data": "/ask_hours"}]
    ]


def test_a_pressed_button_is_a_message_and_stops_blinking(telegram, customer):
    """Its callback is answered once."""
    customer.writes("привет")
    (greeting,) = customer.waits_for(1)
    pressed = customer.presses(greeting, "Часы")
    assert customer.waits_for(2)[1]["text"] == "С 9 до 20.\n\nБез выходных."
    assert "answered" in telegram.ask("query", id=pressed["query"]["id"])


@pytest.mark.parametrize(
    "data", ["/ask_hours", '/leave_request{"phone": "1"}', "#beef", "/restart"]
)
def test_a_forged_button_is_only_text(telegram, customer, data):
    """A callback that this chat was never shown opens nothing; it is answered all the same."""
    customer.writes("дисплей а12")
    (answer,) = customer.waits_for(1)
    buttons = answer["reply_markup"]["inline_keyboard"]
    stranger = telegram.customer()
    stranger.writes("помощь")
    (shown,) = stranger.waits_for(1)
    forged = telegram.tell("press", chat=stranger.chat, message_id=shown["message_id"], data=data)
    settled(telegram, forged["update_id"])
    assert buttons
    assert "answered" in telegram.ask("query", id=forged["query"]["id"])
    assert not any("С 9 до 20" in said["text"] for said in stranger.got())


def test_prices_stand_out_and_codes_can_be_copied(customer):
    """Bold and code; what the customer typed cannot bring in marks of its own."""
    customer.writes("дисплей <b>а12</b> & ко")
    (answer,) = customer.waits_for(1)
    assert answer["text"] == "дисплей <b>а12</b> & ко — 1 234 ₽"
    assert [entity["type"] for entity in answer["entities"]] == ["bold"]


def test_the_same_update_is_answered_once(telegram, customer):
    """Also when Telegram brings it again after it was confirmed."""
    sent = customer.writes("привет")
    customer.waits_for(1)
    settled(telegram, sent["update_id"])
    telegram.tell("again", update_id=sent["update_id"], kind="message", content=sent["message"])
    customer.writes("помощь")
    assert [said["text"] for said in customer.waits_for(2)] == ["Здравствуйте!", "Помогаю."]


def test_messages_of_one_chat_are_answered_in_their_order(customer):
    """Ten at a go, none left out: the queue is Telegram's, so no limit of waiting ones."""
    for number in range(10):
        customer.writes(f"дисплей {number}")
    said = [answer["text"] for answer in customer.waits_for(10)]
    assert said == [f"дисплей {number} — 1 234 ₽" for number in range(10)]


def test_only_an_edit_of_the_last_message_is_a_new_question(telegram, customer):
    """An edit of an older one is an old matter."""
    first = customer.writes("привет")
    last = customer.writes("дисплей а1 3")
    customer.waits_for(2)
    old = telegram.tell(
        "edit", chat=customer.chat, message_id=first["message"]["message_id"], text="помощь"
    )
    settled(telegram, old["update_id"])
    telegram.tell(
        "edit", chat=customer.chat, message_id=last["message"]["message_id"], text="дисплей а12"
    )
    assert [said["text"] for said in customer.waits_for(3)][2:] == ["дисплей а12 — 1 234 ₽"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"photo": True}, TEXTS.photo),
        ({"voice": True}, TEXTS.voice),
        ({"sticker": True}, TEXTS.sticker),
        ({"document": True}, TEXTS.file),
        ({"video": True}, TEXTS.file),
        ({"location": {"latitude": 57.0, "longitude": 41.0}}, TEXTS.location),
        ({"text": "😀"}, TEXTS.no_words),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_no_words_is_answered_civilly(customer, content, expected):
    """Each in words of its own."""
    customer.writes(**content)
    assert customer.waits_for(1)[0]["text"] == expected.text


def test_a_caption_is_read(customer):
    """The bot says that it did not look at the picture, and answers the words."""
    customer.writes(photo=True, caption="дисплей а12")
    texts = [said["text"] for said in customer.waits_for(2)]
    assert texts == [TEXTS.photo.text, "дисплей а12 — 1 234 ₽"]


def test_an_album_is_one_message_with_one_answer(talk, telegram, customer):
    """Its first part is answered, with its words; the others are only kept in the dialog."""
    for number in range(4):
        caption = {"caption": "дисплей а12"} if number == 0 else {}
        sent = customer.writes(photo=True, media_group_id="13579", **caption)
    settled(telegram, sent["update_id"])
    texts = [said["text"] for said in customer.waits_for(2)]
    assert texts == [TEXTS.photo.text, "дисплей а12 — 1 234 ₽"]
    kept = "SELECT count(*) FROM events WHERE sender_id = %s AND type_name = 'user'"
    assert talk[0].sql(kept, f"tg:{customer.chat}") == [(4,)]


def test_a_caption_within_an_album_is_read(telegram, customer):
    """People may write below each photo; what the bot says of photos it says once."""
    customer.writes(photo=True, media_group_id="24680")
    sent = customer.writes(photo=True, media_group_id="24680", caption="дисплей а12")
    settled(telegram, sent["update_id"])
    texts = [said["text"] for said in customer.got()]
    assert texts == [TEXTS.photo.text, "дисплей а12 — 1 234 ₽"]


def test_a_command_with_the_bots_name_is_the_command(customer):
    """Telegram writes it so where somebody taps a command that stood in a group."""
    customer.writes("/help@optfm_bot")
    assert customer.waits_for(1)[0]["text"] == "Помогаю."


def test_a_shared_contact_is_a_typed_phone(customer):
    """It fills the form."""
    customer.writes("оставить заявку")
    customer.waits_for(1)
    customer.writes(contact={"phone_number": "79123456789", "first_name": "П"})
    assert customer.waits_for(2)[1]["text"] == "Записал +79123456789."


def test_a_start_with_a_made_up_link_shows_nothing_of_anybody(telegram, customer):
    """A token that was never issued is stale; another payload is a greeting."""
    customer.writes("/start " + "A" * 43)
    assert customer.waits_for(1)[0]["text"] == TEXTS.link_stale.text
    customer.writes("/start from_vk")
    assert customer.waits_for(2)[1]["text"] == "Здравствуйте!"


def test_a_strange_update_stops_nobody(telegram, customer):
    """Kinds and messages that mean nothing to the bot are passed over."""
    message = customer.writes("помощь")["message"]
    service = {**message, "message_id": 900, "delete_chat_photo": True}
    service.pop("text")
    telegram.tell("update", kind="message", content=service)
    customer.waits_for(1)
    customer.writes("привет")
    assert customer.waits_for(2)[1]["text"] == "Здравствуйте!"


def test_a_group_is_not_talked_to(telegram, customer):
    """Unless it is the managers' one."""
    group = telegram.tell("group", title="Друзья", members=[customer.chat])
    sent = telegram.tell("message", chat=group["id"], **{"from": customer.chat}, text="привет")
    settled(telegram, sent["update_id"])
    assert [m for m in telegram.ask("chat", chat=group["id"]) if m["from"]["is_bot"]] == []


def test_429_is_waited_for_and_the_order_stays(telegram, customer):
    """Nothing is left out, nothing overtakes."""
    telegram.tell(
        "fault", method="sendMessage", kind="429", retry_after=1, times=2, chat=customer.chat
    )
    for number in range(3):
        customer.writes(f"дисплей {number}")
    said = [answer["text"] for answer in customer.waits_for(3)]
    assert said == [f"дисплей {number} — 1 234 ₽" for number in range(3)]


def test_a_chat_that_takes_nothing_holds_up_no_other(talk, telegram, customer):
    """Telegram gives a hundred updates from the first unconfirmed one; the worker says the rest."""
    telegram.tell("fault", method="*", kind="429", retry_after=3600, times=9, chat=customer.chat)
    customer.writes("дисплей а12")
    others = [telegram.customer() for _ in range(15)]
    for number in range(10):
        for other in others:
            other.writes(f"дисплей {number}")
    for other in others:
        other.waits_for(10, timeout_s=60)
    (left,) = talk[0].sql(
        "SELECT payload -> 'answer' ->> 'text' FROM outbox WHERE dialog = %s AND kind = 'customer'",
        f"tg:{customer.chat}",
    )
    assert left == ("дисплей а12 — 1 234 ₽",)
    assert customer.got() == []


@pytest.mark.parametrize("kind", ["cut", "500", "page"])
def test_a_failing_telegram_is_tried_again(telegram, customer, kind):
    """A cut connection, an error, a proxy's page."""
    telegram.tell("fault", method="sendMessage", kind=kind, times=2, chat=customer.chat)
    customer.writes("привет")
    assert [said["text"] for said in customer.waits_for(1)] == ["Здравствуйте!"]


def test_a_poll_that_fails_is_asked_again(telegram, customer):
    """Also where another poller was there for a moment."""
    for kind in ("409", "500", "cut"):
        telegram.tell("fault", method="getUpdates", kind=kind)
    customer.writes("привет")
    assert customer.waits_for(1)


def test_who_blocked_the_bot_is_remembered_until_he_writes(talk, telegram, customer):
    """403 is for good; nothing is tried again, and his next message opens the chat."""
    server = talk[0]
    telegram.tell("leave", chat=customer.chat)
    sent = customer.writes("привет")
    settled(telegram, sent["update_id"])
    blocked = "SELECT blocked_at IS NOT NULL FROM dialog_addresses WHERE address = %s"
    assert server.sql(blocked, str(customer.chat)) == [(True,)]
    telegram.tell("back", chat=customer.chat)
    customer.writes("привет")
    assert customer.waits_for(1)
    assert server.sql(blocked, str(customer.chat)) == [(False,)]


def test_the_token_is_in_no_log(talk, telegram):
    """Whatever failed until now."""
    server = talk[0]
    secret = telegram.token.partition(":")[2]
    for file in [*server.folder.glob("*.log"), *server.folder.glob("logs/*")]:
        assert secret not in file.read_text(), file


def test_nothing_is_taken_over_http_while_it_polls(talk, telegram):
    """The webhook's door is shut."""
    server = talk[0]
    answer = requests.post(
        f"http://127.0.0.1:{server.port}/webhooks/telegram/{uuid.uuid4().hex}",
        json={"update_id": 1},
        timeout=10,
    )
    assert answer.status_code == 403


def test_updates_are_never_dropped(telegram):
    """No call of the bot's life asks for it."""
    assert not any("drop_pending_updates" in call["params"] for call in telegram.calls())


def test_the_menu_is_set(telegram):
    """Four commands, in Russian."""
    (menu,) = [call["params"]["commands"] for call in telegram.calls("setMyCommands")][:1]
    assert [command["command"] for command in menu] == ["start", "help", "request", "manager"]
