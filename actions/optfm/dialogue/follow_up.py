"""A message that goes on with the topic just answered: «а новичкам?», «ну я его уже вклеил»."""

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.conversation import ConversationState, take_turn
from optfm.conversation.replies import NotThere, WhichGoods
from optfm.dialogue.facts import OF_A_SUM, SLOT, State, fitting, last_state, last_text, say
from optfm.dialogue.focus import GOODS, About, about, answered_topic, intent_of
from optfm.dialogue.model_answers import answered_by_model
from optfm.dialogue.request_before import leaves_contacts
from optfm.dialogue.shop import Shop
from optfm.dialogue.wording import CALL_MANAGER, LEAVE_REQUEST
from optfm.facts import (
    TOPICS,
    Details,
    aspect,
    in_cyrillic,
    is_rest,
    of_a_number,
    of_a_running_day,
    of_the_same_measure,
    rest,
)
from optfm.search.live import NoPriceList

#: «номер 5512», «5512», «заказ № 5512»: shorter than a phone.
_NUMBER = re.compile(
    r"\W*(?:(?:вот|мой|номер|заказ\w*|сч[её]т\w*|№)\W*){0,4}(\d{3,9})\W*$", re.IGNORECASE
)
#: A term of days: what comes back within ten of them.
_RETURNS = "faq_returns"
_OF_DAYS = frozenset({_RETURNS, "faq_defects"})
#: Who asks for a time tells none: «когда пришло?».
_ASKS = re.compile(r"[?]|\b(?:когда|где|сколько|скольк\w*|почему|как|куда|кто|что|че|чем)\b", re.I)
_DELIVERY = ("faq_delivery_cost", "faq_delivery_regions", "faq_delivery_time")
_WHEN = "faq_delivery_time"
_DIGIT_OR_LATIN = re.compile(r"[\da-z]", re.IGNORECASE)
#: Who says his case in a word or two asks none of these: «брал неделю назад» sounds like a refusal.
_HAVE_ANSWERS = (
    *(GOODS, "faq_", "shop_", "complaint", "call_manager", "leave_request", "detail"),
    "out_of_scope",
)


class FollowUp(Action):
    """Hears a short message right after a topic (components/order_policy.py)."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_follow_up"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        typed = str(tracker.latest_message.get("text") or "")
        text, topic = in_cyrillic(typed), answered_topic(tracker)
        if gone_on := self._by_a_number(dispatcher, tracker, text):
            return gone_on
        if topic is None or leaves_contacts(typed):
            return [ActionReverted()]
        if (number := _NUMBER.match(text)) and (told := of_a_number(topic, number[1])):
            dispatcher.utter_message(text=told, buttons=_buttons())
            return [SlotSet(SLOT, State(topic=topic, details=Details(), text=text).as_slot())]
        facts = self._shop.facts
        part, details = aspect(topic, text), facts.details(text)
        a_place = details.town is not None and topic not in TOPICS

        def apart() -> bool:
            return a_place or self._names_goods(tracker, text, a_sum=details.roubles is not None)

        if topic in _OF_DAYS and details.days is not None and not _ASKS.search(text):
            told = facts.computed(_RETURNS, details, text)  # «вчера пришло», of what is faulty
            say(dispatcher, tracker, _RETURNS, told)
            return [SlotSet(SLOT, State(topic=topic, details=details, text=text).as_slot())]
        relation = about(text, tracker.latest_message, topic, apart=apart)
        its_own = fitting(topic, details)
        by_a_case = bool(details) and topic in TOPICS
        unknown = part is None and not by_a_case
        if relation is About.ITSELF or (unknown and relation is not About.TOPIC):
            return [ActionReverted()]
        intent = intent_of(tracker.latest_message)[0]
        asked = intent in TOPICS or (relation is About.PART and intent.startswith(_HAVE_ANSWERS))
        if by_a_case and (asked or not its_own):
            return [ActionReverted()]  # computed by the action of the topic itself
        before = last_state(tracker)
        if before:
            details = details.over(before.details)
        case = f"{before.text} {text}" if before and by_a_case else text
        told = topic if by_a_case or part is None else part.topic or topic
        said = part.says if part and not by_a_case else None
        if said and topic in _DELIVERY and intent == _WHEN and details.town:
            told, said = _WHEN, None  # «сколько дней?» of the town that was named
        if not said and (part or by_a_case):
            said = facts.computed(told, details, case)
        if said or (part and part.topic):
            say(dispatcher, tracker, told, said)
        elif by_model := await answered_by_model(self._shop, tracker):
            return by_model.by(dispatcher)
        elif not _say_the_rest(dispatcher, tracker, topic):
            return [ActionReverted()]
        return [SlotSet(SLOT, State(topic=told, details=details, text=text).as_slot())]

    def _names_goods(self, tracker: Tracker, text: str, *, a_sum: bool) -> bool:
        """Whether the list has what a message names; of rows in focus, what it does with them.

        A message that does not sound like goods, or like a sum, must be sure of them.

        :param a_sum: it names one: «хотя бы рублей 500».
        """
        sounds = intent_of(tracker.latest_message)[0] == GOODS
        try:
            prices = self._shop.prices.current()
        except NoPriceList:
            return sounds
        state = ConversationState.from_slot(tracker.get_slot("price_state"))
        turn = take_turn(text, state, prices)
        missing = all(isinstance(reply, NotThere | WhichGoods) for reply in turn.replies)
        if sounds and not a_sum:
            return not missing
        like_a_model = _DIGIT_OR_LATIN.search(text) is not None
        shown = state.in_focus or state.listed  # «вернёмся к припою» after a no
        return turn.sure and not missing and (like_a_model or bool(shown))

    def _by_a_number(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, text: str
    ) -> list[EventType]:
        """«а на 26?» after «на 7 тысяч», «а на одиннадцатый?» after a term; nothing else."""
        before = last_state(tracker)
        if before is None:
            return []
        asked = before.topic in OF_A_SUM and before.details.roubles is None
        more = of_the_same_measure(text, before.details, asked=asked)
        if more is None and before.topic in _OF_DAYS:
            more = of_a_running_day(text)
        if more is None:
            return []
        details = more.over(before.details)
        computed = self._shop.facts.computed(before.topic, details, before.text)
        if computed is None:
            return []
        say(dispatcher, tracker, before.topic, computed)
        return [SlotSet(SLOT, State(topic=before.topic, details=details, text=text).as_slot())]


def _say_the_rest(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> bool:
    """Say the rule of the topic, which does not tell this case; False where it has none."""
    said = rest(topic, again=is_rest(last_text(tracker) or ""))
    if said is None:
        return False
    dispatcher.utter_message(text=said, buttons=_buttons())
    return True


def _buttons() -> list[dict[str, str]]:
    return [dict(CALL_MANAGER), dict(LEAVE_REQUEST)]
