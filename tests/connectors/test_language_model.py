"""A whole bot with a language model that is slow, silent, broken or gone: what customers see."""

import contextlib
import json
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from conftest import ROOT, Bot, free_port, run_folder
from managers.group import got
from test_socketio import Tab

sys.path.insert(0, str(ROOT / "actions"))
from tests.peers.models import KEY, Body, ModelServer, completion, extractive, liar, serving
from tests.peers.telegram.running import TOKEN, Telegram, telegram_peer

SLOW_S = 1.5
#: The next step of the chain: the bot does not know, or takes it for nobody's business.
UNKNOWN = ("Не совсем понял вопрос", "С этим не помогу")
ANNOUNCED = "Ищу ответ"
#: What no topic is about and a fact answers; which of them reach a model hangs on what Rasa knows.
_QUESTIONS = (
    "в каких странах у вас поставщики",
    "из каких стран поставляете товар",
    "кто ваши поставщики на рынке",
    "сколько регионов вы забираете",
    "сколько сотрудников работает",
    "делаете ли вы подарочную упаковку",
    "заказал на 700 рублей как отправите",
)


class Shop:
    """A bot, its model and its Telegram."""

    def __init__(self, bot: Bot, model: ModelServer, telegram: Telegram) -> None:
        self.bot, self.model, self.telegram = bot, model, telegram
        self._question, self.fact = next(filter(None, map(self._by_model, _QUESTIONS)))

    def _by_model(self, question: str) -> tuple[str, str] | None:
        said = self.says(question)[0]
        by_model = said.get("custom", {}).get("source") == "llm"
        return (question, said["text"]) if by_model else None

    def asked(self) -> str:
        """A question that only a model answers; its last answer is forgotten."""
        self.sql("TRUNCATE llm_cache")
        return self._question

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with contextlib.closing(psycopg2.connect(self.bot.db_url)) as connection:
            connection.set_session(autocommit=True)
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []

    def says(self, text: str, customer: str = "") -> list[dict[str, Any]]:
        return self.bot.say(text, customer or uuid.uuid4().hex)


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with (
        run_folder() as folder,
        telegram_peer(free_port()) as telegram,
        serving(ModelServer(answer=extractive)) as model,
    ):
        environ = {
            "AI_PROVIDER": "openai",
            "AI_MODEL": "m",
            "AI_API_KEY": KEY,
            "AI_BASE_URL": model.url,
            "AI_TIMEOUT_S": "6",
            "AI_USE": "answer",
            "SLOW_ANSWER_S": str(SLOW_S),
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
        }
        bot = Bot(folder, environ).start()
        yield Shop(bot, model, telegram)
        bot.stop()
        assert not model.complaints


@pytest.fixture
def tab(shop: Shop) -> Iterator[Tab]:
    tab = Tab(shop.bot.url)
    tab.open()
    yield tab
    tab.client.eio.disconnect(abort=True)


def test_a_slow_answer_is_announced_on_the_site_and_follows(shop: Shop, tab: Tab):
    """Once, before the answer itself."""
    shop.model.faults.append(3 * SLOW_S)
    tab.client.emit("user_uttered", {"message": shop.asked(), "message_id": "m-1"})
    assert ANNOUNCED in tab.expect("bot_uttered")["text"]
    assert shop.fact in tab.expect("bot_uttered")["text"]


def test_a_slow_answer_is_announced_in_telegram_and_follows(shop: Shop):
    """As on the site."""
    shop.model.faults.append(3 * SLOW_S)
    customer = shop.telegram.customer()
    customer.writes(shop.asked())
    got(customer, shop.fact)
    texts = [message.get("text", "") for message in customer.got()]
    assert [ANNOUNCED in texts[0], shop.fact in texts[1], len(texts)] == [True, True, 2]


def test_a_late_answer_is_dropped_when_the_customer_has_gone_on(shop: Shop, tab: Tab):
    """He asked something else meanwhile: he reads the answer to that, not to the old question."""
    shop.model.faults.append(3 * SLOW_S)
    tab.client.emit("user_uttered", {"message": shop.asked(), "message_id": "m-1"})
    assert ANNOUNCED in tab.expect("bot_uttered")["text"]
    tab.client.emit("user_uttered", {"message": "дисплей iphone 11", "message_id": "m-2"})
    assert "₽" in tab.expect("bot_uttered")["text"]
    history = tab.open(tab.open()[0])[1]
    assert not any(shop.fact in json.dumps(line, ensure_ascii=False) for line in history)


def test_a_late_answer_is_dropped_in_telegram(shop: Shop):
    """As on the site."""
    shop.model.faults.append(3 * SLOW_S)
    customer = shop.telegram.customer()
    customer.writes(shop.asked())
    got(customer, ANNOUNCED)
    customer.writes("дисплей iphone 11")
    got(customer, "₽")
    assert not any(shop.fact in message.get("text", "") for message in customer.got())


def long(body: Body) -> str:
    return json.dumps({"text": "Доставка. " * 10_000, "ids": ["F1"], "sure": True})


SAYINGS = {
    "empty": lambda body: "",
    "half a JSON": lambda body: '{"text": "Доставка бес',
    "no JSON": lambda body: "Доставка бесплатная всегда!",
    "of another form": lambda body: '{"text": 5, "ids": {}, "sure": "yes"}',
    "deep": lambda body: "[" * 50_000 + "{" * 50_000 + "}",
    "100,000 characters": long,
    "a lie": liar,
    "cut off": lambda body: completion("Доставка", finish="length"),
    "dead in mid-stream": lambda body: completion("Доставка", finish=None),
    "refused by the vendor": lambda body: completion("Нет", finish="content_filter"),
    "no choices": lambda body: {**completion("x"), "choices": []},
    "nothing of the wire": lambda body: {"hello": 1},
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_whatever_a_model_says_the_chain_goes_on(shop: Shop, saying: str):
    """The bot does not know and says so; the next question has its answer."""
    shop.model.answer, before = SAYINGS[saying], len(shop.model.bodies)
    try:
        (said,) = shop.says(shop.asked())
    finally:
        shop.model.answer = extractive
    assert len(shop.model.bodies) > before
    assert said["text"].startswith(UNKNOWN)
    assert shop.fact in shop.says(shop.asked())[0]["text"]


ERROR = '{"error": {"message": "no"}}'
FAULTS = {
    "429 for a minute": [(429, ERROR, {"Retry-After": "60"})],
    "429 again and again": [(429, ERROR, {})] * 3,
    "500 again and again": [(500, ERROR, {})] * 3,
    "half an answer": ["cut"] * 3,
    "HTML": [(200, "<html>502</html>", {"Content-Type": "text/html"})],
    "silence": [300.0],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_befalls_a_model_the_chain_goes_on(shop: Shop, fault: str):
    """Within the turn's limit: no apology of the connector, no silence."""
    shop.model.faults.extend(FAULTS[fault])
    (said,) = shop.says(shop.asked())
    shop.model.faults.clear()
    assert said["text"].startswith(UNKNOWN)
    assert shop.fact in shop.says(shop.asked())[0]["text"]


def test_prices_and_topics_do_not_wait_for_a_model_that_refuses_its_key(shop: Shop):
    """Last: a refused key gives the model a minute's rest."""
    shop.model.faults.extend([(401, ERROR, {})] * 3)
    assert shop.says(shop.asked())[0]["text"].startswith(UNKNOWN)
    shop.model.faults.clear()
    assert "₽" in shop.says("дисплей iphone 11")[0]["text"]
    assert "доставка" in shop.says("сколько стоит доставка")[0]["text"].lower()
    outcomes = {row[0] for row in shop.sql("SELECT DISTINCT outcome FROM llm_calls")}
    assert {"ok", "bad_answer", "unfounded", "filtered", "busy", "away", "timeout"} <= outcomes
    assert "refused" in outcomes
