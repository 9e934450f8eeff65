"""The price questions: what the customer means, the search, and the rows as an answer."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.catalog.discount import final_price_kop
from optfm.dialogue import wording
from optfm.dialogue.request_before import (
    FORM,
    SHORTEST_ABOUT,
    leaves_contacts,
    without_contacts,
)
from optfm.dialogue.shop import Shop
from optfm.dialogue.wording import Message
from optfm.search import Answer, followup
from optfm.search.followup import (
    Again,
    Ask,
    LastQuestion,
    Meaning,
    More,
    Pick,
    Sort,
    Total,
    Unclear,
)
from optfm.search.live import Current, NoPriceList

log = logging.getLogger(__name__)

#: Lines that «ещё» can reach; who wants more should ask more narrowly.
_REACH = 60
#: Goods of one message that are answered.
_GOODS = 3
_SLOT = "price_state"
#: In the name of a thing that fits certain devices only: «совместим с iPhone 11».
_FITS = "совместим"
#: From here on a search that nobody asked for by name is shown.
_SURE = 0.8
#: What is missing → the part of the question that the nearest value replaces.
_PARTS = {"model": "device", "brand": "device", "colour": "colour", "price": "money"}


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
        called_back = leaves_contacts(text)
        if called_back and len(without_contacts(text)) < SHORTEST_ABOUT:
            return [FollowupAction(FORM)]  # «8 910 …» alone is no question
        # Where more was asked than prices, NLU tells the words about goods and the other topics.
        goods = tracker.latest_message.get("goods") or text
        messages, events = answer_prices(self._shop, tracker, goods)
        for message in messages:
            dispatcher.utter_message(**message.for_dispatcher())
        for topic in tracker.latest_message.get("also") or ():
            dispatcher.utter_message(response=f"utter_{topic}")
        return [*events, FollowupAction(FORM)] if called_back else events


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
    text = without_contacts(text)
    meaning = followup.meaning(text, prices.index, last)
    if isinstance(meaning, Ask):
        answers = _answers(prices, meaning)
        for answer in answers:
            shop.remember(answer, prices, dialog=tracker.sender_id)
        return show(prices, answers, before=last if meaning.question != text else None)
    return _go_on(prices, meaning, last)


def answer_if_sure(
    shop: Shop, tracker: Tracker, *, asked_back: bool, alone: bool = False
) -> tuple[list[Message], list[EventType]] | None:
    """The same for a message that may be about goods or not; None where that is not sure.

    :param asked_back: the bot has just asked which goods: whatever is found is the answer.
    :param alone: the message is read by itself, not as leaning on the last price question.
    """
    try:
        prices = shop.prices.current()
    except NoPriceList:
        return None
    text = tracker.latest_message.get("text") or ""
    last = None if alone else LastQuestion.from_slot(tracker.get_slot(_SLOT))
    text = without_contacts(text)
    meaning = followup.meaning(text, prices.index, last)
    if isinstance(meaning, Again | Unclear):
        return None
    if not isinstance(meaning, Ask):
        return _go_on(prices, meaning, last) if last else None
    answers = _answers(prices, meaning)
    if not answers or any(a.kind == "none" for a in answers):
        return None
    if not asked_back and any(a.kind != "found" or a.confidence < _SURE for a in answers):
        return None
    for answer in answers:
        shop.remember(answer, prices, dialog=tracker.sender_id)
    return show(prices, answers, before=last)


def _answers(prices: Current, ask: Ask) -> Sequence[Answer]:
    answers = prices.search_all(ask.question, limit=_REACH)[:_GOODS]
    if ask.plain is None or answers[-1].kind != "none":
        return answers
    plain = prices.search_all(ask.plain, limit=_REACH)[:_GOODS]
    fits_any = plain[-1].kind != "none" and _FITS not in plain[-1].hits[0].row.name.lower()
    return plain if fits_any else answers


def show(
    prices: Current, answers: Sequence[Answer], *, before: LastQuestion | None
) -> tuple[list[Message], list[EventType]]:
    """The answers to a question, one message each.

    :param before: the question that this one leans on, if any. The dialog goes on from the last
        answer that has rows, else from what was before.
    """
    messages = []
    there: LastQuestion | None = None
    missed: LastQuestion | None = None
    for answer in answers:
        asked = LastQuestion.of(answer.query, prices.index.spoken)
        hits = list(answer.hits[: wording.ROWS])
        if answer.kind == "none":
            nearest = _nearest(answer, asked)
            messages.append(wording.not_there(answer, nearest, list_date=prices.list_date))
            missed = asked
        elif answer.choice and wording.fits_buttons(answer.choice):
            messages.append(wording.asked_back(answer, list_date=prices.list_date))
            there = replace(asked, shown=_codes(hits[:3]), offset=3)
        else:
            messages.append(wording.found(answer, hits, offset=0, list_date=prices.list_date))
            there = replace(asked, shown=_codes(hits), offset=len(hits))
    if missed and before and missed.goods == before.goods:
        missed = None  # «а на 27?» in vain: the talk is still about what there is
    state = there or missed or before
    return messages, [SlotSet(_SLOT, state.as_slot())] if state else []


def _go_on(
    prices: Current, meaning: Meaning, last: LastQuestion | None
) -> tuple[list[Message], list[EventType]]:
    """More of the last answer, or something about one of its rows."""
    if last is None or isinstance(meaning, Unclear):
        return [Message(response="utter_price_which")], []
    if isinstance(meaning, Again) and len(last.shown) == 1:
        meaning = Pick(code=last.shown[0])
    if isinstance(meaning, Total) and len(last.shown) > 1 and not last.order:
        state = replace(last, count=meaning.count)
        return [wording.which_row(meaning.count, len(last.shown))], [
            SlotSet(_SLOT, state.as_slot())
        ]
    if isinstance(meaning, Pick) and last.count:
        meaning = Total(code=meaning.code, count=last.count)
    if isinstance(meaning, Pick | Total):
        row = next((row for row in prices.index.rows if row.code == meaning.code), None)
        if row is None:  # the list was replaced meanwhile
            return show(prices, prices.search_all(last.text, limit=_REACH), before=last)
        count = meaning.count if isinstance(meaning, Total) else 0
        listed = last.listed or last.shown
        state = replace(last, shown=(row.code,), listed=listed, count=count)
        if isinstance(meaning, Total):
            message = wording.total(row, meaning.count, list_date=prices.list_date)
        else:
            message = wording.one_row(row, list_date=prices.list_date)
        return [message], [SlotSet(_SLOT, state.as_slot())]
    answer = prices.search_all(last.text, limit=_REACH)[-1]
    hits = list(answer.hits) if answer.kind != "none" else []
    offset, order = (last.offset if isinstance(meaning, More) else 0), last.order
    if isinstance(meaning, Sort):
        order = "cheap" if meaning.cheapest else "dear"
    if order:
        hits.sort(key=lambda hit: final_price_kop(hit.row), reverse=order == "dear")
    hits = hits[offset : offset + wording.ROWS]
    if not hits:
        return [Message(response="utter_price_no_more")], []
    message = wording.found(answer, hits, offset=offset, list_date=prices.list_date, order=order)
    end = offset + len(hits)
    state = replace(last, shown=_codes(hits), listed=(), offset=end, order=order)
    return [message], [SlotSet(_SLOT, state.as_slot())]


def _nearest(answer: Answer, asked: LastQuestion) -> list[tuple[str, str]]:
    """What there is instead, each with the question that finds it."""
    if answer.gap is None:
        return []
    part = _PARTS.get(answer.gap.missing, "values")
    bound = f"{asked.money.partition(' ')[0]} " if part == "money" else ""
    goods = " ".join(w for w in asked.goods.split() if w.lower() != answer.gap.asked.lower())
    asked = replace(asked, goods=goods)
    labels = [one.label for one in answer.gap.nearest]
    instead = [
        replace(asked, **{part: f"{bound}{value}"})  # type: ignore[arg-type]
        for value in labels[:3]
    ]
    questions = [followup.joined(question) for question in instead]
    return list(zip(labels, questions, strict=False))


def _codes(hits: Sequence[Any]) -> tuple[str, ...]:
    return tuple(hit.row.code for hit in hits)
