"""A person instead of the bot: called, answering, leaving, for customers of every channel."""

import uuid

from managers.group import Group, eventually, got

_CALLED = "Зову менеджера"
_BACK = "Снова на связи бот"


def _texts(said: list[dict]) -> str:
    return "\n".join(part.get("text", "") for part in said)


def called(group: Group, words: str = "позовите человека") -> tuple[str, int]:
    """A customer over REST who has called a manager, and the topic about him."""
    customer = uuid.uuid4().hex
    mark = f"нужен совет {customer[:8]}"
    group.bot.say(mark, customer)
    assert _CALLED in group.bot.text(words, customer)
    return customer, group.topic_of(mark)


def _gets(group: Group, customer: str, words: str) -> str:
    """A message over REST after which the customer has read these words."""
    read = ""

    def look() -> bool:
        nonlocal read
        read += group.bot.text(f"жду {uuid.uuid4().hex[:6]}", customer)
        return words in read

    eventually(look)
    return read


def test_a_manager_called_over_rest_talks_and_gives_back(group: Group):
    """The whole way: called, heard, answered, given back, all of it in the dialog in order."""
    customer, topic = called(group)
    assert group.bot.say("есть кто живой?", customer) == []
    group.sees(topic, "есть кто живой?")
    group.writes(group.anna, topic, "Добрый день! Слушаю вас.")
    eventually(lambda: ("manager", "Добрый день! Слушаю вас.") in group.said(customer))
    answer = group.bot.say("нужен счёт", customer)
    assert [part["text"] for part in answer] == ["Добрый день! Слушаю вас."]
    assert answer[0]["custom"]["manager"] == {"name": "Анна"}
    group.sees(topic, "нужен счёт")
    group.writes(group.anna, topic, "/bot")
    group.sees(topic, "Дальше отвечает бот")
    assert _BACK in group.bot.text("дисплей айфон 11", customer)
    said = group.said(customer)
    order = [
        ("customer", "есть кто живой?"),
        ("manager", "Добрый день! Слушаю вас."),
        ("customer", "нужен счёт"),
        ("customer", "дисплей айфон 11"),
    ]
    assert [line for line in said if line in order] == order
    assert said[-1][0] == "bot"


def test_a_customer_of_telegram_and_a_manager_send_words_photos_and_corrections(group: Group):
    """Each reads the other in his own chat; the bot says nothing in between."""
    customer = group.customer("Пётр")
    first = customer.writes("позовите менеджера")["message"]["message_id"]
    got(customer, _CALLED)
    topic = group.topic_of("позовите менеджера")
    customer.writes(photo={"name": "screen.jpg", "mime": "image/jpeg"})
    eventually(lambda: any("photo" in m for m in group.lines(topic)))
    customer.writes(voice={"name": "voice.ogg", "mime": "audio/ogg"})
    eventually(lambda: any("voice" in m for m in group.lines(topic)))
    sent = customer.writes("какая это моделъ?")["message"]
    group.telegram.tell(
        "edit", chat=customer.chat, message_id=sent["message_id"], text="какая это модель?"
    )
    assert "исправил" in group.sees(topic, "какая это модель?")["text"]
    group.telegram.tell("edit", chat=customer.chat, message_id=first, text="позовите, пожалуйста")
    assert "исправил" in group.sees(topic, "позовите, пожалуйста")["text"]
    written = group.writes(group.anna, topic, "Это A12")["message"]
    assert got(customer, "Это A12")["text"].startswith("Анна")
    group.telegram.tell("edit", chat=group.chat, message_id=written["message_id"], text="Это A125")
    got(customer, "Исправлено: Это A125")
    group.writes(
        group.oleg, topic, photo={"name": "a.jpg", "mime": "image/jpeg"}, caption="Вот такой"
    )
    shown = eventually(lambda: next((m for m in customer.got() if "photo" in m), None))
    assert "Менеджер" in shown["caption"] and "Вот такой" in shown["caption"]
    group.writes(group.oleg, topic, document={"name": "счёт.pdf", "mime": "application/pdf"})
    eventually(lambda: any("document" in m for m in customer.got()))
    assert not any(_BACK in (m.get("text") or "") for m in customer.got())


def test_only_what_a_member_writes_in_the_topic_reaches_the_customer(group: Group):
    """Not General, not notes, not commands, not strangers, not the same update twice."""
    customer = group.customer("Иван")
    customer.writes("хочу поговорить с человеком")
    got(customer, _CALLED)
    topic = group.topic_of("хочу поговорить с человеком")
    group.writes(group.anna, None, "В общем чате")
    group.writes(group.anna, topic, "// заметка")
    group.writes(group.anna, topic, "/help")
    group.writes(group.stranger, topic, "Я менеджер, переведите деньги")
    update = group.writes(group.anna, topic, "Слушаю")
    group.telegram.tell(
        "again", update_id=update["update_id"], kind="message", content=update["message"]
    )
    group.telegram.tell("update", kind="message", content=update["message"])
    group.writes(group.anna, topic, "Цитата", reply_to=group.card(topic)["message_id"])
    got(customer, "Цитата")
    group.sees(topic, "строки с «/» остаются здесь")
    heard = "\n".join(m.get("text") or "" for m in customer.got())
    for secret in ("общем", "заметка", "/help", "деньги"):
        assert secret not in heard
    assert heard.count("Слушаю") == 1


def test_two_managers_press_at_once_and_one_is_told(group: Group):
    """«Беру» is won once; a stranger's press does nothing; «Закрыть» ends the talk."""
    customer, topic = called(group)
    card = group.card(topic)
    assert "для менеджеров" in group.presses(group.stranger, card, "Беру")
    assert "ваша" in group.presses(group.anna, card, "Беру")
    assert "уже взял(а) Анна" in group.presses(group.oleg, card, "Беру")
    group.sees(topic, "Взял(а): Анна")
    assert group.presses(group.oleg, card, "Закрыть") == "Закрыто."
    assert group.presses(group.anna, card, "Закрыть") == "Уже закрыто."
    eventually(lambda: group.telegram.ask("topics", chat=group.chat)[str(topic)]["closed"])
    assert "Разговор с менеджером закончен" in _gets(group, customer, "закончен")


def test_the_customer_returns_to_the_bot_by_words_or_button(group: Group):
    """Either brings the bot back at once, and the topic knows."""
    for words in ("Вернуться к боту!", "/back_to_bot"):
        customer, topic = called(group)
        assert _BACK in group.bot.text(words, customer)
        group.sees(topic, "Клиент вернулся к боту")
        assert group.bot.text("есть доставка?", customer)


def test_a_blocked_bot_is_told_in_the_topic_and_the_words_wait(group: Group):
    """The customer gets them when he comes back and writes."""
    customer = group.customer("Семён")
    customer.writes("позовите живого менеджера")
    got(customer, _CALLED)
    topic = group.topic_of("позовите живого менеджера")
    group.telegram.tell("leave", chat=customer.chat)
    group.writes(group.anna, topic, "Куда вы пропали?")
    assert "заблокировал" in group.sees(topic, "Не доставлено")["text"]
    group.telegram.tell("back", chat=customer.chat)
    customer.writes("я тут")
    got(customer, "Куда вы пропали?")


def test_a_customer_who_is_away_is_told_of_once_however_much_is_written_to_him(group: Group):
    """Once a silence of his: all of it waits, and after his next words it may be said again."""
    customer, topic = called(group)

    def told() -> int:
        return sum("Не доставлено" in (m.get("text") or "") for m in group.lines(topic))

    for words in ("Добрый день", "Есть 5 штук", "Везём завтра"):
        group.writes(group.anna, topic, words)
    eventually(lambda: _waiting(group, customer) == 3)
    group.writes(group.anna, topic, "/help")
    group.sees(topic, "строки с «/» остаются здесь")
    assert told() == 1
    heard = group.bot.text("спасибо", customer)
    assert all(words in heard for words in ("Добрый день", "Есть 5 штук", "Везём завтра"))
    group.writes(group.anna, topic, "Пожалуйста")
    eventually(lambda: told() == 2)


def _waiting(group: Group, customer: str) -> int:
    question = (
        "SELECT count(*) FROM outbox WHERE dialog = %s AND kind = 'customer' AND status = 'waiting'"
    )
    [(count,)] = group.sql(question, customer)
    return int(count)


def test_no_customer_can_write_what_looks_like_a_service_line(group: Group):
    """His marks and tags are words in a quotation."""
    customer = group.customer("<b>🟢 Взял(а): Олег</b>")
    customer.writes("позовите оператора")
    got(customer, _CALLED)
    topic = group.topic_of("позовите оператора")
    customer.writes("</blockquote><i>🟢 Взял(а): Олег</i>")
    line = group.sees(topic, "</blockquote><i>🟢 Взял(а): Олег</i>")
    assert [entity["type"] for entity in line["entities"]] == ["blockquote"]
    service = customer.writes("🟢 Взял(а): Олег")["message"]["message_id"]
    customer.writes("вот это", reply_to=service)
    line = group.sees(topic, "вот это")
    assert [entity["type"] for entity in line["entities"]] == ["blockquote", "blockquote"]
    long = "ы" * 3_990
    customer.writes(long)
    eventually(lambda: sum((m.get("text") or "").count("ы") for m in group.lines(topic)) >= 3_990)


def test_insults_and_three_failures_call_a_manager_too(group: Group):
    """«верните деньги» at once; what the bot cannot answer the third time in a row."""
    angry = uuid.uuid4().hex
    assert "Извините" in group.bot.text("верните мои деньги, жулики", angry)
    topic = group.topic_of("верните мои деньги, жулики")
    assert "недоволен" in group.card(topic)["text"]
    puzzled = uuid.uuid4().hex
    for nonsense in ("абырвалг кукумбер", "фыва олдж пролд"):
        group.bot.say(nonsense, puzzled)
    assert "зову менеджера" in group.bot.text("ячсм итьбю", puzzled)
