"""Requests in the managers' group: a topic each, taken, answered, added to."""

import random
import uuid

import requests
from managers.group import Group, eventually


def _requests(
    group: Group,
    phone: str = "",
    about: str = "нужен дисплей, есть ли скидка",
    customer: str = "",
) -> tuple[str, int, str]:
    """A customer over REST who has left a request: his id, its number, his phone."""
    customer = customer or uuid.uuid4().hex
    phone = phone or f"+7916{random.randrange(10**7):07}"
    group.bot.say("дисплей айфон 11", customer)
    said, asked = group.bot.say("оставить заявку", customer), []
    answers = {
        "consent": "Согласен",
        "name": "Пётр",
        "phone": phone,
        "about": about,
        "confirm": "Отправить",
    }
    while fields := [p["custom"]["form"]["field"] for p in said if "form" in p.get("custom", {})]:
        asked.append(fields[-1])
        assert len(asked) < 10, asked
        said = group.bot.say(answers.get(fields[-1], "Пропустить"), customer)
    number = next(p["custom"]["request"]["id"] for p in said if "request" in p.get("custom", {}))
    return customer, number, phone


def _status(group: Group, number: int) -> tuple[str, str | None]:
    return group.sql("SELECT status, taken_by FROM requests WHERE id = %s", number)[0]


def test_a_request_is_a_topic_with_all_that_is_needed_to_answer(group: Group):
    """Who, where from, what about, what was shown and said; the first reply answers it."""
    customer, number, phone = _requests(group)
    topic = group.topic_of(f"Заявка № {number}")
    card = group.card(topic)
    for words in ("Пётр", phone, "REST", "дисплей", "₽", "Последние сообщения"):
        assert words in card["text"]
    name = group.telegram.ask("topics", chat=group.chat)[str(topic)]["name"]
    assert f"№ {number}" in name and "Пётр" in name
    assert _status(group, number) == ("new", None)
    assert "ваша" in group.presses(group.oleg, card, "Беру")
    assert _status(group, number) == ("taken", "Олег")
    assert "уже взял(а) Олег" in group.presses(group.anna, card, "Беру")
    group.writes(group.oleg, topic, "Скидка от 10 штук")
    eventually(lambda: _status(group, number)[0] == "answered")
    heard = group.bot.text("спасибо", customer)
    assert "Скидка от 10 штук" in heard
    group.sees(topic, "спасибо")
    group.presses(group.oleg, group.card(topic), "Закрыть")
    assert _status(group, number)[0] == "closed"


def test_a_request_that_somebody_has_comes_back_without_a_button_to_take_it(group: Group):
    """Its topic was deleted, and the customer left more: the new card has no «Беру»."""
    _, number, phone = _requests(group)
    topic = group.topic_of(f"Заявка № {number}")
    group.presses(group.anna, group.card(topic), "Беру")
    group.telegram.tell("delete_topic", chat=group.chat, thread=topic)
    mark = f"чехол {uuid.uuid4().hex[:8]}"
    assert _requests(group, phone, mark)[1] == number
    card = group.card(group.topic_of(mark))
    assert mark in card["text"] and "Закрыть" in str(card["reply_markup"]) and not _buttons(card)


def test_whoever_calls_again_after_his_request_was_closed_can_be_taken(group: Group):
    """His new call stands in the topic of the request: one takes it, the other is told."""
    customer, number, _ = _requests(group)
    topic = group.topic_of(f"Заявка № {number}")
    first = group.card(topic)
    group.presses(group.anna, first, "Закрыть")
    assert group.presses(group.oleg, first, "Беру") == "Уже закрыто."
    group.bot.say("позовите человека", customer)
    group.sees(topic, "Клиент зовёт человека")
    card = eventually(lambda: next((m for m in group.lines(topic)[2:] if _buttons(m)), None))
    assert "ваша" in group.presses(group.oleg, card, "Беру")
    assert "уже взял(а) Олег" in group.presses(group.anna, first, "Беру")
    group.sees(topic, "Взял(а): Олег")
    assert _status(group, number)[0] == "closed"


def _buttons(message: dict) -> bool:
    return "Беру" in str(message.get("reply_markup"))


def test_what_joins_a_request_from_another_dialog_says_where_an_answer_goes(group: Group):
    """The phone proves nobody: the talk with whoever left the request stays his."""
    first, number, phone = _requests(group)
    topic = group.topic_of(f"Заявка № {number}")
    second, same, _ = _requests(group, f"8 ({phone[2:5]}) {phone[5:]}", "и ещё пять чехлов")
    assert same == number
    added = group.sees(topic, f"Дополнение к заявке № {number}")["text"]
    assert "пять чехлов" in added and "в другом разговоре (REST)" in added
    group.writes(group.anna, topic, "Всё есть")
    eventually(lambda: ("manager", "Всё есть") in group.said(first))
    assert ("manager", "Всё есть") not in group.said(second)


def test_what_is_done_with_a_request_is_said_in_its_own_topic(group: Group):
    """However many requests the customer has, and whichever was used last."""
    customer, first, phone = _requests(group)
    group.sql("UPDATE requests SET created_at = now() - interval '2 hours' WHERE id = %s", first)
    _, second, _ = _requests(group, phone, "нужен чехол", customer)
    assert second != first
    old, new = (group.topic_of(f"Заявка № {number}") for number in (first, second))
    group.presses(group.anna, group.card(old), "Беру")
    group.sees(old, "Взял(а): Анна")
    group.writes(group.oleg, old, "/помощь")
    group.sees(old, "строки с «/» остаются здесь")
    assert not any("Анна" in line.get("text", "") for line in group.lines(new))
    assert [_status(group, number)[0] for number in (first, second)] == ["taken", "new"]


def test_the_card_shows_the_talk_and_not_the_form(group: Group):
    """Name, phone and consent stand in its fields; a question in the middle is talk."""
    customer = uuid.uuid4().hex
    group.bot.say("дисплей айфон 11", customer)
    for words in (
        "есть доставка в Тверь?",
        "оставить заявку",
        "Согласен",
        "не скажу имени",
        "Пётр",
        f"+7916{random.randrange(10**7):07}",
        "сколько стоит аккумулятор на самсунг а12?",
        "Пропустить",
        "нужна скидка на партию",
        "Пропустить",
    ):
        said = group.bot.say(words, customer)
    said = group.bot.say("Отправить", customer)
    number = next(p["custom"]["request"]["id"] for p in said if "request" in p.get("custom", {}))
    card = group.card(group.topic_of(f"Заявка № {number}"))["text"]
    talk = card.partition("Последние сообщения")[2]
    for words in ("дисплей айфон 11", "доставка в Тверь", "оставить заявку", "на самсунг а12?"):
        assert words in talk
    for words in ("Согласен", "обращаться", "+7916", "Пропустить", "Отправить", "Проверьте заявку"):
        assert words not in talk


def test_a_managers_photo_is_a_link_outside_telegram(group: Group):
    """The link opens for whoever has it, and no other does."""
    customer, number, _ = _requests(group)
    topic = group.topic_of(f"Заявка № {number}")
    photo = {"name": "a.jpg", "mime": "image/jpeg", "base64": "/9j/4AAQ"}
    group.writes(group.anna, topic, photo=photo, caption="Вот он")
    eventually(lambda: any(text.startswith("Вот он") for _, text in group.said(customer)))
    answer = next(p for p in group.bot.say("?!жду", customer) if p["text"].startswith("Вот он"))
    address = answer["custom"]["file"]["url"]
    assert address in answer["text"] and answer["image"] == address
    shown = requests.get(f"{group.bot.url}{address}", timeout=10)
    assert shown.status_code == 200 and shown.content == b"\xff\xd8\xff\xe0\x00\x10"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    for wrong in ("/files/x", f"{address}x", "/files/..%2f..%2fpostgres.url"):
        assert requests.get(f"{group.bot.url}{wrong}", timeout=10).status_code == 404


def test_the_internal_endpoint_is_for_the_worker_only(group: Group):
    """Without the token nobody writes to customers."""
    body = {"id": 1, "key": "k", "kind": "customer", "dialog": "x", "answer": {"text": "a"}}
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}):
        answer = requests.post(
            f"{group.bot.url}/webhooks/internal/deliver", json=body, headers=headers, timeout=10
        )
        assert answer.status_code == 403
