"""The price questions: a message or a pressed button, the conversation about goods, its answer."""

import logging
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.conversation import ConversationState, Turn, naming, over_rows, press, take_turn
from optfm.conversation.acts import (
    Ask,
    AskAttribute,
    Mistaken,
    TooDear,
    Unclear,
)
from optfm.conversation.asking import ask
from optfm.conversation.replies import NotThere, WhichGoods
from optfm.dialogue import wording
from optfm.dialogue.facts import answer_beside, answer_topic
from optfm.dialogue.request_before import (
    FORM,
    SHORTEST_ABOUT,
    leaves_a_broken_number,
    leaves_contacts,
    without_contacts,
)
from optfm.dialogue.shop import Shop
from optfm.dialogue.wording import BotMessage
from optfm.search import Answer, Query, QueryFormatError
from optfm.search.live import Current, NoPriceList

log = logging.getLogger(__name__)

SLOT = "price_state"

#: Topics that rows are spoken of by, and never narrowed: «пришёл не тот», «он тупой».
_ONLY_SPOKEN_OF = ("faq_defects", "complaint", "deny")
#: What is said of rows that are shown, whatever topic it sounds like.
_OF_ROWS = AskAttribute | Mistaken | TooDear

#: A message that is as surely about goods has no other topic; one that may be about another, from
#: this confidence on (0..1).
_SURELY_GOODS, _INSTEAD = 0.8, 0.1
#: Of 479 messages of other people's business one names rows so surely («стёкла очков»).
_BY_WORDS = 0.7
_TOPICS = ("faq_", "shop_")
#: «вчера экран на 11 был дешевле»: beside its rule, what the goods cost now
_OF_PRICES = "shop_price_policy"

Answered = tuple[list[BotMessage], list[EventType]]


class PriceSearch(Action):
    """Answers any message about goods."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_price_search"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = tracker.latest_message.get("text") or ""
        if pressed := _pressed(tracker):
            return _say(dispatcher, answer_pressed(self._shop, tracker, *pressed))
        called_back = leaves_contacts(text)
        if called_back and len(without_contacts(text)) < SHORTEST_ABOUT:
            return [FollowupAction(FORM)]  # «8 910 …» alone is no question
        if leaves_a_broken_number(text):
            return [FollowupAction(FORM)]
        # Where more was asked than prices, NLU tells the words about goods and the other topics.
        goods = tracker.latest_message.get("goods") or text
        if (topic := topic_instead(tracker.latest_message)) and self._has_none(tracker, goods):
            return answer_topic(self._shop.facts, dispatcher, tracker, topic=topic)
        also = tracker.latest_message.get("also") or ()
        told = str(tracker.latest_message.get("goods") or "")
        if also and self._names_none(goods):
            return answer_beside(self._shop.facts, dispatcher, tracker, also, goods="")
        events = _say(dispatcher, answer_prices(self._shop, tracker, goods))
        if also:
            events += answer_beside(self._shop.facts, dispatcher, tracker, also, goods=told)
        return [*events, FollowupAction(FORM)] if called_back else events

    def _names_none(self, text: str) -> bool:
        """Whether no word of a text is of the list: «точка маленькая, набираю мало» is no goods."""
        prices = _prices(self._shop)
        queries = prices.parse(text) if prices else ()
        return bool(queries) and not any(
            query.devices or query.codes or query.code_said or any(w.options for w in query.goods)
            for query in queries
        )

    def _has_none(self, tracker: Tracker, text: str) -> bool:
        """Whether the list has no such goods, and nothing says for sure that goods are meant."""
        prices = _prices(self._shop)
        if prices is None:
            return False
        turn = take_turn(without_contacts(text), _state(tracker), prices)
        missing = all(isinstance(reply, NotThere | WhichGoods) for reply in turn.replies)
        return missing and not turn.sure


class ShowMore(Action):
    """Goes on with the rows of the last answer; «чехлы ещё есть?» names goods of its own."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_show_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        prices, text = _prices(self._shop), tracker.latest_message.get("text") or ""
        if prices and any(query.goods for query in prices.parse(text)):
            return _say(dispatcher, answer_prices(self._shop, tracker, text))
        return _say(dispatcher, answer_prices(self._shop, tracker, "ещё"))


class AboutRows(Action):
    """Hears a few words over rows that are shown before their topic does.

    «Одну беру» alone asks for a manager, and over a row it counts. Who is asked when:
    components/order_policy.py.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_about_rows"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        answered = _answer_over_rows(self._shop, tracker)
        return _say(dispatcher, answered) if answered else [ActionReverted()]


class OnlyOfRows(Action):
    """Hears what is said of rows that are shown in no other words than acts' and theirs.

    «Минимальная цена?» and «красную отложите» sound like topics of the shop, and over rows they
    are none. Who is asked when: components/order_policy.py.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_only_of_rows"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        prices = _prices(self._shop)
        text = tracker.latest_message.get("text") or ""
        turn = over_rows(text, _state(tracker), prices) if prices else None
        if prices is None or turn is None:
            return [ActionReverted()]
        return _say(dispatcher, worded(self._shop, tracker, prices, turn))


def _answer_over_rows(shop: Shop, tracker: Tracker) -> Answered | None:
    """What to say to a message that does something with the rows in focus; else None."""
    prices, state = _prices(shop), _state(tracker)
    text = tracker.latest_message.get("text") or ""
    if prices is None or not state.in_focus or leaves_a_broken_number(text):
        return None
    turn = over_rows(text, state, prices, doubted=True)
    only = tracker.get_intent_of_latest_message() in _ONLY_SPOKEN_OF
    if turn is None or (only and not isinstance(turn.act, _OF_ROWS)):
        return None
    return worded(shop, tracker, prices, turn)


def answer_prices(shop: Shop, tracker: Tracker, text: str) -> Answered:
    """What to say to a text about goods, and what the dialog must remember of it.

    :param text: as typed; may lean on what the dialog is about.
    """
    prices = _prices(shop)
    if prices is None:
        return [BotMessage(response="utter_price_no_list")], []
    turn = take_turn(without_contacts(text), _state(tracker), prices)
    return worded(shop, tracker, prices, turn)


def answer_pressed(shop: Shop, tracker: Tracker, query: Query, skip: int) -> Answered:
    """What to say to a button of goods.

    :param skip: so many lines of its answer were shown before.
    """
    prices = _prices(shop)
    if prices is None:
        return [BotMessage(response="utter_price_no_list")], []
    return worded(shop, tracker, prices, press(query, skip, _state(tracker), prices))


def answer_if_sure(
    shop: Shop, tracker: Tracker, *, asked_back: bool, alien: bool = False
) -> Answered | None:
    """The same for a message that may be about goods or not; None where that is not sure.

    :param asked_back: the bot has just asked which goods: whatever is found is the answer.
    :param alien: it sounds like nothing of ours: only goods that are surely meant count.
    """
    prices = _prices(shop)
    if prices is None:
        return None
    text = without_contacts(tracker.latest_message.get("text") or "")
    turn = take_turn(text, _state(tracker), prices)
    if isinstance(turn.act, Unclear) or any(isinstance(r, NotThere) for r in turn.replies):
        return None
    if not turn.sure and not asked_back:
        return None
    if not isinstance(turn.act, Ask) and any(query.talk for query in prices.parse(text)):
        return None  # «а возврат, если брак?» over rows
    if alien and any(answer.kind != "found" for answer in turn.answers):
        return None
    return worded(shop, tracker, prices, turn)


def named_in(shop: Shop, tracker: Tracker, text: str) -> list[EventType]:
    """What the dialog must remember of goods that a text names beside something else."""
    prices = _prices(shop)
    state = naming(without_contacts(text), _state(tracker), prices) if prices else None
    return [SlotSet(SLOT, state.as_slot())] if state else []


def named_beside(shop: Shop, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The same of a message about a topic; who complains of their price is told it."""
    events = named_in(shop, tracker, str(tracker.latest_message.get("text") or ""))
    prices, topic = _prices(shop), tracker.get_intent_of_latest_message()
    if not events or prices is None or topic != _OF_PRICES:
        return events
    state = ConversationState.from_slot(events[0]["value"])
    assert state.focus is not None
    return _say(dispatcher, worded(shop, tracker, prices, press(state.focus, 0, state, prices)))


def answer_by_words(shop: Shop, tracker: Tracker) -> Answered | None:
    """Rows for the goods that a message names, None where the list surely has none of them.

    For what is about to be turned away: who says «жир с платы чем отмыть, фейри не справляется»
    names goods in one part and tells a story in the others, which count for nothing here.
    """
    prices = _prices(shop)
    if prices is None:
        return None
    text = without_contacts(tracker.latest_message.get("text") or "")
    turn = take_turn(text, _state(tracker), prices)
    if not isinstance(turn.act, Ask):
        return None
    named = tuple(answer.query for answer in turn.answers if _names_a_row(answer))
    if not named:
        return None
    return worded(shop, tracker, prices, ask(Ask(queries=named), _state(tracker), prices))


def _names_a_row(answer: Answer) -> bool:
    """Whether rows were found by what a question calls goods, and not by what is said beside."""
    by_goods = any(word.said not in answer.unmet for word in answer.query.goods)
    return by_goods and answer.kind == "found" and answer.confidence >= _BY_WORDS


def worded(shop: Shop, tracker: Tracker, prices: Current, turn: Turn) -> Answered:
    """A turn in words, its searches recorded and its state for the dialog to keep."""
    for answer in turn.answers:
        shop.remember(answer, prices, dialog=tracker.sender_id)
    slot = SlotSet(SLOT, turn.state.as_slot())
    return wording.messages_of(turn, prices.list_date), [slot]


def topic_instead(message: Mapping[str, Any]) -> str:
    """The topic that a message may be about where it is about no goods; "" where none is likely.

    «перепутали чёрный с белым» sounds like goods by its colours.

    :param message: as Rasa parsed it, with its `intent_ranking`.
    """
    ranking: list[Mapping[str, Any]] = list(message.get("intent_ranking") or ())
    nothing: Mapping[str, Any] = {}
    first, second, *_ = [*ranking, nothing, nothing]
    doubtful = float(first.get("confidence") or 0.0) < _SURELY_GOODS and not message.get("also")
    likely = float(second.get("confidence") or 0.0) >= _INSTEAD
    name = str(second.get("name") or "")
    return name if doubtful and likely and name.startswith(_TOPICS) else ""


def _prices(shop: Shop) -> Current | None:
    try:
        return shop.prices.current()
    except NoPriceList:
        return None


def _state(tracker: Tracker) -> ConversationState:
    return ConversationState.from_slot(tracker.get_slot(SLOT))


def _say(dispatcher: CollectingDispatcher, answered: Answered) -> list[EventType]:
    messages, events = answered
    for message in messages:
        dispatcher.utter_message(**message.for_dispatcher())
    return events


def _pressed(tracker: Tracker) -> tuple[Query, int] | None:
    """The query that a pressed button carries, and how many of its rows were shown before."""
    carried: dict[str, Any] = {
        str(entity.get("entity")): entity.get("value")
        for entity in tracker.latest_message.get("entities") or ()
    }
    if "query" not in carried:
        return None
    try:
        query = Query.from_json(carried["query"])
    except QueryFormatError as exc:  # a button of an older version
        log.info("a button is not read: %s", exc)
        return None
    skip = carried.get("skip")
    return query, skip if isinstance(skip, int) and 0 < skip < 10_000 else 0
