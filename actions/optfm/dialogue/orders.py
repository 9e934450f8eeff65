"""The order's turn: a list of goods, an edit in words, «оформляем»; anything else is given back."""

import functools
import logging
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import SQLAlchemyError

from optfm.conversation import ConversationState, over_rows
from optfm.conversation.acts import Choose, Extreme
from optfm.conversation.instead import span_replaced, without_replaced
from optfm.db.connection import reason
from optfm.dialogue.facts import SLOT as FACTS
from optfm.dialogue.facts import State, say
from optfm.dialogue.order_before import lines_of, read_on, takes_rows
from optfm.dialogue.order_editors import editor_of
from optfm.dialogue.order_files import file_of, of_file
from optfm.dialogue.order_turn import Turn, about, checkout, shown, with_total
from optfm.dialogue.prices import SLOT as PRICE_STATE
from optfm.dialogue.prices import named_in
from optfm.dialogue.request_before import FORM, fresh_prices, leaves_contacts
from optfm.dialogue.shop import Shop
from optfm.facts import TOPICS, Details
from optfm.facts.towns import towns_of
from optfm.leads import is_first_name, person_name
from optfm.orders import (
    Edited,
    Editor,
    Order,
    SaidLine,
    beginning,
    clauses,
    joined,
    load_words,
    offering,
    refreshed,
    store,
    telling,
)
from optfm.orders.notes import first_to_settle
from optfm.orders.outcomes import is_missing_a_word
from optfm.orders.quantities import plain
from optfm.orders.splitting import COLON
from optfm.search.live import Current, NoPriceList

log = logging.getLogger(__name__)

OPEN = "order_open"
_ASKED = "requested_slot"
#: the form's questions that a word or two may answer
_ANSWERED_IN_WORDS = ("name", "phone", "email", "town", "about")
#: so many plain goods under a header are an order without counts
_LISTED = 3
#: a message of so many words with one line, of which the list lacks a word, is a story
_STORY_WORDS = 12
#: acts of a message that may be about rows shown beside an open order: «самый дешёвый, две»
_OF_ROWS = ("", "add", "cheaper", "dearer")
#: commands that begin an order anew where none is open
_FROM_BEFORE = "repeat"


class OrderTurn(Action):
    """Hears a message first where it may be about an order (components/order_policy.py)."""

    def __init__(self, shop: Shop) -> None:
        load_words()
        self._shop = shop

    def name(self) -> str:
        return "action_order"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = tracker.latest_message.get("text") or ""
        try:
            prices = self._shop.prices.current()
            kept = store.opened(self._shop.engine, tracker.sender_id)
            turn = self._turn(text, tracker, prices, kept)
            if turn is None:
                return [ActionReverted()]
            if kept is None and not turn.order.lines:  # of a file that is no order
                dispatcher.utter_message(text=turn.text, buttons=[dict(b) for b in turn.buttons])
                return []
            number = store.save(
                self._shop.engine, tracker.sender_id, turn.order,
                before=turn.before, focus=turn.focus, list_id=prices.list_id,
            )  # fmt: skip
        except NoPriceList:
            return _given_back(dispatcher, tracker)
        except OSError as exc:
            log.error("a file of an order is not there, or an offer is not kept: %s", exc)
            return _given_back(dispatcher, tracker)
        except SQLAlchemyError as exc:
            log.error("an order is not kept: %s", reason(exc))
            return _given_back(dispatcher, tracker)
        public = {"id": number, "state": "open", **turn.order.public()}
        dispatcher.utter_message(
            text=turn.text,
            buttons=[dict(button) for button in turn.buttons],
            json_message={**(turn.data or {}), "order": public},
        )
        events: list[EventType] = [SlotSet(OPEN, bool(turn.order.lines) or None)]
        if (at := _spoken_of(turn)) >= 0:
            events += named_in(self._shop, tracker, turn.order.lines[at].asked)
        if not _in_form(tracker):
            events += _answer_beside(dispatcher, tracker, self._shop)
        if turn.form:
            return [*events, about(turn.order, tracker.get_slot("about")), FollowupAction(FORM)]
        if _in_form(tracker):
            events.append(about(turn.order, tracker.get_slot("about")))
        return events

    def _turn(
        self, text: str, tracker: Tracker, prices: Current, kept: store.Kept | None
    ) -> Turn | None:
        editor = editor_of(prices)
        dated = functools.partial(replace, list_date=prices.list_date)
        in_form = _in_form(tracker)
        town = _town(tracker)
        turn: Turn | None
        if file := file_of(tracker):
            turn = of_file(file, tracker.sender_id, self._shop, editor, kept)
        elif kept and not kept.order.lines and kept.before and clauses.command(text) == "undo":
            turn = shown(kept.before, telling.texts()["undone"], -1, kept.order)
        elif kept is None or not kept.order.lines:
            turn = self._begun(text, tracker, editor, prices)
        else:
            order, news = refreshed(kept.order, editor.matcher, prices.list_date)
            edited = self._heard(text, order, kept, tracker, editor, prices)
            if edited is None or (in_form and _is_answer(tracker, text, edited, order, editor)):
                return None
            turn = self._edited(edited, order, kept, tracker, editor)
            turn = replace(turn, text="\n\n".join(filter(None, (news, turn.text))))
        if turn is None:
            return None
        order = dated(turn.order)
        return replace(turn, order=order, text=with_total(turn, order, town))

    def _heard(
        self, text: str, order: Order, kept: store.Kept, tracker: Tracker, editor: Editor,
        prices: Current,
    ) -> Edited | None:  # fmt: skip
        """A message to an open order: an edit, or goods whose price was told just before."""
        state = ConversationState.from_slot(tracker.get_slot(PRICE_STATE))
        if not _told_a_price(tracker):
            edited = editor.edit(text, order, kept.focus, before=kept.before)
            if edited is None and clauses.asks_its_price(text):
                return Edited(act="total", order=order, focus=kept.focus)
            return edited
        if rows := _of_rows_shown(text, state, prices):
            return _with_lines(order, editor, rows)
        text = _with_row_in_place(text, state, prices)
        if len(state.chosen) == 1:
            text = beginning.with_goods(text, state.chosen[0])
        if beginning.only_counts(text):
            reading = read_on(text, editor.goods, state, opened=True)
            if reading.lines:
                return _with_lines(order, editor, reading.lines)
        return editor.edit(text, order, kept.focus, before=kept.before)

    def _begun(self, text: str, tracker: Tracker, editor: Editor, prices: Current) -> Turn | None:
        """A first list, or the last order again."""
        said = telling.texts()
        if (command := clauses.command(text)) in ("choices", "forget"):
            return Turn(order=Order(), text=self._chosen(command, tracker, editor))
        if command == _FROM_BEFORE:
            last = store.last_sent(self._shop.engine, tracker.sender_id)
            if last is None:
                return None
            order, news = refreshed(last.order, editor.matcher, None)
            return shown(order, "\n".join(filter(None, (said["repeated"], news))), -1, None)
        if not _in_form(tracker) and (taken := self._taken(text, tracker, editor)):
            return taken
        state = ConversationState.from_slot(tracker.get_slot(PRICE_STATE))
        if state.listed and beginning.points(text):
            return None  # «та, что набором 5 штук» chooses among the rows that are shown
        reading = read_on(text, editor.goods, state)
        order = editor.matcher.order(reading)
        if not _is_order(text, order, editor):
            return None
        sure = all(line.state == "sure" for line in order.lines)
        if not sure and over_rows(text, state, prices):
            return None  # «рамок десять» of the frame that is shown: the talk counts it
        order = self._chosen_before(order, tracker, editor)
        return shown(order, "", first_to_settle(order), None)

    def _taken(self, text: str, tracker: Tracker, editor: Editor) -> Turn | None:
        """«оформляй» over the rows that the talk is about: the order that they come to."""
        state = fresh_prices(tracker)
        if state is None or not takes_rows(text, state):
            return None
        order = Order(lines=lines_of(state, editor.matcher))
        if not order.lines:
            return None
        turn = checkout(order, first_to_settle(order), None)
        return replace(turn, text=f"{telling.whole(order)}\n\n{turn.text}")

    def _chosen_before(self, order: Order, tracker: Tracker, editor: Editor) -> Order:
        """What the customer chose for the same words goes first among the options."""
        if not order.open_lines:
            return order
        known = store.choices(self._shop.engine, tracker.sender_id)
        for at in order.open_lines:
            line = order.lines[at]
            code = known.get(_words(line.asked))
            options = sorted(line.options, key=lambda o: o.code != code)
            if code and options and options[0].code == code:
                order = order.with_line(at, replace(line, options=tuple(options)))
        return order

    def _edited(
        self, edited: Edited, order: Order, kept: store.Kept, tracker: Tracker, editor: Editor
    ) -> Turn:
        said = telling.texts()
        if edited.act == "undo":
            if kept.before is None:
                return shown(order, said["nothing_to_undo"], kept.focus, None)
            return shown(kept.before, said["undone"], -1, order)
        if edited.act == "clear":
            text = f"{said['cleared']} {said['cleared_back']}"
            return Turn(order=Order(), text=text, before=order)
        if edited.act == "repeat":
            return shown(order, said["already_open"], kept.focus, kept.before)
        if edited.act in ("choices", "forget"):
            text = self._chosen(edited.act, tracker, editor)
            return Turn(order=order, text=text, focus=kept.focus, before=kept.before)
        if edited.act == "total":
            return Turn(order=order, text="", focus=kept.focus, before=kept.before)
        if edited.act in ("show", "choose"):
            return shown(order, "", kept.focus, kept.before)
        if edited.act == "checkout":
            return checkout(edited.order, edited.focus, kept.before)
        if edited.act == "offer":
            return self._offered(order, kept)
        self._remember(order, edited.order, tracker.sender_id)
        told = list(edited.told)
        if edited.gone:
            told.append(said["removed"].format(names="; ".join(edited.gone).rstrip(".")))
        told += telling.refused(edited)
        if edited.lost:
            told.append(said["lost"].format(what=", ".join(f"«{x}»" for x in edited.lost)))
        if edited.order == order and not told:
            told.append(said["unchanged"])
        places = [
            at for at, line in enumerate(edited.order.lines)
            if at >= len(order.lines) or line not in order.lines
        ]  # fmt: skip
        told.append(telling.changed(edited.order, places))
        question, buttons = telling.choice(edited.order, edited.focus)
        return Turn(
            order=edited.order,
            text="\n".join(filter(None, (*told, question))),
            focus=edited.focus,
            before=kept.before if edited.order == order else order,
            buttons=(*buttons, *telling.ways_on(edited.order, undo=True)),
            terms=False,
        )

    def _chosen(self, command: str, tracker: Tracker, editor: Editor) -> str:
        """What the customer chose for his words, or that it is forgotten."""
        said, dialog = telling.texts(), tracker.sender_id
        if command == "forget":
            gone = store.forget(self._shop.engine, dialog)
            return str(said["forgotten"] if gone else said["choices_none"])
        lines = [
            said["choices_line"].format(words=words, name=" ".join(row.name.split()), code=code)
            for words, code in store.choices(self._shop.engine, dialog).items()
            if (row := editor.goods.row(code))
        ]
        return str(
            said["choices"].format(lines="\n".join(lines)) if lines else said["choices_none"]
        )

    def _offered(self, order: Order, kept: store.Kept) -> Turn:
        said = telling.texts()
        if self._shop.files is None:
            return shown(order, "", kept.focus, kept.before)
        found = offering.put(
            self._shop.files, kept.dialog, order, number=kept.id, made=kept.updated.date()
        )
        root = self._shop.consent_address.removesuffix("/consent")
        text = said["offer"].format(
            number=kept.id, days=offering.DAYS, page=f"{root}{found.page}",
            date=f"{order.list_date:%d.%m.%Y}" if order.list_date else "",
        )  # fmt: skip
        file = {
            "kind": "document",
            "name": f"Заказ {kept.id}.xlsx",
            "url": found.table,
            "mime": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "size": found.size,
        }
        offer = {"url": found.table, "page": found.page, "name": file["name"]}
        return Turn(
            order=order,
            text=text,
            focus=kept.focus,
            before=kept.before,
            data={"offer": offer, "file": file},
            buttons=tuple(telling.ways_on(order, undo=False)),
        )

    def _remember(self, before: Order, after: Order, dialog: str) -> None:
        """Keep the choice that the customer has just made for his words."""
        opened = {_words(line.asked) for line in before.lines if line.state == "choose"}
        for line in after.lines:
            words = _words(line.asked)
            if line.state == "sure" and words in opened:
                store.remember(self._shop.engine, dialog, words, line.code)


def _given_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The message goes to whoever else answers; of a file only an order can be made."""
    if file_of(tracker) is None:
        return [ActionReverted()]
    dispatcher.utter_message(text=telling.texts()["file_failed"])
    return []


def _spoken_of(turn: Turn) -> int:
    """The place of the line that a turn is about; -1 where it names none."""
    lines = turn.order.lines
    return turn.focus if 0 <= turn.focus < len(lines) else len(lines) - 1


def _of_rows_shown(text: str, state: ConversationState, prices: Current) -> tuple[SaidLine, ...]:
    """«второй, 3 шт», «первое добавь»: lines of the rows whose prices were just told; else none.

    Their places are theirs, and not the order's.
    """
    verb = clauses.verb(plain(text))
    turn = over_rows(text, state, prices) if verb in _OF_ROWS else None
    if turn is None:
        return ()
    if turn.counted:
        return tuple(SaidLine(said=code, code=code, quantity=n) for code, n in turn.counted)
    chosen = turn.state.chosen if verb == "add" and isinstance(turn.act, Choose | Extreme) else ()
    return tuple(SaidLine(said=code, code=code, quantity=None) for code in chosen)


def _with_row_in_place(text: str, state: ConversationState, prices: Current) -> str:
    """«вместо C31 возьму за 760» with the code of the row shown that is so described."""
    if clauses.verb(plain(text)) != "replace":
        return text
    span = span_replaced(text, prices, state.focus)
    left = without_replaced(text, prices, state.focus)
    turn = over_rows(left, state, prices) if span and left != text else None
    if span is None or turn is None or len(turn.state.chosen) != 1:
        return text
    return f"{text[span[0] : span[1]]} {turn.state.chosen[0]}"


def _with_lines(order: Order, editor: Editor, said: Sequence[SaidLine]) -> Edited:
    """The order with lines more at its end."""
    whole = joined(replace(order, lines=(*order.lines, *editor.matcher.lines(said))))
    return Edited(act="edited", order=whole, focus=len(whole.lines) - 1)


def _told_a_price(tracker: Tracker) -> bool:
    """Whether the bot's last answer showed rows of the list rather than the order."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            if "order" in custom:
                return False
            if custom.get("rows"):
                return True
        if event.get("event") == "user" and event.get("text") != tracker.latest_message.get("text"):
            return False
    return False


def _words(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())[:200]


def _is_order(text: str, order: Order, editor: Editor) -> bool:
    """Whether a first message orders: two goods with quantities, or one with a plain count."""
    found = [line for line in order.lines if line.state in ("sure", "choose")]
    counted = [line for line in order.lines if line.quantity is not None]
    if len(counted) >= 2 and found:
        return True
    if found and "?" not in text and beginning.adds_to_order(text):
        return True  # «добавь в заказ кабель C780»
    if _lists(text, order):
        return True
    if not found or not counted or counted[0] not in found or "?" in text:
        return False
    if len(order.lines) > 1:
        return True
    if is_missing_a_word(found[0]) and len(text.split()) >= _STORY_WORDS:
        return False  # «…, а то в москве с нас по 900 брали каждый раз»
    return beginning.says_count(text, editor.goods)


def _lists(text: str, order: Order) -> bool:
    """«кабели walker: C985, C990, C995»: a list of plain goods, whose counts are to be asked."""
    headed = COLON.search(text) is not None and not clauses.asks(text) and "?" not in text
    sure = all(line.state == "sure" and line.quantity is None for line in order.lines)
    return headed and sure and len(order.lines) >= _LISTED


def _is_answer(tracker: Tracker, text: str, edited: Edited, order: Order, editor: Editor) -> bool:
    """Whether a message in the form answers its question rather than edits the order."""
    if edited.act == "edited" and edited.order == order:
        return True
    if leaves_contacts(text) or clauses.accepts(text):
        return True
    if edited.act != "edited":
        return edited.act in ("choose", "undo")
    if _decides(order, edited.order) and not any(map(str.isdigit, text)):
        return False  # «второй» names nobody where there is something to choose
    asked = tracker.get_slot(_ASKED)
    first = text.split(",")[0].strip()
    if asked == "name" and person_name(first) and is_first_name(first.split()[0]):
        return True  # «Сергей Палыч, звонить до шести»
    goods = editor.goods.sense(text)
    few = len(text.split()) <= 2 and not goods.goods  # «кабелей 7» answers no question
    return bool(edited.lost) or (asked in _ANSWERED_IN_WORDS and few and not edited.gone)


def _decides(before: Order, after: Order) -> bool:
    """Whether an edit chose the goods of a line that was open, and left the others alone."""
    if len(before.lines) != len(after.lines):
        return False
    changed = [(b, a) for b, a in zip(before.lines, after.lines, strict=True) if b != a]
    return bool(changed) and all(b.state == "choose" and a.state == "sure" for b, a in changed)


def _town(tracker: Tracker) -> str:
    """The customer's town, as he told the form or asked about delivery to it.

    "" where it is unknown, or abroad: no sum is promised there.
    """
    told = tracker.get_slot("town")
    if told:
        known = towns_of(str(told))
        if not known:
            return str(told)
        return known[0].name if known[0].where == "russia" else ""
    state = State.of(tracker.get_slot(FACTS))
    asked = state.details.town if state else None
    return asked.name if asked and asked.where == "russia" else ""


def _in_form(tracker: Tracker) -> bool:
    return bool((tracker.active_loop or {}).get("name"))


def _answer_beside(
    dispatcher: CollectingDispatcher, tracker: Tracker, shop: Shop
) -> list[EventType]:
    """The frequent questions that the message asks beside its goods, for the town that it names."""
    latest = tracker.latest_message
    text = latest.get("text") or ""
    events: list[EventType] = []
    for topic in latest.get("also") or ():
        # The numbers of a list are no sums and no hours.
        details = Details(town=shop.facts.details(text).town)
        say(dispatcher, tracker, topic, shop.facts.computed(topic, details, ""))
        if topic in TOPICS and details.town:
            events.append(SlotSet(FACTS, State(topic=topic, details=details, text="").as_slot()))
    return events
