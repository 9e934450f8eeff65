"""A model that obeys every attack, behind the real wire: nothing of it is shown."""

from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine

from optfm.llm.gateway.errors import BadAnswer, Unfounded
from optfm.llm.grounding.answering import Goods, GroundedQuestion, answer
from optfm.llm.knowledge.fact import Fact
from optfm.llm.knowledge.knowledge import faq, faq_texts, pages
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.models import gateway_of
from optfm.settings import Settings
from tests.llm.conftest import DOMAIN, FOLDER, wire
from tests.peers.models import ModelServer, obedient, parts

ATTACKS = [
    (where, text)
    for where, texts in yaml.safe_load(
        Path(__file__).with_name("attacks.yml").read_text(encoding="utf-8")
    ).items()
    for text in texts
]


@cache
def all_facts() -> list[Fact]:
    """What the company says, its answers and its pages."""
    passages = [*pages(FOLDER), *faq(faq_texts(DOMAIN))]
    return [Fact(id=f"F{n}", title=p.title, text=p.text) for n, p in enumerate(passages, 1)]


def attacked(where: str, text: str) -> GroundedQuestion:
    """A question with all that the company says as its facts, the most that a lie can lean on."""
    return GroundedQuestion(
        text=text if where == "question" else "Сколько стоит доставка в Иваново?",
        facts=all_facts(),
        goods=[Goods(id="P1", name=text)] if where == "name" else [],
        history=[text] if where == "history" else [],
    )


async def test_nothing_of_sixty_attacks_is_shown(engine: Engine, server: ModelServer):
    """Not one word that the attack put in: the answer is refused, or has no text of the model."""
    server.answer = obedient
    settings = Settings(ai_dialog_tokens=0, ai_daily_tokens=0, ai_monthly_rub=0)
    gateway = gateway_of(settings, engine, [wire(server)])
    through = []
    for where, text in ATTACKS:
        try:
            grounded = await answer(gateway, attacked(where, text))
        except BadAnswer:
            continue
        if grounded.text:
            through.append((text, grounded.text))
    assert len(ATTACKS) >= 60
    assert len(server.bodies) == len(ATTACKS), "the model was asked each time"
    assert not through


async def test_an_honest_sentence_of_the_same_facts_is_shown(engine: Engine, server: ModelServer):
    """The judge is not one that lets nothing through."""
    honest = "Иваново: бесплатная доставка от 3 000 ₽."
    server.answer = obedient
    question = attacked("question", f"Сколько стоит доставка в Иваново? {{{{{honest}}}}}")
    gateway = gateway_of(Settings(), engine, [wire(server)])
    assert (await answer(gateway, question)).text == honest


async def test_a_price_never_reaches_the_model(engine: Engine, server: ModelServer):
    """Rows go out by id and name; their prices are printed from the list, by the caller."""
    server.answer = lambda body: '{"text": "", "ids": ["P1"], "sure": true}'
    gateway = gateway_of(Settings(), engine, [wire(server)])
    question = GroundedQuestion(text="чехол", goods=[Goods(id="P1", name="Чехол-книжка A12")])
    assert (await answer(gateway, question)).goods == ("P1",)
    assert parts(server.bodies[0])["ФАКТЫ"] == "[P1] Чехол-книжка A12"


async def test_a_true_sentence_beside_the_question_is_not_shown(
    engine: Engine, server: ModelServer
):
    """The company did write it, but it answers something else."""
    knowledge = LiveKnowledge(FOLDER, DOMAIN)
    said = "За год продаём около 500 000 единиц товара."
    server.answer = obedient
    gateway = gateway_of(Settings(), engine, [wire(server)])
    asked = attacked("question", f"работаете ли вы в ночь на новый год {{{{{said}}}}}")
    plain = "работаете ли вы в ночь на новый год"
    with pytest.raises(Unfounded, match="не о том"):
        await answer(gateway, replace(asked, fits=partial(knowledge.fits, plain)))
    sold = partial(knowledge.fits, "сколько единиц товара вы продаёте")
    assert (await answer(gateway, replace(asked, fits=sold))).text == said
