"""Who hears a message before the rules: the topic just answered, the sent request, the order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionReverted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.claims import came_wrong

ACTION = "action_order"
#: set while the dialog has an order that is not sent
OPEN = "order_open"
WATCH_ACTION = "action_watch"
SENT_ACTION = "action_sent_request"
FOLLOW_ACTION = "action_follow_up"
#: what the conversation about goods is about; and who hears what may be said of the rows shown
GOODS_ACTION, GOODS_STATE = "action_about_rows", "price_state"
#: who hears what is said of them in no other words than theirs, whatever topic it sounds like
ROWS_ACTION = "action_only_of_rows"
#: these go to the goods by their rules, or are nobody's words
_NOT_OF_ROWS = frozenset({"price_question", "press_goods", "show_more", "call_manager"})
#: who may know what a message means whose topic is doubted
UNDERSTAND_ACTION = "action_understand"
_ABOUT_ROWS_WORDS = 10
#: what an answer of a topic is remembered by: its response, or its computed case
_TOPIC_RESPONSES = ("utter_faq_", "utter_shop_", "utter_too_dear", "utter_sorry")
_TOPIC_STATE = "facts_state"
_FOLLOWING_WORDS = 9
_HEARERS = (
    ACTION, SENT_ACTION, WATCH_ACTION, FOLLOW_ACTION, GOODS_ACTION, ROWS_ACTION, UNDERSTAND_ACTION
)  # fmt: skip
#: set once the dialog has sent a request
SENT = "request_sent"

_DIGITS = re.compile(r"\d+")
_UNIT = r"(?:шт|уп|пач|кор[.о]|компл|экз|рулон|бутыл|набор|блист|катуш|мот[ко]|флакон|тюбик)"
_COUNTED = re.compile(rf"\d\s*{_UNIT}", re.IGNORECASE)
#: «пять штук» of what is named by a number
_NUMERAL = (
    r"(?<!\w)(?:ст[оа]|пар[уы]|од(?:ин|ну|на)|дв[ае]|(?:тр[ие]|четыр|пят|шест|сем|восем|девят"
    r"|десят|двадцат|тридцат|сорок|полсотн|сотн)\w*)"
)
_COUNTED_IN_WORDS = re.compile(rf"{_NUMERAL}\s+{_UNIT}", re.IGNORECASE)
#: «экран 8X два»
_LAST_IN_WORDS = re.compile(rf"\d.*\s{_NUMERAL}[\s.!]*$", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:(?<=\s)|^)[-–—=xх×*:]\s*\d{1,4}\s*(?:$|[,;.\n])|\s[xх×*]\d", re.IGNORECASE
)
_LAST_COUNT = re.compile(r"\s\d{1,3}[\s.!]*$")
#: «акб xr 4»: a number after a model of letters
_COUNT_AFTER_LETTERS = re.compile(r"\w\s+[^\W\d]{1,2}\s+\d{1,3}[\s.!]*$")
#: so many numbers in a message without a comma may be lines and their counts
_RUN_TOGETHER = 3
_PARTS = re.compile(r"[\n;]|,\s|\s(?:и|плюс|ещ[её])\s", re.IGNORECASE)
_SHORTEST, _LONGEST = 2, 20_000
#: A message of so many words in sentences tells something; more lines than these are a list.
_PROSE_WORDS, _PROSE_LINES = 25, 3
_SENTENCE_ENDS = re.compile(r"[.?!](?:\s|$)")
_TOPICS = ("faq_", "shop_", "complaint")


def may_be_order(
    text: str, words: re.Pattern[str], takes: re.Pattern[str] = re.compile("(?!)")
) -> bool:
    """Whether a message looks like a list with quantities, or says that it orders.

    :param words: beginnings of words that order.
    :param takes: of words that order where a number stands beside them: «беру 2 дисплея».

    It only spares the others a question to the action server; who decides is `action_order`.
    """
    if not _SHORTEST <= len(text) <= _LONGEST or text.startswith("/"):
        return False
    if words.search(text.lower()):
        return True
    if _COUNTED.search(text) or _SIGNED.search(text):
        return True
    numbers = len(_DIGITS.findall(text))
    if numbers and (takes.search(text.lower()) or _COUNTED_IN_WORDS.search(text)):
        return True
    if numbers >= _RUN_TOGETHER or (numbers >= 2 and _LAST_COUNT.search(text)):
        return True  # «дисплей 11 3 акб xr 5», «монопод wtr-55 1»
    if _COUNT_AFTER_LETTERS.search(text) or _LAST_IN_WORDS.search(text):
        return True
    return numbers >= 2 and _PARTS.search(text.strip()) is not None


def tells_a_case(text: str, intent: str) -> bool:
    """Whether a message tells what happened and asks about it: its numbers are no quantities."""
    long = len(text.split()) >= _PROSE_WORDS and text.strip().count("\n") < _PROSE_LINES
    prose = long and intent.startswith(_TOPICS) and len(_SENTENCE_ENDS.findall(text)) > 1
    return prose or came_wrong(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, True)
class OrderPolicy(Policy):
    """Asks `action_sent_request` and `action_order` before the rules; what they give back goes on.

    An action answers with `undo` (ActionReverted) where the message is about something else:
    then the tracker is as before, and this policy holds its tongue until the next message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`priority`: above the rules'; `words`: beginnings of words that order; `take_words`:
        of words that order where a number stands beside them; `row_words`: of words that order
        what is shown; `watch_words`: that ask to be told;
        `over_rows`: beginnings of topics that a few words over rows just shown are taken for, each
        with the confidence (0..1) from which on it is meant; `doubted`: beginnings of topics, each
        with the confidence from which on nobody else is asked what was meant."""
        lists: dict[str, Any] = {
            "words": [], "take_words": [], "row_words": [], "watch_words": []
        }  # fmt: skip
        return {"priority": 8, **lists, "over_rows": {}, "doubted": {}}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Any = None,  # noqa: ANN401 - Rasa's signature
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._words = _beginnings(self.config["words"])
        self._takes = _beginnings(self.config["take_words"])
        self._takes_rows = _beginnings(self.config["row_words"])
        self._watches = _beginnings(self.config["watch_words"])

    def train(self, training_trackers: Any, domain: Domain, **kwargs: Any) -> Resource:  # noqa: ANN401
        """Nothing is learnt."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> PolicyPrediction:
        """A hearer once a message; after it, the next message or the open form."""
        chosen = self._chosen(tracker)
        if chosen is None or chosen not in domain.action_names_or_texts:
            return self._prediction(self._default_predictions(domain))
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(chosen)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)

    def _chosen(self, tracker: DialogueStateTracker) -> str | None:
        last = tracker.latest_action_name
        if last in _HEARERS:
            return None if tracker.active_loop_name else ACTION_LISTEN_NAME
        message = tracker.latest_message
        if last != ACTION_LISTEN_NAME or message is None:
            return None
        hearers = self._hearers(tracker, message)
        before = _given_back(tracker)
        return hearers[before] if before < len(hearers) else None

    def _hearers(self, tracker: DialogueStateTracker, message: UserUttered) -> list[str]:
        """Who hears a message before the rules, in order."""
        if (message.metadata or {}).get("file"):
            return [ACTION]
        text = message.text or ""
        if text.startswith("/"):
            return []
        opened = bool(_slot(tracker, OPEN))
        listed = may_be_order(text, self._words, self._takes) and not tells_a_case(
            text, _intent(message)
        )
        taken = self._takes_rows.search(text.lower()) and _rows_spoken_of(tracker, text)
        orders = [ACTION] if opened or listed else []
        sent = bool(_slot(tracker, SENT)) and not opened and not tracker.active_loop_name
        watched = not tracker.active_loop_name and (
            self._watches.search(text.lower()) or _asked_about_watch(tracker)
        )
        follows = not tracker.active_loop_name and not opened and _follows_a_topic(tracker, text)
        return [
            *([FOLLOW_ACTION] if follows else []),
            *([WATCH_ACTION] if watched else []),
            *([SENT_ACTION] if sent else []),
            *orders,
            *self._of_rows(tracker, message),
            *([ACTION] if taken and not orders else []),
            *([UNDERSTAND_ACTION] if self._is_doubted(tracker, message) else []),
        ]

    def _of_rows(self, tracker: DialogueStateTracker, message: UserUttered) -> list[str]:
        """Who hears a short message that may be about the rows that are shown.

        Where its topic is not sure, any act over rows counts; else only one without other words.
        """
        if not _rows_spoken_of(tracker, message.text or ""):
            return []
        intent = _intent(message)
        doubted = _surety(message) < _longest(self.config["over_rows"], intent)
        only = [] if intent in _NOT_OF_ROWS else [ROWS_ACTION]
        return [*([GOODS_ACTION] if doubted else []), *only]

    def _is_doubted(self, tracker: DialogueStateTracker, message: UserUttered) -> bool:
        """Whether the topic of a message is no more than the likeliest of many."""
        if tracker.active_loop_name or (message.parse_data or {}).get("also"):
            return False
        return _surety(message) < _longest(self.config["doubted"], _intent(message))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401
    ) -> OrderPolicy:
        """As it was configured: there is nothing to read."""
        return cls(config, model_storage, resource, execution_context)


def _rows_spoken_of(tracker: DialogueStateTracker, text: str) -> bool:
    """Whether rows are shown, no form is open, and the message is a short one."""
    state = _slot(tracker, GOODS_STATE) or {}
    shown = state.get("listed") or state.get("chosen") or state.get("missed")
    short = len(text.split()) <= _ABOUT_ROWS_WORDS
    return bool(shown and short and not tracker.active_loop_name)


def _beginnings(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})")


def _longest(beginnings: Mapping[str, float], name: str) -> float:
    """What the longest beginning of a name says; 0 where none begins it."""
    found = [start for start in beginnings if name.startswith(start)]
    return beginnings[max(found, key=len)] if found else 0.0


def _asked_about_watch(tracker: DialogueStateTracker) -> bool:
    """Whether the bot's last message asks if it should watch."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return "watch" in ((event.data or {}).get("custom") or {})
    return False


def _intent(message: UserUttered) -> str:
    return str((message.intent or {}).get("name") or "")


def _surety(message: UserUttered) -> float:
    """How sure the topic of a message is (0..1).

    What decided a story is sure of its part alone (components/stories.py): here the whole counts.
    """
    told = (message.parse_data or {}).get("told") or {}
    if told.get("topic") == _intent(message) and told.get("sure") is not None:
        return float(told["sure"])
    return float((message.intent or {}).get("confidence") or 0.0)


def _follows_a_topic(tracker: DialogueStateTracker, text: str) -> bool:
    """Whether a short message comes right after a topic's answer."""
    if len(text.split()) > _FOLLOWING_WORDS:
        return False
    asked = False
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if asked:
                return False
            asked = True
        elif not asked:
            continue
        elif isinstance(event, BotUttered):
            said = str((event.metadata or {}).get("utter_action") or "")
            if said.startswith(_TOPIC_RESPONSES):
                return True
        elif isinstance(event, SlotSet) and event.key == _TOPIC_STATE:
            return True
    return False


def _slot(tracker: DialogueStateTracker, name: str) -> Any:  # noqa: ANN401 - a slot's value
    slot = tracker.slots.get(name)
    return slot.value if slot else None


def _given_back(tracker: DialogueStateTracker) -> int:
    """How many have had this message and gave it back."""
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, ActionReverted):
            count += 1
        if isinstance(event, UserUttered):
            break
    return count
