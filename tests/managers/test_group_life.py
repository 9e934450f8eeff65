"""What else happens in a managers' group: other writers, edits, deleted and closed topics."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from managers.group import Group, _text, eventually, got, playing

_ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


def _calling(group: Group) -> tuple[Any, int]:
    """A customer in Telegram who has called a manager, and the topic about him."""
    customer, mark = group.customer("Житов"), uuid.uuid4().hex
    customer.writes("дайте человека")
    got(customer, "Зову менеджера")
    customer.writes(mark)
    return customer, group.topic_of(mark)


def _heard(customer: Any) -> str:
    return "\n".join(m.get("text") or m.get("caption") or "" for m in customer.got())


def test_an_administrator_without_a_name_is_a_manager_and_channels_and_bots_are_not(group: Group):
    """Telegram shows him as its own bot, behind whom the group stands."""
    customer, topic = _calling(group)
    template = group.writes(group.stranger, topic, "-")["message"]

    def writes(text: str, number: int, **who: Any) -> None:
        message = {**template, "message_id": template["message_id"] + number, "text": text, **who}
        group.telegram.tell("update", kind="message", content=message)

    channel = {"id": -1001999, "type": "channel", "title": "Новости"}
    writes("Пост канала", 10_001, sender_chat=channel, is_automatic_forward=True)
    bot = {"id": 555, "is_bot": True, "first_name": "Помощник"}
    writes("Реклама бота", 10_002, **{"from": bot})
    gone = group.telegram.tell("user", first_name="Бывший")["id"]
    group.telegram.tell("member", chat=group.chat, user=gone, member={"status": "left"})
    group.writes(gone, topic, "Я тут работал")
    here = {"id": group.chat, "type": "supergroup", "title": "Менеджеры", "is_forum": True}
    writes("Говорит начальник", 10_003, sender_chat=here, **{"from": _ANONYMOUS})
    assert got(customer, "Говорит начальник")["text"].startswith("Менеджер:")
    for wrong in ("Пост канала", "Реклама", "работал"):
        assert wrong not in _heard(customer)


def test_a_manager_who_writes_as_his_channel_is_heard(group: Group):
    """Only members write in a group without a public name, whatever name they choose to show."""
    customer, topic = _calling(group)
    template = group.writes(group.stranger, topic, "-")["message"]
    channel = {"id": -1001999, "type": "channel", "title": "Новости магазина"}
    bot = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    written = {**template, "message_id": template["message_id"] + 20_001, "sender_chat": channel}
    written |= {"from": bot, "text": "Пишу от имени канала"}
    group.telegram.tell("update", kind="message", content=written)
    assert got(customer, "от имени канала")["text"].startswith("Менеджер:")


def test_edits_of_a_managers_message_are_told_once_and_only_if_they_change_something(group: Group):
    """A note that becomes words is sent; the same words again are not."""
    customer, topic = _calling(group)
    note = group.writes(group.anna, topic, "// думаю")["message"]["message_id"]
    said = group.writes(group.anna, topic, "Есть на складе")["message"]["message_id"]
    got(customer, "Есть на складе")

    def edit(number: int, text: str) -> None:
        group.telegram.tell("edit", chat=group.chat, message_id=number, text=text)

    edit(said, "Есть на складе")
    edit(said, "Есть, 5 штук")
    edit(said, "Есть, 6 штук")
    edit(note, "Подождите минуту")
    got(customer, "Подождите минуту")
    edit(said, "// ой")
    edit(said, "/bot")
    group.writes(group.anna, topic, "Готово")
    got(customer, "Готово")
    heard = _heard(customer)
    assert heard.count("Есть на складе") == 1
    assert "Исправлено: Есть, 5 штук" in heard and "Исправлено: Есть, 6 штук" in heard
    assert "// ой" not in heard and "Исправлено: Подождите" not in heard


def test_an_edit_after_the_talk_was_given_back_leaves_it_to_the_bot(group: Group):
    """The customer reads what was mended, and the bot goes on answering him."""
    customer, topic = _calling(group)
    said = group.writes(group.anna, topic, "Доставим в пятницу")["message"]["message_id"]
    got(customer, "Доставим в пятницу")
    group.writes(group.anna, topic, "/bot")
    got(customer, "Снова на связи бот")
    group.telegram.tell("edit", chat=group.chat, message_id=said, text="Доставим в субботу")
    got(customer, "Исправлено: Доставим в субботу")
    customer.writes("дисплей айфон 11")
    got(customer, "₽")


def test_a_deleted_topic_comes_back_with_a_card_when_the_customer_writes(group: Group):
    """A service line brings nothing back; the customer's words do, with buttons that work."""
    customer, topic = _calling(group)
    group.telegram.tell("delete_topic", chat=group.chat, thread=topic)
    customer.writes("вы меня слышите?")
    again = group.topic_of("вы меня слышите?")
    card = group.card(again)
    assert again != topic and "Прежней темы больше нет" in card["text"]
    assert "Житов" not in group.telegram.ask("topics", chat=group.chat)[str(again)]["name"]
    assert "ваша" in group.presses(group.anna, card, "Беру")
    group.writes(group.anna, again, "Слышу")
    got(customer, "Слышу")


def test_a_topic_closed_by_hand_ends_the_talk_and_a_new_call_opens_it(group: Group):
    """As «Закрыть» does; and whoever is not an administrator can write in it again."""
    customer, topic = _calling(group)
    group.writes(group.anna, topic, "Добрый день")
    got(customer, "Добрый день")
    group.telegram.tell("close_topic", chat=group.chat, thread=topic, **{"from": group.anna})
    got(customer, "Разговор с менеджером закончен")
    group.sees(topic, "Тему закрыл(а) Анна")
    customer.writes("дайте человека")
    eventually(lambda: sum("зовёт человека" in _text(m) for m in group.lines(topic)) == 2)
    assert not group.telegram.ask("topics", chat=group.chat)[str(topic)]["closed"]


def test_a_closed_topic_opens_for_whoever_goes_on_in_it(group: Group):
    """An administrator may write in a closed one; his colleagues must be able to answer, too."""
    customer, topic = _calling(group)
    card = group.card(topic)

    def closed() -> bool:
        return bool(group.telegram.ask("topics", chat=group.chat)[str(topic)]["closed"])

    group.presses(group.anna, card, "Закрыть")
    eventually(closed)
    group.writes(group.anna, topic, "Забыла сказать")
    got(customer, "Забыла сказать")
    eventually(lambda: not closed())
    group.presses(group.anna, card, "Закрыть")
    eventually(closed)
    group.presses(group.oleg, card, "Ответить")
    eventually(lambda: not closed())


def test_who_has_a_talk_stays_who_has_it_and_a_helper_is_told(group: Group):
    """Both may answer; whoever comes second reads who was first, once."""
    customer, topic = _calling(group)
    card = group.card(topic)
    assert "ваша" in group.presses(group.anna, card, "Беру")
    assert group.presses(group.anna, card, "Беру") == "Она уже ваша."
    assert "говорит Анна" in group.presses(group.oleg, card, "Ответить")
    for words in ("Я со склада", "Ещё минуту"):
        group.writes(group.oleg, topic, words)
        got(customer, words)
    group.writes(group.anna, topic, "Спасибо, Олег")
    got(customer, "Спасибо, Олег")
    group.sees(topic, "Отвечает Олег, хотя разговор ведёт Анна")
    lines = "\n".join(m.get("text") or "" for m in group.lines(topic))
    assert lines.count("хотя разговор ведёт") == 1
    assert group.presses(group.oleg, card, "Закрыть") == "Закрыто."
    assert group.presses(group.anna, card, "Закрыть") == "Уже закрыто."


def test_what_telegram_refuses_for_a_while_is_not_lost(group: Group):
    """Neither a manager's words nor a customer's photo, and nothing comes twice."""
    customer, topic = _calling(group)
    group.telegram.tell("fault", method="getChatMember", kind="500", times=5)
    group.telegram.tell("fault", method="sendPhoto", kind="500", times=2)
    newcomer = group.telegram.tell("user", first_name="Ирина")["id"]
    group.telegram.tell("member", chat=group.chat, user=newcomer, member={"status": "member"})
    customer.writes("вот такой нужен", photo={"name": "a.jpg", "mime": "image/jpeg"})
    customer.writes(photo={"name": "b.jpg"}, caption="и подпись к фото")
    group.writes(newcomer, topic, "Вижу ваше сообщение")
    got(customer, "Вижу ваше сообщение")
    eventually(lambda: sum("photo" in m for m in group.lines(topic)) == 2)
    lines = "\n".join(m.get("text") or m.get("caption") or "" for m in group.lines(topic))
    assert lines.count("и подпись к фото") == 1 and lines.count("вот такой нужен") == 1


def test_an_erased_persons_topic_is_deleted_and_twice_is_harmless(group: Group):
    """Whoever deleted it by hand did no harm either; one of an unknown group ends there."""
    _, topic = _calling(group)
    for number, (chat, thread) in enumerate(
        [(group.chat, topic), (group.chat, topic), (group.chat, 99_999), (-100999, 5)]
    ):
        group.sql(
            "SELECT enqueue('erase_topic', NULL, NULL, jsonb_build_object('chat_id', %s::bigint,"
            " 'topic_id', %s), %s)",
            *(chat, thread, f"erase_topic {topic} {number}"),
        )
    sent = "SELECT count(*) FROM outbox WHERE key LIKE %s AND status = 'sent'"
    eventually(lambda: group.sql(sent, f"erase_topic {topic} %") == [(4,)])
    assert str(topic) not in group.telegram.ask("topics", chat=group.chat)


def test_an_old_button_pressed_in_a_talk_is_read_by_its_title(group: Group):
    """Its payload means nothing to a person."""
    customer = group.customer("Кнопкин")
    customer.writes("возврат")
    offered = eventually(lambda: next((m for m in customer.got() if m.get("reply_markup")), None))
    title = offered["reply_markup"]["inline_keyboard"][0][0]["text"]
    mark = uuid.uuid4().hex
    customer.writes("дайте человека")
    got(customer, "Зову менеджера")
    customer.writes(mark)
    topic = group.topic_of(mark)
    customer.presses(offered, title)
    assert _text(group.sees(topic, f"Telegram:\n{title}")).endswith(title)


def test_a_link_behind_words_and_a_long_caption_arrive_whole(group: Group):
    """Telegram hides the address in a mark; with the name above it a caption is longer."""
    customer, topic = _calling(group)
    text = "👍 Вот наш прайс целиком"
    link = {"type": "text_link", "offset": 11, "length": 5, "url": "https://opt.example/p.xls"}
    template = group.writes(group.stranger, topic, "-")["message"]
    message = {**template, "message_id": template["message_id"] + 20_000, "text": text}
    anna = {"id": group.anna, "is_bot": False, "first_name": "Анна"}
    group.telegram.tell(
        "update", kind="message", content={**message, "entities": [link], "from": anna}
    )
    assert "прайс (https://opt.example/p.xls) целиком" in got(customer, "Вот наш")["text"]
    group.writes(group.anna, topic, photo={"name": "a.jpg"}, caption="ш" * 1_020 + "конец")
    eventually(lambda: any("photo" in m for m in customer.got()))
    got(customer, "конец")


def test_an_entry_that_is_brought_again_while_telegram_is_slow_is_said_once(group: Group):
    """The worker's patience ends before Telegram's answer: its next try gets the outcome."""
    customer, topic = _calling(group)
    token = (group.bot.folder / "var" / "internal.token").read_text().strip()
    entry = {"id": 10**9, "key": f"slow {topic}", "kind": "topic_note", "note": "медленно"}
    entry["dialog"] = f"tg:{customer.chat}"
    group.telegram.tell("fault", method="sendMessage", kind="hang", seconds=3, chat=group.chat)

    def bring(_: int) -> int:
        return requests.post(
            f"{group.bot.url}/webhooks/internal/deliver",
            json=entry,
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        ).status_code

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(bring, range(3))) == [200] * 3
    assert bring(0) == 200
    lines = "\n".join(_text(m) for m in group.lines(topic))
    assert lines.count("медленно") == 1


def test_a_note_to_the_group_stands_beside_the_topics(group: Group):
    """Of the bot's own matters, such as a price list that waits: no customer is behind it."""
    token = (group.bot.folder / "var" / "internal.token").read_text().strip()
    entry = {"id": 10**9 + 1, "key": "note", "kind": "group_note", "dialog": None}
    answer = requests.post(
        f"{group.bot.url}/webhooks/internal/deliver",
        json={**entry, "text": "Прайс-лист № 7 ждёт решения"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert answer.status_code == 200, answer.text
    said = [m for m in group.telegram.ask("chat", chat=group.chat) if "№ 7" in m.get("text", "")]
    assert len(said) == 1
    assert "message_thread_id" not in said[0]


def test_commands_are_those_of_this_bot(group: Group):
    """«/bot@name» is ours; «/bot» for somebody else's bot does nothing."""
    customer, topic = _calling(group)
    group.writes(group.anna, topic, "Слушаю")
    got(customer, "Слушаю")
    group.writes(group.anna, topic, "/botany")
    group.sees(topic, "строки с «/» остаются здесь")
    group.writes(group.anna, topic, "/bot@optfm_test_bot")
    got(customer, "Снова на связи бот")
    group.sees(topic, "Дальше отвечает бот")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"TELEGRAM_MANAGERS_CHAT": "-1001"}, "проверьте номер и добавьте бота в группу"),
    ],
)
def test_a_wrong_group_is_said_at_the_start_and_the_bot_runs(changed: dict[str, str], words: str):
    """In one line, with what to do."""
    with playing(**changed) as group:
        group.bot.wait_for(words)
        assert group.bot.text("здравствуйте")
