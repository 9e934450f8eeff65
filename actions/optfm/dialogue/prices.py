"""The price questions: what the customer means, the search, and the rows as an answer."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.catalog import Answer, followup
from optfm.catalog.discount import final_price_kop
from optfm.catalog.followup import Ask, LastQuestion, Meaning, Pick, Sort, Total
from optfm.catalog.live import Current, NoPriceList
from optfm.dialogue import wording
from optfm.dialogue.shop import Shop
from optfm.dialogue.wording import Message

log = logging.getLogger(__name__)

#: Lines that «ещё» can reach; who wants more should ask more narrowly.
_REACH = 60
#: Goods of one message that are answered.
_GOODS = 3
_SLOT = "price_state"


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
        messages, events = answer_prices(self._shop, tracker, text)
        for message in messages:
            dispatcher.utter_message(**message.for_dispatcher())
        return events


class ShowMore(Action):
    """Goes on with the rows of the last answer."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_show_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        messages, events = answer_prices(self._shop, tracker, "ещё")
        for message in messages:
            dispatcher.utter_message(**message.for_dispatcher())
        return events


def answer_prices(shop: Shop, tracker: Tracker, text: str) -> tuple[list[Message], list[EventType]]:
    """What to say to a text about goods, and what the dialog must remember of it.

    :param text: as typed; may lean on the dialog's last price question.
    """
    try:
        prices = shop.prices.current()
    except NoPriceList:
        return [Message(response="utter_price_no_list")], []
    last = LastQuestion.from_slot(tracker.get_slot(_SLOT))
    meaning = followup.meaning(text, prices.index, last)
    if isinstance(meaning, Ask):
        answers = prices.search_all(meaning.question, limit=_REACH)[:_GOODS]
        for answer in answers:
            shop.remember(answer, prices, dialog=tracker.sender_id)
        return show(prices, answers)
    if last is None:
        return [Message(response="utter_price_no_more")], []
    return _go_on(prices, meaning, last)


def show(prices: Current, answers: Sequence[Answer]) -> tuple[list[Message], list[EventType]]:
    """The answers to a question, one message each; the last one is what the dialog goes on from."""
    messages = []
    state: LastQuestion | None = None
    for answer in answers:
        asked = LastQuestion.of(prices.index.understand(answer.query), prices.index.spoken)
        hits = list(answer.hits[: wording.ROWS])
        if answer.kind == "none":
            nearest = _nearest(answer, asked)
            messages.append(wording.not_there(answer, nearest, list_date=prices.list_date))
            state = asked
        elif answer.kind == "ask" and answer.choice:
            messages.append(wording.asked_back(answer, list_date=prices.list_date))
            state = replace(asked, shown=_codes(hits[:3]), offset=3)
        else:
            messages.append(wording.found(answer, hits, offset=0, list_date=prices.list_date))
            state = replace(asked, shown=_codes(hits), offset=len(hits))
    return messages, [SlotSet(_SLOT, state.as_slot())] if state else []


def _go_on(
    prices: Current, meaning: Meaning, last: LastQuestion
) -> tuple[list[Message], list[EventType]]:
    """More of the last answer, or something about one of its rows."""
    if isinstance(meaning, Pick | Total):
        row = next((row for row in prices.index.rows if row.code == meaning.code), None)
        if row is None:  # the list was replaced meanwhile
            return show(prices, prices.search_all(last.text, limit=_REACH))
        state = replace(last, shown=(row.code,))
        if isinstance(meaning, Total):
            message = wording.total(row, meaning.count, list_date=prices.list_date)
        else:
            message = wording.one_row(row, list_date=prices.list_date)
        return [message], [SlotSet(_SLOT, state.as_slot())]
    answer = prices.search_all(last.text, limit=_REACH)[-1]
    hits = list(answer.hits) if answer.kind != "none" else []
    offset = last.offset
    if isinstance(meaning, Sort):
        hits.sort(key=lambda hit: final_price_kop(hit.row), reverse=not meaning.cheapest)
        offset = 0
    hits = hits[offset : offset + wording.ROWS]
    if not hits:
        return [Message(response="utter_price_no_more")], []
    message = wording.found(answer, hits, offset=offset, list_date=prices.list_date)
    state = replace(last, shown=_codes(hits), offset=offset + len(hits))
    return [message], [SlotSet(_SLOT, state.as_slot())]


def _nearest(answer: Answer, asked: LastQuestion) -> list[tuple[str, str]]:
    """What there is instead, each with the question that finds it."""
    if answer.gap is None:
        return []
    if answer.gap.missing in ("model", "brand"):
        instead = [replace(asked, device=value) for value in answer.gap.nearest[:3]]
    else:
        instead = [replace(asked, values=value) for value in answer.gap.nearest[:3]]
    questions = [followup.joined(question) for question in instead]
    return list(zip(answer.gap.nearest, questions, strict=False))


def _codes(hits: Sequence[Any]) -> tuple[str, ...]:
    return tuple(hit.row.code for hit in hits)
