"""A model's answers in a dialog: what is shown, what is not, and nothing without a model."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from sqlalchemy import Engine, select

from optfm.db.tables import llm_calls
from optfm.dialogue import actions
from optfm.dialogue.shop import Shop
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.models import open_models
from optfm.settings import ROOT, Settings
from tests.peers.models import KEY, ModelServer, extractive, liar, obedient, parts, serving

#: The rules answer as they would have without a model.
GIVEN_BACK: list[dict[str, Any]] = []
ASKED = "где взять рекламационный акт"


@pytest.fixture(scope="module")
def knowledge() -> LiveKnowledge:
    return LiveKnowledge(ROOT / "docs" / "knowledge", ROOT / "domain.yml")


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serving(ModelServer()) as server:
        yield server


@pytest.fixture
def uses() -> str:
    """AI_USE."""
    return "answer,understand,summary"


@pytest.fixture
def ask(
    shop: Shop, engine: Engine, model: ModelServer, knowledge: LiveKnowledge, uses: str
) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """What is said to a message that no rule knew."""
    settings = Settings(
        ai_provider="openai",
        ai_model="m",
        ai_api_key=KEY,
        ai_base_url=model.url,
        ai_timeout_s=8,
        ai_use=uses,
    )
    with open_models(settings, engine) as models:
        executor = ActionExecutor()
        for action in actions(replace(shop, models=models, knowledge=knowledge)):
            executor.register_action(action)

        async def one(text: str, intent: str = "nlu_fallback", **more: Any) -> list[dict[str, Any]]:
            ranking = more.pop("ranking", [])
            latest = {"text": text, "intent": {"name": intent}, "intent_ranking": ranking}
            tracker = {
                "sender_id": more.pop("dialog", "dialog-1"),
                "slots": more.pop("slots", {}),
                "latest_message": latest,
                "events": more.pop("events", []),
                "active_loop": {},
            }
            call = {
                "next_action": more.pop("action", "action_answer_other"),
                "sender_id": tracker["sender_id"],
                "tracker": tracker,
                "domain": {"responses": {}},
            }
            result = await executor.run(call)
            assert result is not None
            plain = result.model_dump() if hasattr(result, "model_dump") else result
            if any(event["event"] == "undo" for event in plain["events"]):
                return GIVEN_BACK
            return list(plain["responses"])

        def ask(text: str, **more: Any) -> list[dict[str, Any]]:
            return asyncio.run(one(text, **more))

        ask.one = one  # type: ignore[attr-defined]
        yield ask


def test_a_fact_is_told_and_marked_as_a_models(ask, model: ModelServer):
    """The company's own sentence, and the channels can see who said it."""
    model.answer = extractive
    (said,) = ask(ASKED)
    assert "рекламационный акт" in said["text"].lower()
    assert said["custom"]["source"] == "llm"


@pytest.mark.parametrize("manner", [liar, obedient])
def test_a_lie_is_not_shown(manner, ask, model: ModelServer):
    """The customer reads that the bot does not know, and how to reach a person."""
    model.answer = manner
    (said,) = ask(ASKED)
    assert said["response"] == "utter_other_unknown"
    assert model.bodies


def test_a_silent_model_costs_its_time_only(ask, model: ModelServer):
    """After AI_TIMEOUT_S the chain goes on."""
    model.delay_s = 30
    (said,) = ask(ASKED)
    assert said["response"] == "utter_other_unknown"


def test_without_facts_nobody_is_asked_for_an_answer(ask, model: ModelServer):
    """A question that nothing of ours is about costs the one call that finds that out."""
    ask("квантовая хромодинамика")
    assert len(model.bodies) == 1
    assert "delivery_cost:" in parts(model.bodies[0])["ФАКТЫ"]


def test_what_is_alien_costs_one_call_and_is_refused(ask, model: ModelServer):
    """The model says so; nobody is asked for an answer to it."""
    model.answer = lambda body: '{"topics": [], "query": "", "alien": true}'
    ranking = [{"name": "out_of_scope", "confidence": 0.9}]
    (said,) = ask("как сварить борщ", intent="out_of_scope", ranking=ranking)
    assert said["response"] == "utter_out_of_scope"
    assert len(model.bodies) == 1


def test_up_to_three_topics_are_answered_each(ask, model: ModelServer):
    """By its template, or for the town and sum that the customer named."""
    model.answer = lambda body: '{"topics": ["delivery_cost", "payment", "no_such"], "query": ""}'
    ranking = [{"name": f"faq_{name}", "confidence": 0.1} for name in ("delivery_cost", "payment")]
    first, second = ask("так а если до Шуи тыщ на 7 и деньгами там", ranking=ranking)
    assert "не хватает 18 000 ₽" in first["text"]
    assert second["response"] == "utter_faq_payment"


def test_a_topic_that_a_model_names_is_answered_by_its_part(ask, model: ModelServer):
    """The part of the facts that is asked for by name, as where the classifier is sure."""
    model.answer = lambda body: '{"topics": ["returns"], "query": ""}'
    ranking = [{"name": "faq_returns", "confidence": 0.1}]
    (said,) = ask("она вклеена уже, назад-то возьмёте", ranking=ranking)
    assert "в условиях не сказано" in said["text"]


DOUBTED = "на сколько надо затариться в первый раз чтоб цены были вкусные"
RANKING = [{"name": "faq_registration", "confidence": 1.0}, {"name": "faq_minimum_order"}]


def doubted(ask: Callable[..., list[dict[str, Any]]], text: str = DOUBTED) -> list[dict[str, Any]]:
    """What is said to a message whose topic is the likeliest of many."""
    rank = [{"confidence": 0.05, **one} for one in RANKING]
    return ask(text, intent="faq_registration", ranking=rank, action="action_understand")


def test_a_doubted_topic_gives_way_to_what_a_model_understands(ask, model: ModelServer):
    """Its template or computed answer; the model's words are never shown."""
    model.answer = lambda body: '{"topics": ["minimum_order"]}'
    assert [said["response"] for said in doubted(ask)] == ["utter_faq_minimum_order"]
    assert "5 000" not in str(model.bodies)
    (said,) = doubted(ask, f"{DOUBTED} на 3000")
    assert "2 000 ₽" in said["text"]
    assert said["buttons"]


@pytest.mark.parametrize(
    "understood",
    [
        *('{"topics": ["registration"]}', '{"topics": ["registration", "minimum_order"]}'),
        *('{"alien": true}', '{"topics": []}', '{"topics": ["vat"]}', '{"query": "чехол а12"}'),
        "первый заказ от 100 ₽, скидка 90 %",
    ],
)
def test_a_doubted_topic_stays_where_a_model_knows_no_better(ask, model: ModelServer, understood):
    """It thinks of the same, of nothing, of what nothing hints at, or lies."""
    model.answer = lambda body: understood
    assert doubted(ask) is GIVEN_BACK
    assert model.bodies


@pytest.mark.parametrize("uses", ["answer", "none"])
def test_a_doubted_topic_stays_where_no_model_understands(ask, model: ModelServer):
    """Nobody is asked."""
    assert doubted(ask) is GIVEN_BACK
    assert not model.bodies


def test_what_stands_before_the_question_is_the_same_for_all(ask, model: ModelServer):
    """Providers keep a prefix that they have read; all topics are in it, and it is small."""
    ask("эт самое, ну как его там")
    ask("а вот ежели чего, тогда куда")
    asked = [body["messages"] for body in model.bodies]
    one, other = (each for each in asked if "topics" in each[0]["content"])
    assert one[0] == other[0]
    before = [m[1]["content"].partition("### ВОПРОС")[0] for m in (one, other)]
    assert before[0] == before[1]
    assert (len(one[0]["content"]) + len(before[0])) // 3 < 850


def test_what_he_said_of_himself_does_not_leave(ask, model: ModelServer):
    """Neither in the question nor in what was said before, nor the name of the form."""
    model.answer = extractive
    events = [
        {"event": "user", "text": "я Олег, 8 912 345 67 89, oleg@mail.example"},
        {"event": "user", "text": ASKED},
    ]
    ask(f"{ASKED}? Олегу", slots={"name": "Олег"}, events=events)
    sent = str([parts(body) for body in model.bodies])
    assert "акт" in sent
    assert not any(own in sent for own in ("Олег", "912", "mail.example"))


def test_a_rambling_question_is_understood_and_answered_by_the_list(ask, model: ModelServer):
    """The model names the goods, the list says the price; nothing is the model's text."""
    model.answer = lambda body: '{"query": "дисплей iphone 11", "topic": ""}'
    text = (
        "ну в общем вчера уронил и теперь мне бы дисплей что ли какой на iphone 11 вот думаю купить"
    )
    said = ask(text)
    assert said[0]["response"] in ("utter_price_found", "utter_price_ask")


def test_goods_that_he_did_not_name_are_not_shown(ask, model: ModelServer):
    """A model that makes up a query is not followed."""
    model.answer = lambda body: '{"query": "чехол samsung a12", "topic": ""}'
    (said,) = ask("я сегодня встал рано и совсем не знаю чего бы такого хотеть")
    assert said["response"] == "utter_other_unknown"


def test_a_topic_of_the_classifiers_is_told_by_its_template(ask, model: ModelServer):
    """Only among those that the classifier still thought of."""
    model.answer = lambda body: '{"query": "", "topic": "faq_warranty"}'
    text = "вот скажите если оно погодя того то куда мне и как"
    ranking = [{"name": "faq_warranty", "confidence": 0.2}]
    assert ask(text, ranking=ranking)[0]["response"] == "utter_faq_warranty"
    assert ask(f"{text} же")[0]["response"] == "utter_other_unknown"


@pytest.mark.parametrize(
    ("uses", "purposes"),
    [("none", set()), ("summary", set()), ("answer", {"answer"}), ("understand", {"understand"})],
)
def test_each_use_can_be_switched_off(ask, model: ModelServer, engine: Engine, purposes: set[str]):
    """What is off is not asked, and the chain goes on without it."""
    model.answer = lambda body: ""
    (said,) = ask(f"скажите а вот мне бы ещё узнать {ASKED}")
    assert said["response"] == "utter_other_unknown"
    with engine.connect() as connection:
        asked = connection.execute(select(llm_calls.c.purpose).distinct()).scalars()
        assert set(asked) == purposes
    assert bool(model.bodies) == bool(purposes)


def test_a_slow_model_holds_nobody_up(ask, model: ModelServer):
    """Another dialog's price comes while the model is silent."""
    model.delay_s = 1.5

    async def both() -> float:
        slow = asyncio.create_task(ask.one(ASKED))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        said = await ask.one("дисплей iphone 11", dialog="dialog-2")
        assert said[0]["response"].startswith("utter_price")
        assert not slow.done()
        await slow
        return time.monotonic() - began

    asyncio.run(both())


def test_without_a_model_all_is_as_before(run):
    """No provider: the same words as ever."""
    assert run("action_answer_other", ASKED)["responses"][0]["response"] == "utter_other_unknown"


def alien(text: str) -> dict[str, Any]:
    """A message as Rasa hands it over that the classifier takes for nobody's business."""
    intent = {"name": "out_of_scope", "confidence": 0.9}
    return {"text": text, "intent": intent, "intent_ranking": [intent]}


def test_goods_that_the_classifier_takes_for_alien_are_found(run):
    """«displey» in Latin letters: the search knows it where the classifier does not."""
    said = run("action_answer_other", latest_message=alien("displey na iphone 11"))["responses"]
    assert said[0]["response"] == "utter_price_found"


def test_goods_beside_a_story_are_no_alien(run):
    """One part names what the list has; of the others nothing is found, and they do not count."""
    text = "дисплей на айфон 11, фейри не справляется"
    said = run("action_answer_other", latest_message=alien(text))["responses"]
    assert said[0]["response"] == "utter_price_found"


def test_what_is_alien_stays_so(run):
    """Nothing in the list is sure: the bot says that it is not its business."""
    said = run("action_answer_other", latest_message=alien("какая погода"))["responses"]
    assert said[0]["response"] == "utter_out_of_scope"
