"""The topic that a conversation is about, and whether a message is still about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker

from common.phrases import START, alternatives, any_of, plain
from optfm.dialogue.facts import last_state
from optfm.facts import TOPICS, aspect
from optfm.text.morphology import readings
from optfm.text.yaml_text import read_yaml

GOODS = "price_question"
_TOPICS = ("utter_faq_", "utter_shop_", "utter_too_dear")
_SORRY = "sorry"
_LONGEST = 9
_FEW = 4
#: A topic as sure as this is asked for itself, where nothing ties the message to the one before.
_SURE = 0.8
#: … and one as sure as this also where it is tied: «а где вы находитесь?».
_SURELY = 0.95
#: NLU thinks of no topic at all below it: the threshold of FallbackClassifier in config.yml.
_LIKELY = 0.3
#: Anger that is less sure may be none.
_UNANGRY = 0.6
_GOODS_WORDS = 4
_DIGIT = re.compile(r"\d")
_FILE = Path(__file__).with_name("follow_up.yml")
#: In what way something is done: «а частями?», «а картой можно?», «а физлицу?».
_OF_MANNER = {"ablt", "datv"}
_MANNERS = 2
#: «на шлейфы?» after the warranty of batteries.
_OF_OTHERS = re.compile(r"(?:на|для|по|у)\s+\w+\W*$")
_ASKED = ("faq_", "shop_")
_FALLBACK, _ALIEN, _DETAIL = "nlu_fallback", "out_of_scope", "detail"
#: What is said to a bot and not to a seller, where it is said in so many words.
_CHAT = frozenset(
    ["thanks", "affirm", "deny", "stop", "skip", "go_back", "help", "who_are_you", "small_talk"]
    + ["bye", "show_more"]
)
#: A wish of its own, whatever was talked about.
_WISHES = frozenset(
    ["call_manager", "leave_request", "jobs", "press_goods", "greet", "trade_terms"]
)


class About(Enum):
    """What a message right after a topic has to do with it."""

    ITSELF = auto()  #: with something else
    PART = auto()  #: with a part of the topic, if it names one
    TOPIC = auto()  #: with the topic, also where the facts know no such part


@dataclass(frozen=True, kw_only=True)
class _Words:
    """Patterns over lower-case text, ё as е."""

    ties: re.Pattern[str]
    points: re.Pattern[str]
    of_a_topic: re.Pattern[str]
    asks: re.Pattern[str]
    asks_goods: re.Pattern[str]
    little: frozenset[str]
    reactions: frozenset[str]
    names: re.Pattern[str]
    closes: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    read = read_yaml(_FILE.read_text(encoding="utf-8"))
    said = {name: alternatives(words) for name, words in read.items()}
    before, joins = rf"^\W*(?:{said['before']}\W+)*", said["joins"]
    return _Words(
        ties=re.compile(rf"{before}{joins}|{START}{said['points']}"),
        points=re.compile(rf"{START}{said['points']}"),
        of_a_topic=re.compile(rf"{before}{joins}\s+{said['of_a_topic']}|{START}{said['also']}"),
        asks=re.compile(rf"^\W*{said['asks']}"),
        asks_goods=any_of(read["asks_goods"]),
        little=frozenset(read["little"]),
        reactions=frozenset(" ".join(read["reactions"]).split()),
        names=any_of(read["names"]),
        closes=re.compile(rf"^\W*{said['closes']}(?!\w)"),
    )


def about(text: str, message: Mapping[str, Any], topic: str, *, apart: Callable[[], bool]) -> About:
    """What a message has to do with the topic just answered.

    :param message: as Rasa parsed it.
    :param apart: whether it names what has an answer of its own: goods of the list, a town; asked
        only where that decides, for it may be a search.
    """
    said = plain(text)
    words = re.findall(r"\w+", said)
    if not words or len(said.split()) > _LONGEST or message.get("also"):
        return About.ITSELF
    if all(word in _words().reactions for word in words):
        return About.ITSELF
    if _is_of_topic(said, message, topic, apart=apart):
        return About.TOPIC
    return About.PART if _may_ask_a_part(said, message, topic) else About.ITSELF


def _may_ask_a_part(said: str, message: Mapping[str, Any], topic: str) -> bool:
    if _DIGIT.search(said):
        return False
    known, words = _words(), said.split()
    name, sure = intent_of(message)
    if name == GOODS:
        of_a_topic = bool(known.of_a_topic.search(said) or known.asks.search(said))
        of_a_topic = of_a_topic or _in_what_way(said) or bool(_OF_OTHERS.match(said))
        return len(words) <= _GOODS_WORDS + 1 and of_a_topic
    if name == topic or known.ties.search(said) or aspect(topic, said, first=True):
        return True
    if len(words) > _FEW:
        return False
    unsure = sure < _SURE or not name.startswith(_ASKED)
    return unsure or not known.names.search(said)


def _is_of_topic(
    said: str, message: Mapping[str, Any], topic: str, *, apart: Callable[[], bool]
) -> bool:
    """Whether nobody else has a better answer to it than the topic's own rule."""
    known = _words()
    name, sure = intent_of(message)
    tied, named = bool(known.ties.search(said)), bool(known.names.search(said))
    if name in _WISHES or apart():
        return False
    if name == GOODS:
        if sure >= _SURE and not tied and _DIGIT.search(said):
            return False  # «шлейф зарядки redmi note 8», which the list may not have
        return tied or not (named or known.asks_goods.search(said))
    if name in _CHAT:
        closed = known.closes.match(said) is not None and not said.endswith("?")
        return tied or (sure < _SURELY and not closed)
    if name == "complaint":
        asks = tied or said.endswith("?")
        return topic == _SORRY or sure < (_SURELY if asks else _UNANGRY)
    if name == _ALIEN:
        return bool(known.points.search(said)) or sure < (_SURELY if tied else _SURE)
    if name == _FALLBACK or sure < _SURE:
        return tied or not named or _likeliest(message) < _LIKELY
    if name == _DETAIL:
        return topic not in TOPICS
    if name == topic:
        return tied or not named
    return tied and not named and sure < _SURELY


def intent_of(message: Mapping[str, Any]) -> tuple[str, float]:
    """What NLU takes a message for, and how sure it is; `nlu_fallback` stays what it is."""
    intent = message.get("intent") or {}
    return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)


def _likeliest(message: Mapping[str, Any]) -> float:
    """How sure the classifier is of the first topic that it thinks of."""
    ranking = message.get("intent_ranking") or ()
    asked = (r for r in ranking if str(r.get("name")).startswith(_ASKED))
    return max((float(r.get("confidence") or 0.0) for r in asked), default=0.0)


def _in_what_way(said: str) -> bool:
    """«а частями можно?», «а картой курьеру?»: only cases that goods are not asked for in."""
    words = [word for word in re.findall(r"\w+", said) if word not in _words().little]
    if not 1 <= len(words) <= _MANNERS or not _words().ties.search(said):
        return False
    return _is_of_manner(words[0])


@lru_cache(maxsize=1_000)
def _is_of_manner(word: str) -> bool:
    """Whether it may be in such a case; a word without cases («акб») tells nothing."""
    tags = [set(reading.tag.grammemes) for reading in readings(word)]
    return any(_OF_MANNER & tag for tag in tags) and not any("Fixd" in tag for tag in tags)


def answered_topic(tracker: Tracker) -> str | None:
    """The topic that the turn before this message answered; None where it answered none."""
    if before := last_state(tracker):
        return before.topic
    asked = False
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "user":
            if asked:
                return None
            asked = True
        elif kind == "bot" and asked:
            said = str((event.get("metadata") or {}).get("utter_action") or "")
            if said.startswith("utter_" + _SORRY):
                return _SORRY
            if said.startswith(_TOPICS):
                return said.removeprefix("utter_")
    return None
