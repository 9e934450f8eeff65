"""What a word of the trade means, and which of the shown goods is better by these words."""

import logging

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.conversation import ConversationState
from optfm.dialogue.shop import Shop
from optfm.dialogue.texts import TEXTS
from optfm.dialogue.wording import CALL_MANAGER
from optfm.facts.glossary import Term, glossary
from optfm.llm.knowledge.knowledge import GLOSSARY
from optfm.search.live import NoPriceList
from optfm.settings import ROOT

log = logging.getLogger(__name__)

PAGE = ROOT / "docs" / "knowledge" / GLOSSARY
_MOST = 3
_WORDS_BEFORE = 2
_UNKNOWN = "utter_trade_unknown"


class ExplainTerms(Action):
    """Explains by the glossary; never says that a certain row is good."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_explain_terms"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = tracker.latest_message.get("text") or ""
        terms = self._terms(text, tracker)
        if terms:
            said = "\n".join(term.text for term in terms)
            dispatcher.utter_message(
                text=f"{said}\n{TEXTS['general_knowledge']}",
                buttons=[dict(CALL_MANAGER)],
            )
        else:
            dispatcher.utter_message(response=_UNKNOWN)
        return []

    def _terms(self, text: str, tracker: Tracker) -> list[Term]:
        """Of the message, else of the goods that were shown, else of the messages before."""
        try:
            words = glossary(PAGE)
        except (OSError, ValueError) as exc:
            log.error("the glossary is not read: %s", exc)
            return []
        if named := words.of(text, limit=_MOST):
            return named
        if shown := words.of("\n".join(self._shown(tracker)), limit=_MOST):
            return shown
        return words.of("\n".join(_said_before(tracker)), limit=_MOST)

    def _shown(self, tracker: Tracker) -> list[str]:
        """The names of the rows under the last answer about goods."""
        codes = ConversationState.from_slot(tracker.get_slot("price_state")).in_focus
        if not codes:
            return []
        try:
            rows = self._shop.prices.current().index.rows
        except NoPriceList:
            return []
        return [row.name for row in rows if row.code in set(codes)]


def _said_before(tracker: Tracker) -> list[str]:
    said = [str(e.get("text") or "") for e in tracker.events if e.get("event") == "user"]
    return said[:-1][-_WORDS_BEFORE:]
