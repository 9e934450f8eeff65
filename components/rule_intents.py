"""Intents that the words themselves decide, where no examples can teach them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from common.masking import mask
from components.alarm import alarming, indignant, outraged, waits_too_long
from components.asked_together import surely
from components.claims import came_wrong
from components.detail_words import only_details
from components.shop_words import of_another_shop, of_the_shop, speaks_to_us

#: As the site's «Хочу это» writes it, with a code and a name that would be a price question.
_REQUEST_FOR = re.compile(
    r"\W*(?:хочу |можно |мне )?(?:остав|оформ|сдела)\w+ заявк\w+ (?:на|по)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_ASKS = ("faq_", "shop_")
_NOT_OURS = "out_of_scope"
#: As surely alien is another people's quarrel: «сосед залил, как на него в суд подать».
_SURELY_ALIEN = 0.9
#: A topic below it is none: the threshold of FallbackClassifier in config.yml.
_UNSURE = 0.3
#: What is of the shop is about a topic that is as likely as this.
_LIKELY = 0.2
_OF_THE_SHOP = "shop_other"
#: What has a way of its own although it is unsure.
_OWN_WAYS = ("price_question", "detail", "complaint", "call_manager", "leave_request")
#: Annoyance is at what is asked to stop.
_NUISANCES = ("faq_newsletter",)
#: Authorities ask shops for these, and the shops ask us.
_PAPERS = ("faq_certificates", "faq_documents")
#: What is said of an order that may have been made elsewhere.
_OF_AN_ORDER = (
    *("faq_returns", "faq_refund", "faq_defects", "faq_order_status", "faq_order_change"),
    *("faq_password", "shop_returns", "shop_account", "shop_site", "faq_personal_data"),
)
#: What came wrong sounds like these by its goods and counts; a topic of papers or money stays.
_LIKE_A_CLAIM = (
    *("price_question", "detail", "small_talk", "nlu_fallback", _NOT_OURS, _OF_THE_SHOP),
    *("shop_goods", "faq_stock", "faq_assortment", "faq_how_to_order", "faq_order_change"),
)
_CLAIM = "shop_returns"
#: They say nothing to who waits too long.
_NO_ANSWERS = (_NOT_OURS, "price_question", "small_talk", "detail", "nlu_fallback")
#: «салем» is a greeting before it is a town.
_SAID_AT_ONCE = ("greet", "thanks", "bye")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RuleIntents(GraphComponent):
    """Stands after the classifier and overrules it.

    `own_contacts`: phones and addresses of the shop, which customers only ask about; without
    them whoever repeats the shop's number would be taken for one who leaves his own.
    """

    def __init__(self, own_contacts: Sequence[str] = ()) -> None:
        self._own = _pattern(own_contacts)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No contact is the shop's."""
        return {"own_contacts": []}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RuleIntents:
        """Nothing is trained or stored."""
        return cls(config["own_contacts"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that a rule knows."""
        for message in messages:
            text = message.get(TEXT)
            best = message.get(INTENT) or {}
            intent = best.get("name") or ""
            if best.get(PREDICTED_CONFIDENCE_KEY, 1.0) < _UNSURE and intent not in _OWN_WAYS:
                intent = _NOT_OURS
            sure = best.get(PREDICTED_CONFIDENCE_KEY, 1.0)
            name = self.decided(text, intent, sure=sure) if text else None
            if name is None:
                continue
            ranked = message.get(INTENT_RANKING_KEY) or []
            if name == _CLAIM:  # its goods are what came, and not asked for beside it
                for asked in ("also", "goods", "parts", "asked"):
                    message.data.pop(asked, None)
            if name == _OF_THE_SHOP:
                name = _likeliest(ranked) or name
            ranking = surely(name, ranked)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def decided(self, text: str, intent: str, *, sure: float = 1.0) -> str | None:
        """The intent that a rule gives a message, None where the classifier's stands.

        :param intent: what the classifier made of it.
        :param sure: how sure it is of it.
        """
        only_annoyed, of_papers = intent in _NUISANCES, intent in _PAPERS
        of_others = intent == _NOT_OURS and sure >= _SURELY_ALIEN and not speaks_to_us(text)
        if alarming(text, only_annoyed=only_annoyed, of_papers=of_papers, of_others=of_others):
            return "complaint"
        if outraged(text):
            return "complaint"
        if indignant(text) and intent in _OF_AN_ORDER:
            return "complaint"
        if waits_too_long(text) and intent in _NO_ANSWERS:
            return "complaint"
        if intent in _LIKE_A_CLAIM and came_wrong(text):
            return _CLAIM
        if intent in _OF_AN_ORDER and of_another_shop(text):
            return _NOT_OURS
        if _REQUEST_FOR.match(text) or (intent.startswith(_ASKS) and self._leaves_contact(text)):
            return "leave_request"
        if intent not in _SAID_AT_ONCE and only_details(text):
            return "detail"
        # What is asked of the shop is its business, also where no topic answers it.
        return _OF_THE_SHOP if intent == _NOT_OURS and of_the_shop(text) else None

    def _leaves_contact(self, text: str) -> bool:
        """Who leaves his phone with a question wants to be called."""
        theirs = self._own.sub("", text) if self._own else text
        return mask(theirs) != theirs


def _likeliest(ranking: Sequence[Mapping[str, Any]]) -> str:
    """The topic that what is of the shop is the likeliest about; "" where none is likely."""
    topics = (one for one in ranking if str(one["name"]).startswith(_ASKS))
    best = max(topics, key=lambda one: one[PREDICTED_CONFIDENCE_KEY], default=None)
    return str(best["name"]) if best and best[PREDICTED_CONFIDENCE_KEY] >= _LIKELY else ""


def _pattern(contacts: Sequence[str]) -> re.Pattern[str] | None:
    """Finds the contacts however their digits are set apart."""
    ways = [
        r"\D{0,2}".join(_DIGIT.findall(contact)) if "@" not in contact else re.escape(contact)
        for contact in contacts
    ]
    return re.compile("|".join(ways)) if ways else None
