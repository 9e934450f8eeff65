"""What the owner sees of the models: `optfm llm ask|usage`, and what `doctor` says of each."""

import asyncio
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from optfm.cli.main import optfm
from optfm.llm.gateway.cost import price_of
from optfm.llm.providers.readiness import check_models
from optfm.settings import Settings
from tests.llm.test_sber import GigaPeer
from tests.peers import crm, yandex_gpt
from tests.peers.models import KEY, ModelServer
from tests.peers.yandex_gpt import YandexPeer


@pytest.fixture
def owner(
    engine: Engine, database_url: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An `.env` with a model behind the OpenAI wire."""
    given = {
        "DB_URL": database_url,
        "AI_PROVIDER": "openai",
        "AI_MODEL": "m",
        "AI_API_KEY": KEY,
        "AI_BASE_URL": server.url,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def llm(*words: str) -> Result:
    return CliRunner().invoke(optfm, ["llm", *words])


def test_a_question_is_asked_and_counted(owner: None, server: ModelServer):
    """The answer as it came; personal data leaves as a mark and comes back."""
    server.answer = lambda body: body["messages"][1]["content"]
    asked = llm("ask", "Мой телефон 8 912 345 67 89")
    assert asked.exit_code == 0 and "8 912 345 67 89" in asked.output
    assert "912" not in str(server.bodies)
    shown = llm("usage", "--by", "purpose").output
    assert "ask" in shown and "вызовов" in shown
    assert "оценка сверху" in shown, "the price of «openai m» is nobody's"


@pytest.mark.parametrize(
    "words", [("ask", ""), ("ask", " \n"), ("usage", "--by", "week"), ("ask",)]
)
def test_odd_words_are_refused_before_anything_is_sent(
    words: tuple[str, ...], owner: None, server: ModelServer
):
    """With what is wrong; nothing is paid."""
    assert llm(*words).exit_code != 0
    assert not server.bodies


@pytest.mark.parametrize(
    "said", ["Привет \x00 мир", "{{}} %s \\", "я" * 50_000, "🙂" * 50, "--by", "\ud83d"]
)
def test_odd_questions_reach_the_model_or_are_refused_in_a_line(
    said: str, owner: None, server: ModelServer
):
    """No traceback, whatever was typed."""
    asked = llm("ask", "--", said)
    assert asked.exception is None or not isinstance(asked.exception, (UnicodeError, ValueError))


def test_without_calls_the_usage_is_empty(owner: None):
    """Said in words."""
    assert "Вызовов не было" in llm("usage").output


def wrong(**given: str) -> str:
    ((_, words),) = check_models(Settings(**given))
    return words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"ai_api_key": "other"}, "401: Incorrect API key"),
        ({"ai_model": "nope"}, "модели «nope» там нет, есть: m"),
        ({"ai_base_url": "http://user:word@127.0.0.1:9"}, "нет связи с 127.0.0.1:9:"),
        ({"ai_base_url": "http://nowhere.invalid"}, "нет связи с nowhere.invalid:"),
    ],
)
def test_doctor_tells_what_is_wrong_with_an_openai_wire(
    given: dict[str, str], said: str, server: ModelServer
):
    """Key, model, address; then the call that a conversation makes, once."""
    right = {
        "ai_provider": "openai",
        "ai_model": "m",
        "ai_api_key": KEY,
        "ai_base_url": server.url,
    }
    words = wrong(**{**right, **given})
    assert said in words and bool(words) == bool(said)
    assert len(server.bodies) == (0 if said else 1)


@pytest.fixture
def giga() -> Iterator[GigaPeer]:
    with crm.serving(GigaPeer()) as peer:
        assert isinstance(peer, GigaPeer)
        yield peer


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"ai_api_key": "bm8="}, "401"),
        ({"ai_api_key": "not base64!"}, "401"),
        ({"sber_scope": "GIGACHAT_API_CORP"}, "400"),
        ({"ai_model": "GigaChat-9"}, "модели «GigaChat-9» там нет"),
        ({"sber_auth_url": "http://127.0.0.1:9/oauth"}, "нет связи"),
    ],
)
def test_doctor_tells_what_is_wrong_with_gigachat(given: dict[str, str], said: str, giga: GigaPeer):
    """Key, scope, model, address of the tokens."""
    right = {
        "ai_provider": "sber",
        "ai_api_key": "a2V5",
        "ai_base_url": f"{giga.url}/v1",
        "sber_auth_url": f"{giga.url}/oauth",
    }
    words = wrong(**{**right, **given})
    assert said in words and bool(words) == bool(said)
    assert any(call.path.endswith("completions") for call in giga.calls) == (not said)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"ai_api_key": "t1.token"}, ""),
        ({"ai_api_key": "other"}, "UNAUTHENTICATED"),
        ({"ai_api_key": "t1.old"}, "UNAUTHENTICATED"),
        ({"yandex_folder_id": "other"}, "PERMISSION_DENIED"),
        ({"ai_model": "nope"}, "NOT_FOUND"),
    ],
)
async def test_doctor_tells_what_is_wrong_with_yandex(given: dict[str, str], said: str):
    """API key or IAM token, folder, model; the tokeniser is free."""
    async with yandex_gpt.serving(YandexPeer()) as peer:
        right = {
            "ai_provider": "yandex",
            "ai_api_key": "AQVN-key",
            "yandex_folder_id": "folder-1",
            "ai_base_url": f"http://127.0.0.1:{peer.port}",
        }
        words = await asyncio.to_thread(lambda: wrong(**{**right, **given}))
        assert said in words and bool(words) == bool(said)


@pytest.mark.parametrize(
    ("provider", "model"),
    [("yandex", "yandexgpt-lite"), ("sber", "GigaChat"), ("openai", "any"), ("ollama", "qwen")],
)
def test_every_model_has_a_price_and_a_guess_says_so(provider: str, model: str):
    """What no vendor's page confirms has no source; one's own machine costs nothing."""
    price = price_of(provider, model)
    assert bool(price.source) == (provider == "ollama")
    assert (price.of(1000, 1000) == 0) == (provider == "ollama")
