"""Two lines about a dialog, by a model behind the real wire."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from optfm.leads.card import Card, Line
from optfm.leads.words import card_text
from optfm.llm.providers.models import open_models
from optfm.settings import Settings
from optfm.worker.summaries import Summaries
from tests.peers.models import KEY, ModelServer, parts, serving

SAID = ["я Олег", "Здравствуйте", "дисплей на iphone 11", "1 240 ₽", "а 20 штук?", "24 800 ₽"]


def card(lines: int = 6) -> Card:
    return Card(
        id=1, created_at=datetime.now(UTC), status="new", name="Олег", phone="+79123456789",
        email=None, about="дисплеи", town=None, channel="rest", dialog="d1", taken_by=None,
        crm_id=None, rows=(), list_date=None,
        lines=tuple(
            Line(at=datetime.now(UTC), author="bot" if n % 2 else "customer", text=text)
            for n, text in enumerate(SAID[:lines])
        ),
    )  # fmt: skip


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serving(ModelServer()) as server:
        yield server


@pytest.fixture
def summaries(engine: Engine, model: ModelServer) -> Iterator[Summaries]:
    settings = Settings(
        ai_provider="openai", ai_model="m", ai_api_key=KEY, ai_base_url=model.url, ai_timeout_s=2
    )
    with open_models(settings, engine) as models:
        yield Summaries(models)


def test_the_manager_reads_two_lines_with_the_name(summaries: Summaries, model: ModelServer):
    """The model saw a mark, the manager sees the name; it is paid for once."""
    model.answer = lambda body: "[имя-1] хочет 20 дисплеев iphone 11.\nЦену назвали: 24 800 ₽."
    made = summaries.of(card())
    assert made.summary.startswith("Олег хочет 20") and made.summary in card_text(made)
    assert "Олег" not in parts(model.bodies[0])["ВОПРОС КЛИЕНТА"]
    summaries.of(card())
    assert len(model.bodies) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Хочет 30 дисплеев.",
        "одна\nдве\nтри",
        "слово " * 100,
        "Телефон [телефон-9] 777",
        "Хочет дисплеи, бот обещал скидку.",
        "Хочет дисплеи, доставка бесплатно.",
        "Хочет дисплеи, смотрите evil.example/pay",
    ],
)
def test_what_was_not_said_is_left_out(text: str, summaries: Summaries, model: ModelServer):
    """A number, a promise or a link of the model's own, or more than two lines: none; the request
    goes on."""
    model.answer = lambda body: text
    assert summaries.of(card()).summary == ""


def test_a_short_dialog_needs_none(summaries: Summaries, model: ModelServer):
    """Three lines are read faster."""
    assert summaries.of(card(lines=3)).summary == ""
    assert not model.bodies


def test_a_model_that_is_away_holds_no_request_up(summaries: Summaries, model: ModelServer):
    """The notice goes out as it is."""
    model.faults.extend([(500, "", {})] * 3)
    assert summaries.of(card()).summary == ""
    assert Summaries(None).of(card()).summary == ""
