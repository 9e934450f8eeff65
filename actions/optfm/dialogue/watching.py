"""Watches in the dialog: asked for, agreed to, listed, ended."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import SQLAlchemyError

from common.money import price
from optfm import watches
from optfm.catalog import PriceRow
from optfm.conversation import ConversationState
from optfm.db.connection import reason
from optfm.dialogue import request_words as words
from optfm.dialogue.request_before import LEAST_GOODS, last_question
from optfm.dialogue.shop import Shop
from optfm.orders import store
from optfm.orders.quantities import plain
from optfm.search import Answer
from optfm.search.live import Current, NoPriceList
from optfm.watches import Agreed, Wanted

log = logging.getLogger(__name__)

#: Where the question about a watch keeps what it is about, in the bot's message.
_ASKED = "watch"


class WatchTurn(Action):
    """Hears a message first where it may be about a watch (components/order_policy.py)."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_watch"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = tracker.latest_message.get("text") or ""
        try:
            said = self._answered(tracker, text) or self._wished(tracker, text)
        except NoPriceList:
            said = None
        except SQLAlchemyError as exc:
            log.error("a watch is not kept: %s", reason(exc))
            said = None
        if said is None:
            return [ActionReverted()]
        dispatcher.utter_message(**said)
        return []

    def _answered(self, tracker: Tracker, text: str) -> dict[str, Any] | None:
        """The yes or the no to the question that was just asked."""
        asked = _just_asked(tracker)
        if asked is None:
            return None
        said = watches.texts()
        if text.strip().lower() == said["no"].lower() or words.is_no(text) or words.lets_go(text):
            return {"text": said["refused"]}
        if text.strip().lower() != said["yes"].lower() and not words.is_yes(text):
            return None
        return self._kept(tracker, Wanted(**asked))

    def _kept(self, tracker: Tracker, wanted: Wanted) -> dict[str, Any]:
        said = watches.texts()
        version, wording = watches.consent(wanted)
        agreed = Agreed(
            version=version, wording=wording, message_id=tracker.latest_message.get("message_id")
        )
        try:
            watch, new = watches.add(
                self._shop.engine, tracker.sender_id, wanted, agreed,
                channel=tracker.get_latest_input_channel() or "rest",
                list_id=self._shop.prices.current().list_id, now=datetime.now(UTC),
            )  # fmt: skip
        except watches.TooMany:
            return {"text": said["many"].format(most=watches.MOST)}
        if not new:
            return {"text": said["known"].format(name=watch.wanted.name)}
        text = said["kept"].format(
            name=wanted.name, what=watches.what(wanted), until=f"{watch.ends:%d.%m.%Y}"
        )
        return {"text": text, "json_message": {"watches": [watch.id]}}

    def _wished(self, tracker: Tracker, text: str) -> dict[str, Any] | None:
        wish, said = watches.wish_of(text), watches.texts()
        if wish == "show":
            found = watches.of_dialog(self._shop.engine, tracker.sender_id)
            lines = watches.lines(found)
            return {"text": said["list"].format(lines=lines) if found else said["nothing"]}
        if wish == "stop":
            ended = watches.stop(self._shop.engine, tracker.sender_id)
            if not ended:  # of the newsletter, perhaps
                return None
            return {"text": said["stopped"].format(names="; ".join(e.wanted.name for e in ended))}
        if wish is None:
            return None
        return self._proposed(tracker, text, wish)

    def _proposed(self, tracker: Tracker, text: str, kind: watches.Kind) -> dict[str, Any]:
        """The question whether to watch, with what is asked about."""
        said, prices = watches.texts(), self._shop.prices.current()
        named = watches.goods_in(text)
        if kind == "appears" and (missing := self._missing_line(tracker, named)):
            return _question(Wanted(kind=kind, asked=missing, name=_short(missing)))
        row = self._row_in_focus(tracker, prices) if len(named) < LEAST_GOODS else None
        asked = named if len(named) >= LEAST_GOODS else last_question(tracker)
        answer = None if row else _first(prices, asked)
        if row is None and answer is None:
            return {"text": said["which"]}
        found = row or _shown(answer)
        if found is None:
            return _question(Wanted(kind="appears", asked=asked, name=_short(asked)))
        if row is None and kind == "cheaper" and answer and len(answer.rows) > 1:
            cheapest = min(hit.row.price_kop for hit in answer.rows)
            return _question(Wanted(kind=kind, asked=asked, name=_short(asked), price_kop=cheapest))
        name = " ".join(found.name.split())
        cheaper = Wanted(
            kind="cheaper", asked=name, name=name, code=found.code, price_kop=found.price_kop
        )
        if kind == "cheaper":
            return _question(cheaper)
        there = said["there"].format(
            date=f"{prices.list_date:%d.%m.%Y}", name=name,
            price=price(found.price_kop), code=found.code,
        )  # fmt: skip
        return _question(cheaper, instead=there)

    def _missing_line(self, tracker: Tracker, named: str) -> str:
        """What a line of the order that was just shown asks for, which the list has not.

        «сообщите, когда 3 метра появится» is of the HDMI cables that the line stands under.
        """
        if "order" not in _last_custom(tracker):
            return ""
        kept = store.opened(self._shop.engine, tracker.sender_id)
        missing = [line for line in kept.order.lines if line.state == "none"] if kept else []
        if len(named) >= LEAST_GOODS:
            said = set(re.findall(r"\w+", plain(named)))
            missing = [
                line for line in missing
                if said <= set(re.findall(r"\w+", plain(f"{line.said} {line.asked}")))
            ]  # fmt: skip
        return missing[0].asked if len(missing) == 1 else ""

    def _row_in_focus(self, tracker: Tracker, prices: Current) -> PriceRow | None:
        """The one row that the talk is about; None where there are several, or none."""
        if _said_no(tracker):
            return None
        state = ConversationState.from_slot(tracker.get_slot("price_state"))
        codes = state.in_focus
        return prices.row(codes[0]) if len(codes) == 1 else None


def _shown(answer: Answer | None) -> PriceRow | None:
    """The row that is all that was asked for; None where the list has none."""
    if answer is None or answer.kind == "none" or answer.unmet or not answer.rows:
        return None
    return answer.rows[0].row


def _first(prices: Current, asked: str) -> Answer | None:
    queries = prices.parse(asked) if asked else []
    if not queries or queries[0].empty:
        return None
    return prices.find(queries[0], limit=10)


def _question(wanted: Wanted, *, instead: str = "") -> dict[str, Any]:
    said = watches.texts()
    _, wording = watches.consent(wanted)
    keys = ("kind", "asked", "name", "code", "price_kop")
    return {
        "text": f"{instead}\n\n{wording}" if instead else wording,
        "buttons": [
            {"title": said["yes"], "payload": said["yes"]},
            {"title": said["no"], "payload": said["no"]},
        ],
        "json_message": {_ASKED: {key: getattr(wanted, key) for key in keys}},
    }


def _just_asked(tracker: Tracker) -> dict[str, Any] | None:
    """What the bot's last message asked about; None where it asked nothing of watches."""
    return _last_custom(tracker).get(_ASKED)


def _said_no(tracker: Tracker) -> bool:
    """Whether the bot's last message was an honest «нет»: nothing shown is what he wants."""
    custom = _last_custom(tracker)
    return custom.get("rows") == [] and "nearest" in custom


def _last_custom(tracker: Tracker) -> dict[str, Any]:
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom")
            return custom if isinstance(custom, dict) else {}
    return {}


def _short(asked: str) -> str:
    return asked[:120].strip()
