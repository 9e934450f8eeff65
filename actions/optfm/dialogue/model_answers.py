"""The last answer before contacts: a language model over the company's facts, or nothing."""

import asyncio
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.conversation import ConversationState, take_turn
from optfm.dialogue import wording
from optfm.dialogue.prices import worded
from optfm.dialogue.row_texts import day, rows_data, rows_text
from optfm.dialogue.shop import Shop
from optfm.dialogue.texts import TEXTS
from optfm.facts import aspect
from optfm.llm.gateway.errors import ModelError
from optfm.llm.grounding.answering import Goods, Grounded, GroundedQuestion, answer
from optfm.llm.grounding.understanding import Understood, understand
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.models import Models
from optfm.search import Hit
from optfm.search.live import Current, NoPriceList
from optfm.text.yaml_text import read_yaml

log = logging.getLogger(__name__)

#: Rows of the list that a model may point at.
_ROWS = 5
#: Topics that a model may name, with what they are about.
TOPICS: dict[str, str] = read_yaml(
    Path(__file__).with_name("topics.yml").read_text(encoding="utf-8")
)
#: Topics that are no text but something to do.
_ACTIONS = {
    "trade_terms": "action_explain_terms",
    "complaint": "action_hand_off",
    "call_manager": "action_hand_off",
}
_WORD = re.compile(r"[^\W\d_]{2}")
#: A topic that the classifier gives less it has not thought of.
_UNLIKELY = 0.001
_SURE = 0.8
_LINES = 6
_SHORTEST_CALL_S = 3.0


@dataclass(kw_only=True)
class ModelAnswer:
    """What to say, and what the dialog must remember of it."""

    messages: list[dict[str, Any]] = field(default_factory=list)  #: for the dispatcher
    events: list[EventType] = field(default_factory=list)

    def by(self, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        for message in self.messages:
            dispatcher.utter_message(**message)
        return self.events


class Understand(Action):
    """Hears a message whose topic is doubted (components/order_policy.py).

    The topic is answered as ever where no model knows better: without one, and where it thinks of
    the same or of nothing.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_understand"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        better = await understood_otherwise(self._shop, tracker)
        return better.by(dispatcher) if better else [ActionReverted()]


async def understood_otherwise(shop: Shop, tracker: Tracker) -> ModelAnswer | None:
    """The answers to what a model understands; None where it understands no other thing."""
    models, knowledge = shop.models, shop.knowledge
    if models is None or knowledge is None or not models.uses("understand"):
        return None
    text = tracker.latest_message.get("text") or ""
    meant = await _understood(models, knowledge, tracker, text)
    if meant is None or meant.topics[:1] == (tracker.get_intent_of_latest_message(),):
        return None
    return _answered(shop, knowledge, tracker, text, meant)


async def answered_by_model(shop: Shop, tracker: Tracker) -> ModelAnswer | None:
    """Understand an unclear message, else answer it from facts; None: the bot's own words next."""
    models, knowledge = shop.models, shop.knowledge
    text = tracker.latest_message.get("text") or ""
    if models is None or knowledge is None or not text.strip():
        return None
    ends = time.monotonic() + models.gateway.timeout_s
    try:
        if models.uses("understand") and _WORD.search(text):
            meant = await _understood(models, knowledge, tracker, text)
            if meant and (said := _answered(shop, knowledge, tracker, text, meant)):
                return said
            if meant and meant.alien:
                return None
        left = ends - time.monotonic()
        if models.uses("answer") and left > _SHORTEST_CALL_S:
            return await _from_facts(shop, models, knowledge, tracker, text, left)
    except ModelError as exc:
        log.info("no answer of a model (%s): %s", exc.outcome, exc)
    return None


async def _understood(
    models: Models, knowledge: LiveKnowledge, tracker: Tracker, text: str
) -> Understood | None:
    try:
        return await models.run(
            understand(
                models.gateway,
                text,
                topics=TOPICS,
                lexemes=knowledge.lexemes,
                history=_history(tracker),
                dialog=tracker.sender_id,
                names=_names(tracker),
                timeout_s=models.gateway.timeout_s / 2,
            )
        )
    except ModelError as exc:
        log.info("not understood by a model either (%s): %s", exc.outcome, exc)
        return None


def _answered(
    shop: Shop, knowledge: LiveKnowledge, tracker: Tracker, text: str, meant: Understood
) -> ModelAnswer | None:
    """The answers to what a model understood, in the bot's own words."""
    said = ModelAnswer()
    for topic in meant.topics:
        if not _plausible(topic, tracker, knowledge, text):
            log.info("a model names a topic that nothing hints at: %s", topic)
            continue
        if topic in _ACTIONS:
            return (
                ModelAnswer(events=[FollowupAction(_ACTIONS[topic])]) if not said.messages else said
            )
        part = aspect(topic, text, first=True)
        computed = shop.facts.computed(topic, shop.facts.details(text), text)
        known = "\n".join(filter(None, (part.says if part else "", computed)))
        said.messages.append(
            {"text": known, "buttons": [dict(wording.CALL_MANAGER)]}
            if known
            else {"response": f"utter_{topic}"}
        )
    if meant.query and (rows := _rows(shop, tracker, meant.query)):
        said.messages += rows.messages
        said.events += rows.events
    return said if said.messages else None


def _rows(shop: Shop, tracker: Tracker, query: str) -> ModelAnswer | None:
    prices = _prices(shop)
    if prices is None:
        return None
    turn = take_turn(query, ConversationState(), prices)
    if not turn.sure or any(answer.kind != "found" for answer in turn.answers):
        return None
    messages, events = worded(shop, tracker, prices, turn)
    return ModelAnswer(messages=[message.for_dispatcher() for message in messages], events=events)


def _plausible(topic: str, tracker: Tracker, knowledge: LiveKnowledge, text: str) -> bool:
    """Whether anything but the model hints at a topic.

    A model that lies would have the customer read a true answer to another question: the
    classifier must have thought of the topic, or its answer must share words with the message.

    Measured on 610 unseen wordings: no right topic is lost, and of all wrong ones 8 % pass (15 %
    where the classifier is unsure, which is where a model is asked).
    """
    ranking = tracker.latest_message.get("intent_ranking") or ()
    thought = {r["name"] for r in ranking if r.get("confidence", 0) >= _UNLIKELY}
    if topic in thought:
        return True
    return topic in knowledge.hinted(text)


async def _from_facts(
    shop: Shop,
    models: Models,
    knowledge: LiveKnowledge,
    tracker: Tracker,
    text: str,
    left_s: float,
) -> ModelAnswer | None:
    prices = _prices(shop)
    hits = _candidates(prices, text)
    facts = await asyncio.to_thread(knowledge.facts, text)  # may ask for a vector elsewhere
    if not facts and not hits:
        return None  # nothing to answer from: a model would have to make it up
    question = GroundedQuestion(
        text=text,
        facts=facts,
        goods=[Goods(id=name, name=hit.row.name) for name, hit in hits.items()],
        history=_history(tracker),
        dialog=tracker.sender_id,
        names=_names(tracker),
        fits=partial(knowledge.fits, text),
    )
    grounded = await models.run(answer(models.gateway, question, timeout_s=left_s))
    return _worded(grounded, hits, prices)


def _worded(grounded: Grounded, hits: Mapping[str, Hit], prices: Current | None) -> ModelAnswer:
    data: dict[str, Any] = {"source": "llm"}
    text = grounded.text
    shown = [hits[name] for name in grounded.goods]
    if shown and prices:
        rows = TEXTS["model_rows"].format(rows=rows_text(shown), date=day(prices.list_date))
        text = f"{text}\n\n{rows}" if text else rows
        data |= rows_data(shown, prices.list_date)
    buttons = [dict(wording.CALL_MANAGER), dict(wording.LEAVE_REQUEST)]
    return ModelAnswer(messages=[{"text": text, "buttons": buttons, "json_message": data}])


def _prices(shop: Shop) -> Current | None:
    try:
        return shop.prices.current()
    except NoPriceList:
        return None


def _candidates(prices: Current | None, text: str) -> dict[str, Hit]:
    """Rows that the search thinks of without being sure, by the id the model reads."""
    hits = prices.find(prices.parse(text)[0], limit=_ROWS).rows if prices else ()
    return {f"P{number}": hit for number, hit in enumerate(hits, 1)}


def _names(tracker: Tracker) -> tuple[str, ...]:
    name = tracker.get_slot("name")
    return (name,) if isinstance(name, str) and name else ()


def _history(tracker: Tracker) -> list[str]:
    """The last lines before the question, oldest first."""
    who = {"user": "клиент", "bot": "бот"}
    said = [
        f"{who[event['event']]}: {event['text']}"
        for event in tracker.events
        if event.get("event") in who and event.get("text")
    ]
    if said and said[-1].startswith("клиент"):
        said.pop()  # the question itself
    return said[-_LINES:]
