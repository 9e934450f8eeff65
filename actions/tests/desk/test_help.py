"""A language model at the desk: it reads and proposes, masked and grounded, and sends nothing."""

import json
import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

from optfm.settings import Settings
from tests.api.conftest import Server, serving
from tests.desk.conftest import SignedIn
from tests.desk.talking import Customer
from tests.peers.models import KEY, ModelServer, extractive, liar
from tests.peers.models import serving as model_serving


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    """A model behind the real wire."""
    with model_serving(ModelServer()) as server:
        yield server


@pytest.fixture(scope="module")
def server(
    database: Engine, settings_for: Callable[..., Settings], model: ModelServer
) -> Iterator[Server]:
    """A desk with that model."""
    settings = settings_for(
        ai_provider="openai", ai_model="m", ai_api_key=KEY, ai_base_url=model.url, ai_timeout_s=5
    )
    with serving(database, settings) as running:
        yield running


@pytest.fixture
def masha(server: Server, model: ModelServer) -> Customer:
    """A customer who has told much and waits for a person."""
    model.bodies.clear()
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.leaves_request("Мария", "+79101112233")
    for words in ("я Мария", "мой телефон +7 910 111-22-33", "дисплеи нужны"):
        customer.says(words)
        customer.hears("Хорошо")
    customer.says("где взять рекламационный акт")
    return customer.calls()


def ask(client, customer: Customer, what: str, **more: str) -> str:
    """Press one of the buttons."""
    done = client.post("/desk/talk/help", data={"dialog": customer.dialog, "what": what, **more})
    assert done.status_code == 200
    return done.text


def test_dialog_in_two_lines_masked_on_its_way(masha: Customer, model: ModelServer, signed_in):
    """The model saw marks; the manager reads the name; the customer gets nothing."""
    model.answer = lambda body: "[имя-1] спрашивает про рекламационный акт."
    page = ask(signed_in("Анна"), masha, "summary")
    assert "Мария спрашивает про рекламационный акт." in page
    asked = json.dumps(model.bodies[0], ensure_ascii=False)
    assert "Мария" not in asked
    assert "111-22-33" not in asked
    assert masha.outbox() == []


def test_answer_is_proposed_from_the_facts_and_never_sent(
    masha: Customer, model: ModelServer, signed_in
):
    """The proposal stands in the facts; it comes to the field by the manager's hand only."""
    model.answer = extractive
    page = ask(signed_in("Анна"), masha, "suggestion")
    made = re.search(r'data-insert="([^"]+)"', page)
    assert made
    assert "optfm.ru/docs" in made[1]
    assert "клиент этого не видит" in page
    assert masha.outbox() == []
    assert "Говорит бот" not in signed_in("Анна").get(f"/desk/dialogs/{masha.dialog}").text


def test_what_does_not_stand_in_the_facts_is_not_proposed(
    masha: Customer, model: ModelServer, signed_in
):
    """The manager is told so in a sentence."""
    masha.says("сколько стоит доставка в Вологду")
    model.answer = liar
    page = ask(signed_in("Анна"), masha, "suggestion")
    assert "data-insert" not in page
    assert "отброшено" in page or "Уверенного ответа у модели нет" in page


def test_model_that_is_away_is_no_error(masha: Customer, model: ModelServer, signed_in):
    """What is asked for says why there is nothing; what the page asks by itself says nothing."""
    anna = signed_in("Анна")
    masha.says("и ещё вопрос")
    model.faults.extend([(500, "{}", {})] * 6)
    assert "Модель сейчас не отвечает" in ask(anna, masha, "summary")
    assert ask(anna, masha, "summary", asked="false").count("Модель") == 0
    model.faults.clear()


def test_summary_is_asked_by_the_page_when_a_dialog_is_handed_over(masha: Customer, signed_in):
    """Not when it is one's own."""
    anna = signed_in("Анна")
    page = f"/desk/dialogs/{masha.dialog}"
    assert 'hx-trigger="load"' in anna.get(page).text
    anna.post("/desk/act", data={"dialog": masha.dialog, "what": "take", "shown": ""})
    assert 'hx-trigger="load"' not in anna.get(page).text
    assert "Предложить ответ" in anna.get(page).text


def test_desk_without_a_model_says_so(database: Engine, settings_for, masha: Customer):
    """In the page, and to whoever presses a button of an old one."""
    with serving(database, settings_for()) as plain:
        people = SignedIn(plain)
        anna = people("Анна")
        page = anna.get(f"/desk/dialogs/{masha.dialog}").text
        assert "языковая модель не настроена" in page
        assert "Предложить ответ" not in page
        assert "Языковая модель не настроена" in ask(anna, masha, "suggestion")
        anna.close()
    with database.connect() as connection:
        purposes = connection.execute(text("SELECT DISTINCT purpose FROM llm_calls")).scalars()
        assert set(purposes) <= {"summary", "answer"}
