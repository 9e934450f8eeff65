"""What no rule knows: goods after all, a model over our facts, or an honest "I do not know"."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.facts import answer_topic, goes_on, last_state
from optfm.dialogue.hand_off import hand_off, last_response
from optfm.dialogue.model_answers import answered_by_model
from optfm.dialogue.prices import answer_by_words, answer_if_sure
from optfm.dialogue.request_before import FORM, leaves_a_broken_number, leaves_contacts
from optfm.dialogue.shop import Shop
from optfm.text.morphology import is_word

#: What is said at the first, second and every later misunderstanding in a row.
_NOT_UNDERSTOOD = ("utter_other_unknown", "utter_other_unknown_again", "utter_other_give_up")
#: What is not the shop's business, and what is said to it.
_ALIEN = "out_of_scope"
_FALLBACK = "nlu_fallback"
#: So sure that something is not ours that a search which must ask back is no proof of goods.
_SURELY_ALIEN = 0.9
#: A frequent question is answered from this confidence on, and so far before the next one:
#: the numbers of FallbackClassifier in config.yml.
_LIKELY = 0.3
_APART = 0.02
_NOT_OURS = ("utter_out_of_scope", "utter_out_of_scope_again", "utter_other_give_up")
#: What is said where the customer asks more of a topic than our facts hold.
_UNSAID = "utter_topic_unsaid"
_TOPICS = ("utter_faq_", "utter_shop_")
#: Texts that answer nothing.
MISSES = (_UNSAID, *_NOT_OURS, *_NOT_UNDERSTOOD)
_OTHER_LANGUAGE = "utter_other_language_"
#: Letters that only one of the neighbours has.
_LETTERS = {
    "kk": re.compile("[әғқңөұүһ]"),
    "be": re.compile(r"ў|\bдз[еі]|\bці\b"),
    "uk": re.compile("[їєґі]"),
}
_LATIN_WORDS = re.compile(r"\b[a-z]{2,}\W+[a-z]{2,}\b")
_CYRILLIC = re.compile("[а-яё]")
_LONGEST_MORE = 8
_RUSSIAN = re.compile("[а-яё]+")
#: How a question begins that goes on with the one before.
_MORE = re.compile(r"\W*(?:а|и|но|ну|тогда|то есть|или|еще|ещё|кто|когда|как|чем|сколько)\b", re.I)


class AnswerOther(Action):
    """Answers where the topic is not clear."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_answer_other"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if leaves_contacts(tracker.latest_message.get("text") or ""):
            return [FollowupAction(FORM)]
        gone_on = goes_on(self._shop.facts, dispatcher, tracker)
        if gone_on is not None:
            return gone_on
        text = tracker.latest_message.get("text") or ""
        # Keys that were hit at random are nobody's business, and not for us to turn away.
        alien = tracker.get_intent_of_latest_message() == _ALIEN and _has_words(text)
        asked_back = last_response(tracker) == "utter_price_ask"
        # The topic model does not know every word of the trade («displey»), nor what the talk is
        # about («литая» after a list of covers); the search may.
        surely_alien = alien and _sure(tracker) >= _SURELY_ALIEN
        answered = answer_if_sure(
            self._shop, tracker, asked_back=asked_back, alien=surely_alien and not asked_back
        )
        if answered:
            messages, events = answered
            for message in messages:
                dispatcher.utter_message(**message.for_dispatcher())
            return events
        if by_model := await answered_by_model(self._shop, tracker):
            return by_model.by(dispatcher)
        if likely_topic(tracker.latest_message):
            return answer_topic(self._shop.facts, dispatcher, tracker)
        if by_words := answer_by_words(self._shop, tracker):
            messages, events = by_words
            for message in messages:
                dispatcher.utter_message(**message.for_dispatcher())
            return events
        if self._goes_on(tracker, alien=alien):
            dispatcher.utter_message(response=_UNSAID)
            return []
        if leaves_a_broken_number(tracker.latest_message.get("text") or ""):
            return [FollowupAction(FORM)]
        before = min(_misunderstandings(tracker), len(_NOT_UNDERSTOOD) - 1)
        last_time = before == len(_NOT_UNDERSTOOD) - 1
        if last_time and (handed := hand_off(self._shop, dispatcher, tracker, failed=True)):
            return handed
        if before == 0 and (language := language_of(tracker.latest_message.get("text") or "")):
            dispatcher.utter_message(response=f"utter_other_language_{language}")
            return []
        responses = _NOT_OURS if alien else _NOT_UNDERSTOOD
        dispatcher.utter_message(response=responses[before])
        return []

    def _goes_on(self, tracker: Tracker, *, alien: bool) -> bool:
        """Whether a message that nobody understands asks more of the topic just answered."""
        last = last_response(tracker) or ""
        answered = last.startswith(_TOPICS) or last_state(tracker) is not None
        text = tracker.latest_message.get("text") or ""
        if not answered or len(text.split()) > _LONGEST_MORE:
            return False
        return not alien or bool(_MORE.match(text))


def _has_words(text: str) -> bool:
    """Whether any word of a message is a Russian one; true where it has no Russian letters."""
    words = _RUSSIAN.findall(text.lower())
    return not words or any(is_word(word) for word in words)


def _sure(tracker: Tracker) -> float:
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def likely_topic(message: Mapping[str, Any]) -> str:
    """The frequent question that NLU thinks of without being sure; "" where it thinks of none.

    :param message: as Rasa parsed it, with its `intent_ranking`.
    """
    if (message.get("intent") or {}).get("name") != _FALLBACK:
        return ""
    ranking = [r for r in message.get("intent_ranking") or () if r.get("name") != _FALLBACK]
    if not ranking or not _is_frequent(ranking[0]):
        return ""
    first = float(ranking[0].get("confidence") or 0.0)
    second = float(ranking[1].get("confidence") or 0.0) if len(ranking) > 1 else 0.0
    # Two kin topics that share a message («4 900, это опт?») leave little to any other.
    apart = first - second >= _APART or (second >= _LIKELY and _is_frequent(ranking[1]))
    return str(ranking[0]["name"]) if first >= _LIKELY and apart else ""


def _is_frequent(rank: Mapping[str, Any]) -> bool:
    return str(rank.get("name")).startswith("faq_")


def language_of(text: str) -> str | None:
    """The language of a text that is not Russian, by its letters; None for a Russian one."""
    low = text.lower()
    for language, letters in _LETTERS.items():
        if letters.search(low):
            return language
    return "en" if _LATIN_WORDS.search(low) and not _CYRILLIC.search(low) else None


def _misunderstandings(tracker: Tracker) -> int:
    """How many times in a row the bot has just said that it cannot answer."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") != "bot":
            continue
        said = (event.get("metadata") or {}).get("utter_action") or ""
        if said not in MISSES and not said.startswith(_OTHER_LANGUAGE):
            break
        count += 1
    return count
