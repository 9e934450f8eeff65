"""Several questions in one message: «дисплей а12 и доставка в шую», «есть самовывоз? часы?».

A message has one intent in Rasa; whoever answers it (components/responses.py, the price search)
finds here what else was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from common import published
from common.masking import mask
from common.phrases import alternatives, any_of, plain
from components.detail_words import only_details
from components.languages import OPENERS, beyond_openers, in_russian
from components.stories import is_question
from components.wording import morphology

#: The topic that has no answer in the domain: the price list answers it.
PRICES = "price_question"
_FAQ = "faq_"
_ASKED = (_FAQ, "shop_")
#: Ends of a question inside a message. A comma inside a number, and the point of «т.п.», end none.
_BETWEEN = re.compile(
    r"[?!;\n]+|[.,](?=\s)|\s+(?:и ещ[её]|и|а также|а|плюс|также|and)(?=\s)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
#: The number of an item before its words, «1) счёт 2) доставка» or «1 счёт 2 доставка».
_NUMBER = re.compile(r"(?:^|(?<=[\s:;,.!?]))(\d)[).]?\s+(?=[^\W\d_])")
#: A part is asked for itself when its topic is as sure as this (0..1). Among 1,300 messages that
#: ask one thing (tests/nlu) it tears none whose answer would be wrong.
_SURE = 0.8
#: … or as this, where it is put as a question.
_ASKS_SURELY = 0.65
#: One that is as sure as this is asked for among many, too.
_PLAIN = 0.95
#: The only part of a message that is no small talk need not be so sure.
_LIKELY = 0.5
#: A list of prices answers these by itself.
_IN_PRICES = {
    "faq_assortment",
    "faq_how_to_order",
    "faq_not_in_catalog",
    "faq_offers",
    "faq_price_list",
    "faq_quality",
    "faq_sale_statuses",
    "faq_stock",
}
#: The answer to the first says what the others would.
_SAYS_AS_MUCH = {"faq_defects": {"faq_returns", "faq_refund"}}
#: That we do not know is no answer beside one that we give.
_NO_ANSWER = "shop_other"
#: One kind, whatever they are called.
_OF_RETURNS = {"faq_returns", "faq_defects", "faq_refund", "shop_returns"}
#: Asked for certain goods.
_OF_GOODS = {"faq_warranty", "faq_certificates", "faq_quality", *_OF_RETURNS}
#: … which stand at the end: «гарантия на кабели».
_ON_GOODS = re.compile(r"\b(?:на|для|по|у)(?:\s+\w+){1,3}$")
#: What is said on the way to a question; a message that is nothing else asks nothing.
_SAID_BY_THE_WAY = {"affirm", "deny", "greet", "thanks", "bye", "stop", "skip", "small_talk"}
_A_PERSON = "call_manager"
#: «до скольки вы, можно ли кэшем, и далеко ли от вокзала»: the whole is not ours, two parts are.
_ALIEN = "out_of_scope"
#: A greeting with so many words behind it may ask something.
_GREETING, _FEWEST_BEHIND = "greet", 2
#: What stands in the place of a contact: who leaves one asks for no goods by its digits.
_MASK = re.compile(r"\[[а-я]+\]")
#: Who asks more at once is better asked back than buried.
_MOST_ALSO = 2
_MOST_PARTS = 8
_FEWEST_ITEMS = 2
#: A longer message tells of goods on its way to something else.
_MOST_PARTS_OF_GOODS = 6
#: Words that name a topic (`names`), shared with the answers that go on with one.
NAMES = Path("actions/optfm/dialogue/follow_up.yml")
_SHORT = 4
_IF = "если"


@dataclass(frozen=True, kw_only=True)
class Together:
    """A message that asks two things or three.

    `intent`: whose answer comes first; `also`: the one or two other topics that are answered
    beside it, none where the rest is small talk; `goods`: the words about
    goods, "" where nobody asks a price; `parts`: what is asked of each topic, in its own words.
    """

    intent: str
    also: tuple[str, ...]
    goods: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def asked_together(
    text: str, intent: str, rank: Callable[[str], tuple[str, float]]
) -> Together | None:
    """The questions of a message, None where it asks one thing.

    :param text: as typed.
    :param intent: what the whole message was taken for; always one of them.
    :param rank: gives the topic of a text and how sure it is, 0..1.
    """
    if intent == _GREETING and (asked := _greeted_and_asked(text, rank)):
        return asked
    without_contacts = _MASK.sub(" ", mask(text))
    split = [part for item in items(without_contacts) for part in _BETWEEN.split(item)]
    parts = [_words().supposing.sub("", part.strip()) for part in split]
    parts = [part for part in parts if _WORD.search(part) and not _only_addresses(part)]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    ranked = [rank(part) for part in parts]
    enough = [_ASKS_SURELY if is_question(part) else _SURE for part in parts]
    topics = [
        topic if sure >= least and not only_details(part) else ""  # «…, Иваново» is a case
        for part, (topic, sure), least in zip(parts, ranked, enough, strict=True)
    ]
    own = _of_themselves(parts, topics, plain(text))
    if not (intent.startswith(_ASKED) or intent == PRICES):
        only = _beside_small_talk(ranked)
        if only or not (intent in _SAID_BY_THE_WAY or (intent == _ALIEN and _plainly(own, ranked))):
            return only
    if PRICES in (intent, *own) and len(parts) <= _MOST_PARTS_OF_GOODS:
        return _with_goods(parts, own, intent)
    surest: dict[str, float] = {}
    for topic, (_, sure) in zip(own, ranked, strict=True):
        if topic.startswith(_ASKED):
            surest[topic] = max(sure, surest.get(topic, 0.0))
    for topic in list(surest):
        for told in _SAYS_AS_MUCH.get(topic, ()):
            surest.pop(told, None)
    if len(surest) > 1:
        surest.pop(_NO_ANSWER, None)
    topics = list(surest)
    if len(topics) > _MOST_ALSO + 1:  # what is only said on the way is less sure
        topics = [topic for topic in topics if surest[topic] >= _PLAIN]
    if len(topics) > _MOST_ALSO + 1 or not topics or (len(topics) == 1 and topics[0] != intent):
        return None
    first = intent if intent in topics else topics[0]
    also = tuple(topic for topic in topics if topic != first)
    asked = _parts_of(parts, own, topics)
    if not also and own.count(first) < 2:
        return None
    return Together(intent=first, also=also, parts=asked)


def _greeted_and_asked(text: str, rank: Callable[[str], tuple[str, float]]) -> Together | None:
    """«здарова братан чехлы имеются»: what is asked, where more words greet than ask."""
    rest = beyond_openers(text)
    if len(rest.split()) < _FEWEST_BEHIND or rest == plain(text):
        return None
    topic, sure = rank(rest)
    asks = topic == PRICES or topic.startswith(_ASKED)
    return Together(intent=topic, also=()) if asks and sure >= _ASKS_SURELY else None


def items(text: str) -> list[str]:
    """The items of a list that counts from one, and what stands before them; else the text."""
    found = list(_NUMBER.finditer(text))
    if len(found) < _FEWEST_ITEMS or [int(one[1]) for one in found] != [*range(1, len(found) + 1)]:
        return [text]
    ends = [*(one.start() for one in found[1:]), len(text)]
    told = [text[one.end() : end] for one, end in zip(found, ends, strict=True)]
    return [text[: found[0].start()], *told]


def _with_goods(parts: Sequence[str], own: Sequence[str], intent: str) -> Together | None:
    """A message whose price question the list answers, and the topics beside it."""
    asked = [
        (part, topic)
        for part, topic in zip(parts, own, strict=True)
        if not (topic.startswith(_FAQ) and _refused(part))
    ]
    refused = len(asked) < len(parts)
    parts, own = [part for part, _ in asked], [topic for _, topic in asked]
    faqs = list(dict.fromkeys(topic for topic in own if topic.startswith(_FAQ)))
    told = {other for faq in faqs for other in _SAYS_AS_MUCH.get(faq, ())}
    also = tuple(faq for faq in faqs if faq not in told | _IN_PRICES)
    goods = ", ".join(part for part, topic in zip(parts, own, strict=True) if topic not in also)
    # The whole may sound like a third thing, where each part is sure of its own.
    fits = intent in (PRICES, *also) or all(own)
    least = 0 if refused else 1
    if PRICES not in own or not fits or not least <= len(also) <= _MOST_ALSO:
        return None
    of_a_fault = [faq for faq in also if faq in _OF_GOODS]
    if (
        of_a_fault
        and any(map(_tells, parts))
        and not any(map(_words().asks.search, map(plain, parts)))
    ):
        # «на батарею, что вздулась, ещё действует?» tells of its goods and asks for none
        rest = tuple(faq for faq in also if faq != of_a_fault[0])
        return Together(intent=of_a_fault[0], also=rest)
    return Together(intent=PRICES, also=also, goods=goods)


def _parts_of(
    parts: Sequence[str], own: Sequence[str], topics: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """What is asked of each topic; a part without one of its own goes on with the one before."""
    of: dict[str, tuple[str, ...]] = {}
    before = ""
    for part, topic in zip(parts, own, strict=True):
        before = topic if topic in topics else before
        if before:
            of[before] = (*of.get(before, ()), part)
    return of


def _of_themselves(parts: Sequence[str], topics: Sequence[str], text: str) -> list[str]:
    """The topics of the parts; none of a short part that is about what stands before it.

    «есть ли возврат и сколько дней»: the days are the return's; «гарантия на зарядки и кабели»:
    so are the cables the guarantee's, and «отправляете? сколько это стоит?» names no goods.

    :param text: all of the message, plain.
    """
    own, before = [], ""
    for number, (part, topic) in enumerate(zip(parts, topics, strict=True)):
        if before and topic == PRICES:
            goods_too = before in _OF_GOODS and _goes_on_with_goods(parts[number - 1], part, text)
            if goods_too or _is_of_the_one_before(part):
                own.append("")
                continue
        leans = before and family(topic) != family(before) and not _names_its_own(part)
        own.append("" if leans and topic.startswith(_FAQ) else topic)
        before = topic if topic.startswith(_FAQ) and not leans else before
    return own


def family(topic: str) -> str:
    """The kind of a topic: all of delivery are one."""
    if topic in _OF_RETURNS:
        return "returns"
    return "_".join(topic.split("_")[:2])


def _is_of_the_one_before(part: str) -> bool:
    """One word more of it, its price, or on which condition it is asked."""
    words = plain(part).split()
    return len(words) == 1 or words[0] == _IF or _only_asks_a_price(part)


def _goes_on_with_goods(before: str, part: str, text: str) -> bool:
    """«гарантийный срок на кабели | и зарядки подскажите»: more goods, and nothing asked of them.

    :param text: all of the message, plain.
    """
    asked = _words().requests.sub("", plain(part))
    joined = f"{plain(before)} и {plain(part)}" in text
    return joined and bool(_ON_GOODS.search(plain(before))) and not _words().asks.search(asked)


def _tells(part: str) -> bool:
    """Whether a part tells what has happened: it has a verb of the past."""
    return any("past" in morphology().parse(word)[0].tag for word in re.findall("[а-яё]+", part))


def _plainly(topics: Sequence[str], ranked: Sequence[tuple[str, float]]) -> bool:
    """Whether two parts are plainly of two topics."""
    sure = zip(topics, ranked, strict=True)
    return len({topic for topic, (_, s) in sure if topic.startswith(_FAQ) and s >= _PLAIN}) > 1


def _only_addresses(part: str) -> bool:
    """«уважаемые», «молодой человек»: says only whom the rest is said to."""
    return bool(_words().addresses.fullmatch(plain(part)))


def _refused(part: str) -> bool:
    """«не хочу регистрироваться», «офис мне не нужен»: what is named is not asked for."""
    rest, refusals = _words().refuses.subn("", plain(part))
    return bool(refusals) and not is_question(rest)


def _only_asks_a_price(part: str) -> bool:
    return set(re.findall(r"\w+", plain(in_russian(part.lower())))) <= _words().price


@dataclass(frozen=True, kw_only=True)
class _Words:
    names: re.Pattern[str]
    asks: re.Pattern[str]  #: of goods, how much or whether there are any
    supposing: re.Pattern[str]  #: what a part hangs on the answer before it by
    price: frozenset[str]
    addresses: re.Pattern[str]
    requests: re.Pattern[str]
    refuses: re.Pattern[str]  #: says of a topic that it is not wanted


def _read() -> _Words:
    read, openers = (yaml.safe_load(published.read(file)) for file in (NAMES, OPENERS))
    return _Words(
        names=any_of(read["names"]),
        asks=any_of(read["asks_goods"]),
        supposing=re.compile(
            rf"^(?:{alternatives(read['supposing'])}(?:\W+|$))?(?:то\s+)?", re.IGNORECASE
        ),
        price=frozenset(read["price"]),
        addresses=re.compile(rf"(?:{alternatives(map(plain, openers['обращения']))}\W*)+"),
        requests=any_of(map(plain, openers["просьбы"])),
        refuses=any_of(read["refuses"]),
    )


_words = published.Following(_read, NAMES, OPENERS)


def _names_its_own(part: str) -> bool:
    return len(part.split()) > _SHORT or bool(_words().names.search(plain(part)))


def _beside_small_talk(ranked: Sequence[tuple[str, float]]) -> Together | None:
    """«ладно, какой у вас адрес», «сам позвоню, дайте номер»: the one part that asks something."""
    asked = [
        (topic, sure) for topic, sure in ranked if not (topic in _SAID_BY_THE_WAY and sure >= _SURE)
    ]
    if len(asked) != 1:
        return None
    topic, sure = asked[0]
    return Together(intent=topic, also=()) if _is_asked(topic) and sure >= _LIKELY else None


def _is_asked(topic: str) -> bool:
    return topic.startswith(_FAQ) or topic == _A_PERSON


def surely(topic: str, ranking: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A ranking whose first is decided; the others are halved, so that none is as sure."""
    others = [
        {**one, "confidence": one["confidence"] / 2} for one in ranking if one["name"] != topic
    ]
    return [{"name": topic, "confidence": 1.0}, *others]
