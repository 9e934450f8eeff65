"""The gateway over a real Postgres and a strict stand-in behind the real wire."""

import asyncio
import json
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from optfm.db.tables import llm_cache, llm_calls
from optfm.llm.gateway.cache import key
from optfm.llm.gateway.errors import (
    BadAnswer,
    OverBudget,
    ProviderAway,
    ProviderFiltered,
    ProviderRefused,
    ProviderTimeout,
    Resting,
    TooManyWait,
)
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.task import Task
from optfm.llm.providers.models import gateway_of
from optfm.settings import Settings
from tests.llm.conftest import Clock, wire
from tests.peers.models import ModelServer, completion, parts


def task(question: str = "Где вы?", **more) -> Task[str]:
    values = {"check": lambda text, restore: restore(text), "json": False, **more}
    return Task(
        purpose="answer",
        prompt_version="1",
        system="Правила",
        question=question,
        max_tokens=50,
        **values,
    )


def rows(engine: Engine) -> list:
    with engine.connect() as connection:
        return list(connection.execute(select(llm_calls).order_by(llm_calls.c.id)))


async def test_every_call_is_a_row(gateway: Gateway, engine: Engine):
    """Tokens, cost, time and masked text are in llm_calls, whatever came of the call."""
    await gateway.ask(task("Мой телефон +7 912 345-67-89", dialog="d1"))
    (row,) = rows(engine)
    assert (row.outcome, row.provider, row.model, row.dialog) == ("ok", "openai", "m", "d1")
    assert row.tokens_in == 100 and row.cost_rub > Decimal("0.1")
    assert row.text["question"] == "Мой телефон [телефон-1]"


async def test_personal_data_leaves_only_as_marks_and_comes_back(
    gateway: Gateway, server: ModelServer
):
    """A model that repeats what it was told gives the customer his own words back."""
    server.answer = lambda body: parts(body)["ВОПРОС КЛИЕНТА"]
    said = "Я Олег, звоните Олегу на 8 (912) 345 67 89 или oleg@mail.example, ул. Мира, д. 5"
    assert await gateway.ask(task(said, names=("Олег",))) == said
    sent = str(server.bodies)
    assert not any(secret in sent for secret in ("Олег", "345", "oleg@", "Мира"))


async def test_the_same_question_is_paid_for_once(
    gateway: Gateway, server: ModelServer, engine: Engine
):
    """Case and signs do not matter; other facts do."""
    await gateway.ask(task("Где вы?"))
    await gateway.ask(task("  где ВЫ ?! "))
    assert len(server.bodies) == 1
    await gateway.ask(task("Где вы?", facts="другие"))
    assert len(server.bodies) == 2
    assert [row.outcome for row in rows(engine)] == ["ok", "cached", "ok"]


async def test_what_fails_the_check_is_not_kept(gateway: Gateway, engine: Engine):
    """A bad answer is told from a good one in the journal and never comes from the cache."""

    def refuse(text, restore):
        raise BadAnswer("не то")

    with pytest.raises(BadAnswer):
        await gateway.ask(task(check=refuse))
    assert rows(engine)[0].outcome == "bad_answer" and rows(engine)[0].tokens_in == 100
    with engine.connect() as connection:
        assert not connection.execute(select(llm_cache)).all()


@pytest.mark.parametrize(
    "limit", [{"ai_dialog_tokens": 80}, {"ai_daily_tokens": 80}, {"ai_monthly_rub": 1}]
)
async def test_over_the_budget_nothing_is_sent(limit, engine: Engine, server: ModelServer):
    """Each of the owner's limits stops calls before they cost anything."""
    gateway = gateway_of(Settings(**limit), engine, [wire(server)])
    with engine.begin() as connection:
        connection.execute(
            llm_calls.insert().values(
                dialog="d1", purpose="answer", provider="x", model="x", prompt_version="1",
                tokens_in=10, tokens_out=10, cost_rub=1, outcome="ok",
            )
        )  # fmt: skip
    with pytest.raises(OverBudget):
        await gateway.ask(task(dialog="d1"))
    assert not server.bodies and rows(engine)[-1].outcome == "over_budget"


async def test_calls_on_their_way_count_too(engine: Engine, server: ModelServer):
    """Many at once cannot pass a limit that one after the other would not."""
    server.delay_s = 0.3
    gateway = gateway_of(Settings(ai_daily_tokens=150), engine, [wire(server)])
    done = await asyncio.gather(
        *(gateway.ask(task(f"Вопрос {n}")) for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, OverBudget) for one in done) >= 3


async def test_a_full_queue_is_refused_at_once(engine: Engine, server: ModelServer):
    """Nobody waits behind a model that has too much to do already."""
    server.delay_s = 0.3
    settings = Settings(ai_at_once=1, ai_queue=1)
    gateway = gateway_of(settings, engine, [wire(server)])
    done = await asyncio.gather(
        *(gateway.ask(task(f"Вопрос {n}")) for n in range(4)), return_exceptions=True
    )
    assert sum(isinstance(one, TooManyWait) for one in done) == 2


async def test_busy_waits_as_asked_and_tries_again(
    gateway: Gateway, server: ModelServer, clock: Clock
):
    """429 with Retry-After is obeyed, with some chance on top."""
    server.faults.append((429, '{"error":{"message":"slow"}}', {"Retry-After": "2"}))
    assert await gateway.ask(task()) == "Здравствуйте"
    assert 2 <= clock.slept[0] < 3


async def test_busy_for_longer_than_a_customer_waits_goes_on(gateway: Gateway, server: ModelServer):
    """Retry-After of a minute is not waited for."""
    server.faults.append((429, "{}", {"Retry-After": "60"}))
    with pytest.raises(Exception) as caught:
        await gateway.ask(task())
    assert caught.value.outcome == "busy" and len(server.bodies) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fault", "error", "calls"),
    [
        ((500, "oops", {}), ProviderAway, 3),
        ((401, '{"error":{"message":"key"}}', {}), ProviderRefused, 1),
        ((404, '{"error":{"message":"model","code":null}}', {}), ProviderRefused, 1),
        ((400, '{"error":{"code":"content_filter","message":"no"}}', {}), ProviderFiltered, 1),
        ((200, "{not json", {}), BadAnswer, 1),
        ((200, "<html>", {"Content-Type": "text/html"}), BadAnswer, 1),
        ("cut", ProviderAway, 3),
    ],
)
async def test_each_fault_has_its_name(
    fault, error, calls, gateway: Gateway, server: ModelServer, engine: Engine
):
    """What a vendor answers becomes one of our errors; only what may pass is tried again."""
    server.faults.extend([fault] * 3)
    with pytest.raises(error):
        await gateway.ask(task())
    assert len(server.bodies) == calls and len(rows(engine)) == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (completion("  "), BadAnswer),
        (completion("Полови", finish="length"), BadAnswer),
        (completion("Полови", finish=None), BadAnswer),
        (completion("", finish="content_filter"), ProviderFiltered),
        ({**completion("x"), "choices": []}, BadAnswer),
        ({"object": "что-то другое"}, BadAnswer),
    ],
)
async def test_half_an_answer_is_none(said, error, gateway: Gateway, server: ModelServer):
    """Empty, cut off (Ollama says 200 and no reason when its runner dies) or filtered."""
    server.answer = lambda body: said
    with pytest.raises(error):
        await gateway.ask(task())


async def test_silence_ends_with_the_customers_patience(engine: Engine, server: ModelServer):
    """Five minutes of silence cost the time-out, no more."""
    server.faults.append(300)
    gateway = gateway_of(Settings(ai_timeout_s=1), engine, [wire(server)])
    with pytest.raises(ProviderTimeout):
        await gateway.ask(task())
    assert rows(engine)[0].outcome == "timeout"


async def test_a_name_that_does_not_resolve_is_away(engine: Engine, clock: Clock):
    """DNS failure is told as such."""
    lost = wire(ModelServer(url="http://no-such-host.invalid/v1"))
    gateway = gateway_of(Settings(), engine, [lost], clock=clock, sleep=clock.sleep)
    with pytest.raises(ProviderAway):
        await gateway.ask(task())


async def test_the_reserve_answers_where_the_first_does_not(
    engine: Engine, server: ModelServer, reserve: ModelServer, clock: Clock
):
    """Both calls are in the journal."""
    server.faults.append((401, "{}", {}))
    chosen = [wire(server), wire(reserve, name="ollama", model="m2")]
    gateway = gateway_of(Settings(), engine, chosen, clock=clock, sleep=clock.sleep)
    assert await gateway.ask(task()) == "Запасная"
    assert [(r.provider, r.outcome) for r in rows(engine)] == [
        ("openai", "refused"),
        ("ollama", "ok"),
    ]


async def test_one_that_fails_is_left_alone_then_tried_once(
    gateway: Gateway, server: ModelServer, clock: Clock
):
    """A wrong key rests for a minute; then one call may find it right again."""
    server.faults.append((401, "{}", {}))
    with pytest.raises(ProviderRefused):
        await gateway.ask(task("1"))
    with pytest.raises(Resting):
        await gateway.ask(task("2"))
    assert len(server.bodies) == 1
    clock.now += 61
    assert await gateway.ask(task("3")) == "Здравствуйте"


async def test_switched_off_purposes_ask_nobody(engine: Engine, server: ModelServer):
    """AI_USE without `answer` sends no answers' prompts."""
    gateway = gateway_of(Settings(ai_use="summary"), engine, [wire(server)])
    with pytest.raises(OverBudget):
        await gateway.ask(task())
    assert not server.bodies


async def test_texts_are_dropped_where_the_owner_wants(engine: Engine, server: ModelServer):
    """AI_KEEP_TEXT=false keeps the numbers only."""
    gateway = gateway_of(Settings(ai_keep_text=False), engine, [wire(server)])
    await gateway.ask(task())
    assert rows(engine)[0].text is None


@pytest.mark.parametrize(
    "refusals",
    [
        ["'response_format.type' must be 'json_schema' or 'text'"],
        ["Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."],
        ["Unsupported value: 'temperature' does not support 0.3 with this model."],
        ["response_format is not supported", "max_tokens is not supported", "temperature is fixed"],
    ],
)
async def test_a_server_that_refuses_a_parameter_is_asked_without_it(
    gateway: Gateway, server: ModelServer, refusals: list[str]
):
    """Learnt once: the next question costs one call."""
    server.faults.extend((400, json.dumps({"error": {"message": words}}), {}) for words in refusals)
    assert await gateway.ask(task("Где вы?")) == "Здравствуйте"
    assert len(server.bodies) == len(refusals) + 1
    await gateway.ask(task("А когда открыты?"))
    assert len(server.bodies) == len(refusals) + 2
    server.complaints.clear()  # the stand-in wants max_tokens, as Ollama does


async def test_a_server_that_only_streams_is_asked_for_a_stream(
    gateway: Gateway, server: ModelServer
):
    """The stream is read to its end before anybody sees the answer."""
    pieces = [
        {"choices": [{"delta": {"content": "Здрав"}}]},
        {"choices": [{"delta": {"content": "ствуйте"}, "finish_reason": "stop"}]},
    ]
    lines = "".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces)
    server.faults.append((400, '{"error": {"message": "Only stream=true is supported"}}', {}))
    server.faults.append((200, f"{lines}data: [DONE]\n\n", {"Content-Type": "text/event-stream"}))
    assert await gateway.ask(task("Где вы?")) == "Здравствуйте"
    assert server.bodies[-1]["stream"] is True
    server.complaints.clear()  # the stand-in knows no stream


async def test_an_unknown_exception_of_a_library_is_a_bad_answer_and_frees_the_breaker(
    gateway: Gateway, server: ModelServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """Six in a row, then the same provider answers again."""
    provider = gateway.tried[0].provider

    async def broken(prompt, *, timeout_s):
        raise AttributeError("'NoneType' object has no attribute 'content'")

    with monkeypatch.context() as patch:
        patch.setattr(provider, "complete", broken)
        for number in range(6):
            with pytest.raises(BadAnswer, match="AttributeError"):
                await gateway.ask(task(f"Вопрос {number}?"))
    assert await gateway.ask(task("Где вы?")) == "Здравствуйте"


def test_answers_are_kept_by_all_of_a_question_however_long():
    """A dialog that has gone on is another one: its first summary would be told for ever."""
    begun = "клиент: дисплей на айфон 11\nбот: " + "есть строка прайс-листа " * 40
    assert key("summary", question=begun) != key("summary", question=begun + "\nклиент: дорого")
    assert key("a", question="Где  ваш офис?") == key("a", question="где ваш офис")
