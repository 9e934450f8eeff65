"""What the dialog has said of a request before its form asks: contacts, and what it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker
from sqlalchemy import Engine

from common.masking import mask
from optfm.conversation import ConversationState, pieces
from optfm.dialogue.request_told import told
from optfm.dialogue.request_words import takes_it
from optfm.dialogue.shop import Shop
from optfm.leads import read_contact
from optfm.leads.contact_words import contact_words
from optfm.leads.transcript import since_form_began
from optfm.leads.ways import ways_of, written
from optfm.search.live import NoPriceList
from optfm.text.phrases import plain

FORM = "request_form"
#: Frequent questions that need no manager's answer once the bot has given its own.
_SETTLED = frozenset(
    ["faq_contacts", "faq_hours", "faq_addresses", "faq_personal_data", "faq_how_to_order"]
)
STARTERS = ("leave_request", "call_manager")
#: Questions before the form that are proposed as its subject.
_PROPOSED = 2
#: Parts of «перезвоните мне, пожалуйста, по акб» that are the wish itself.
_THE_WISH = re.compile(
    r"звон|свяж|менеджер|оператор|челове|заявк|номер|телефон|здравст|привет|добр|пожалуйст|зовут",
    re.IGNORECASE,
)
#: «Оставить заявку на УТ-…», «хочу это: дисплей …», as a button of the site writes it, too.
_WISH_FOR = re.compile(
    r"\W*(?:хочу |можно |мне )?(?:(?:остав\w+|оформ\w+|сдела\w+) )?(?:заявк\w+|заказ\w*|хочу это)"
    r"(?: на| по|:)+\s*(?!(?:цен|сч[её]т|перезвон|звонок)\w*\b)(.{3,})",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 1_000
#: Ways to reach him that a request keeps.
MOST_WAYS = 3
#: A message that the order took: its lines go with the request, or are gone.
_ORDERED = "action_order"
#: Who types `/intent{"phone": …}` tries what the bot obeys; he leaves no contacts by that.
_BY_HAND = "{"
#: Who names these asks about them.
_OFFICE = ("+78004441081",)
_OFFICE_MAIL = "@optfm.ru"
_SOME_DIGITS = re.compile(r"\d[\d\s()+-]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_CODE_LIKE = re.compile(r"\d{6}")
#: After a longer silence it is another conversation: what was asked then may be over.
ONE_TALK_S = 12 * 3600.0
#: «акб» is a subject.
SHORTEST_ABOUT = 3
#: Fewer letters name no goods.
LEAST_GOODS = 3


@dataclass(frozen=True, kw_only=True)
class PastMessage:
    """A customer's message that the tracker keeps."""

    text: str  #: as typed; of a button its title
    intent: str
    button: bool

    @classmethod
    def of(cls, event: dict[str, Any]) -> "PastMessage":
        title = (event.get("metadata") or {}).get("button")
        intent = (event.get("parse_data") or {}).get("intent") or {}
        return cls(
            text=title or event.get("text") or "",
            intent=intent.get("name") or "",
            button=bool(title) or (event.get("text") or "").startswith("/"),
        )


def leaves_contacts(text: str) -> bool:
    """Whether a customer gives a phone or an address unasked: he wants to be called back."""
    contact = read_contact(text)
    his = [phone for phone in contact.phones if phone not in _OFFICE]
    mail = contact.email if contact.email and not contact.email.endswith(_OFFICE_MAIL) else None
    nick = any(way.nick for way in contact.ways)
    return _BY_HAND not in text and bool(his or mail or nick)


def leaves_a_broken_number(text: str) -> bool:
    """«мой номер 8910»: digits that are no phone, and no words but those around one."""
    words, low = contact_words(), plain(text)
    said = _SOME_DIGITS.sub(" ", low)
    left = [w for w in _WORD.findall(said) if not words.beside.fullmatch(w)]
    return bool(_SOME_DIGITS.search(low) and words.fields["phone"].search(said) and not left)


def without_contacts(text: str) -> str:
    """The text as typed; where contacts stand in it, what is left without them and the name."""
    contact = read_contact(text)
    return contact.rest if contact.phones or contact.email else text


def given(messages: Iterable[PastMessage]) -> dict[str, str]:
    """The contacts of the messages since the customer asked for a manager, that one included.

    To be read once there is a consent: until then nobody keeps them.

    :returns: of `name`, `phone`, `email`, `town`, `about`, `remarks` what there is; "": refused.
    """
    found: dict[str, str] = {}
    for position, message in enumerate(messages):
        if message.button or not leaves_contacts(message.text):
            continue
        said = told(_after_consent(message.text))
        contact = said.contact
        found |= dict.fromkeys(said.refused - {"phone"}, "")
        if contact.ways:
            ways = list(dict.fromkeys([*ways_of(found.get("phone", "")), *contact.ways]))
            found["phone"] = written(ways[:MOST_WAYS])
        if contact.email:
            found["email"] = contact.email
        if contact.name:
            found["name"] = contact.name
        if said.town:
            found["town"] = said.town
        if said.remarks:
            remarks = dict.fromkeys([*found.get("remarks", "").split("; "), *said.remarks])
            found["remarks"] = "; ".join(filter(None, remarks))[:_LONGEST]
        # The first message, the wish for a manager, is proposed by `suggestion`.
        if position and len(said.subject) >= SHORTEST_ABOUT:
            about = dict.fromkeys([*found.get("about", "").split("; "), said.subject])
            found["about"] = "; ".join(filter(None, about))[:_LONGEST]
    return found


def last_question(tracker: Tracker) -> str:
    """What the customer said before his latest message; "" where he said nothing."""
    said = [PastMessage.of(e) for e in tracker.events if e.get("event") == "user"]
    return without_contacts(said[-2].text)[:_LONGEST] if len(said) > 1 else ""


def suggestion(tracker: Tracker, shop: Shop) -> str:
    """What the request is about, as far as the dialog tells; "" where it does not."""
    asked: list[str] = []
    before = 0
    prices = fresh_prices(tracker)
    for message, in_form in _before_and_in(tracker):
        if leaves_a_broken_number(message.text):
            continue
        about = _wanted(message)
        if row := row_of_a_code(about or message.text, shop):
            about = row
        elif message.intent in ("price_question", "show_more") and prices:
            count = prices.count or pieces(without_contacts(message.text))
            about = _of_prices(replace(prices, count=count))
        if about and about not in asked:
            asked.append(about)
            before += not in_form
        if before == _PROPOSED:
            break
    if not asked and prices:  # a turn sees few messages, and the slot from before them
        asked.append(_of_prices(prices))
    return "; ".join(reversed(asked))[:_LONGEST]


def wished_row(said: str, shop: Shop) -> str:
    """The goods of «Оставить заявку на … (код УТ-…)», as a card of the site says it; else ""."""
    named = _WISH_FOR.match(said)
    return row_of_a_code(named[1], shop) if named else ""


def proposed(tracker: Tracker) -> str:
    """What the bot proposed as the subject in this form; "" where it did not.

    A yes is to these words, though the dialog that they were made of may lie too far back by now.
    """
    for event in reversed(tracker.events):
        if event.get("event") == "active_loop" and event.get("name") == FORM:
            break
        custom = (event.get("data") or {}).get("custom") or {}
        if said := (custom.get("form") or {}).get("suggested"):
            return str(said)
    return ""


def row_of_a_code(said: str, shop: Shop) -> str:
    """The price list's name for a code that was written out; "" where there is none."""
    if not _CODE_LIKE.search(said):
        return ""
    try:
        rows = shop.prices.current().index.rows
    except NoPriceList:
        return ""
    written = said.upper()
    return next((f"{row.name} (код {row.code})" for row in rows if row.code in written), "")


def fresh_prices(tracker: Tracker) -> ConversationState | None:
    """The last price question, unless it is of another day: slots outlive the conversation."""
    for event in reversed(tracker.events):
        if event.get("event") == "slot" and event.get("name") == "price_state":
            if _now(tracker) - (event.get("timestamp") or _now(tracker)) > ONE_TALK_S:
                return None
            break
    state = ConversationState.from_slot(tracker.get_slot("price_state"))
    return state if state.focus else None


def _now(tracker: Tracker) -> float:
    """When the latest message came, in seconds since 1970."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return event.get("timestamp") or 0.0
    return 0.0


def silence_s(tracker: Tracker) -> float:
    """Seconds between the latest message and whatever was said before it."""
    now = None
    for event in reversed(tracker.events):
        if event.get("event") == "user" and now is None:
            now = event.get("timestamp") or 0.0
        elif event.get("event") in ("user", "bot") and now is not None:
            return now - (event.get("timestamp") or now)
    return 0.0


def _of_prices(prices: ConversationState) -> str:
    code = f" (код {prices.chosen[0]})" if len(prices.chosen) == 1 else ""
    count = f", {prices.count} шт" if prices.count else ""
    return f"{prices.focus.spoken if prices.focus else ''}{code}{count}"


def _wanted(message: PastMessage) -> str:
    """What a message asks of the shop, without contacts; "" where it asks nothing."""
    topic = message.intent.startswith("faq_") and message.intent not in _SETTLED
    if topic or message.intent == "price_question":
        return without_contacts(message.text)
    if message.intent == "nlu_fallback" and len(message.text.split()) > 2:
        return beside_the_wish(message.text) or mask(message.text)
    if named := _WISH_FOR.match(message.text):
        return without_contacts(named[1])[:_LONGEST]
    if message.intent in STARTERS and not message.button:
        return beside_the_wish(message.text)
    return ""


def beside_the_wish(text: str) -> str:
    """What is left of «перезвоните мне по оптовым ценам, 8 …» without the wish and the contacts."""
    parts = re.split(r"[,.;!\n]+", read_contact(text).rest)
    kept = [part.strip() for part in parts if not (_THE_WISH.search(part) or takes_it(part))]
    return ", ".join(part for part in kept if len(part.split()) > 1)


def _after_consent(text: str) -> str:
    return re.sub(r"^\W*(?:да\W+)?(?:я )?соглас\w+[\s,.!]*", "", text, flags=re.IGNORECASE)


def form_events(tracker: Tracker, engine: Engine) -> list[dict[str, Any]]:
    """The events of the form from the message that began it to the latest one, in order.

    A long form began before what a turn sees of the dialog; then its beginning is read from the
    store.
    """
    seen: list[dict[str, Any]] = []
    begun = False
    for event in reversed(tracker.events):
        seen.append(event)
        if event.get("event") == "active_loop" and event.get("name") == FORM:
            begun = True
        elif event.get("event") == "user" and begun:
            return seen[::-1]
    stored = since_form_began(engine, tracker.sender_id, FORM)
    ids = {event.get("message_id") for event in stored}
    new = (e for e in seen[::-1] if e.get("event") == "user" and e.get("message_id") not in ids)
    return [*stored, *new]


def messages_of(events: Iterable[dict[str, Any]]) -> list[PastMessage]:
    """The customer's own."""
    return [PastMessage.of(event) for event in events if event.get("event") == "user"]


def _before_and_in(tracker: Tracker) -> Iterator[tuple[PastMessage, bool]]:
    """The session's messages, the latest first, and whether each was said in the form.

    Of those only what asks for goods.
    """
    in_form = True
    now = _now(tracker)
    actions: set[str] = set()
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "session_started" or now - (event.get("timestamp") or now) > ONE_TALK_S:
            return
        if kind == "action":
            actions.add(event.get("name") or "")
        elif kind == "bot" and "order" in ((event.get("data") or {}).get("custom") or {}):
            actions.add(_ORDERED)
        elif kind == "active_loop":
            in_form = event.get("name") != FORM
        elif kind == "user":
            message = PastMessage.of(event)
            priced = message.intent == "price_question" and "action_answer_in_form" in actions
            wished = _WISH_FOR.match(message.text) and _CODE_LIKE.search(message.text)
            if (priced or wished or not in_form) and _ORDERED not in actions:
                yield message, in_form
            actions.clear()
