"""Turns price answers into what the customer reads: text, buttons and the same as data."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, assert_never

from common.money import amount
from optfm.catalog import PriceRow
from optfm.catalog.discount import final_price_kop
from optfm.conversation import (
    Attribute,
    Cheaper,
    Comparison,
    Fit,
    HowMany,
    NoMore,
    NothingCounted,
    NotMeant,
    NotThere,
    Reply,
    Rows,
    TooMany,
    Total,
    Turn,
    Whether,
    WhichGoods,
    WhichRow,
)
from optfm.dialogue.row_texts import day, price_text, row_text, rows_data, rows_text
from optfm.dialogue.texts import TEXTS
from optfm.search import Answer, Gap, Hit, Query

#: Rows that come near an honest no.
_NEAREST = 3
#: A messenger's button holds about so many letters.
_BUTTON = 40

LEAVE_REQUEST = {"title": "Оставить заявку", "payload": "/leave_request"}
CALL_MANAGER = {"title": "Позвать менеджера", "payload": "/call_manager"}
#: The intent of a button that carries a query.
PRESS = "/press_goods"
_RESPONSES = {
    "model": "utter_price_no_model",
    "code": "utter_price_no_code",
    "goods": "utter_price_none",
    "kind": "utter_price_none",
    "word": "utter_price_none",
}


@dataclass(frozen=True, kw_only=True)
class BotMessage:
    """One message of the bot, whole: goes out in one call of the dispatcher."""

    response: str  #: name of the text in domain.yml
    values: dict[str, Any] = field(default_factory=dict)  #: for its placeholders
    buttons: list[dict[str, str]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)  #: the `custom` part

    def for_dispatcher(self) -> dict[str, Any]:
        """Keyword arguments of `CollectingDispatcher.utter_message`."""
        return {
            "response": self.response,
            "buttons": [dict(button) for button in self.buttons],
            "json_message": self.data or None,
            **self.values,
        }


def messages_of(turn: Turn, list_date: date) -> list[BotMessage]:
    """What is said to a message about goods, one message a reply."""
    numbers = {code: at for at, code in enumerate(turn.state.listed, 1)}
    return [_message(reply, list_date, numbers) for reply in turn.replies]


def _message(reply: Reply, list_date: date, numbers: Mapping[str, int]) -> BotMessage:
    match reply:
        case Rows():
            return _asked_back(reply, list_date) if reply.choosing else _found(reply, list_date)
        case NotThere():
            return _not_there(reply, list_date)
        case Cheaper():
            return _cheaper(reply, list_date)
        case Total():
            return _total(reply, list_date)
        case WhichRow():
            return _which_row(reply)
        case Attribute():
            return _attribute(reply, list_date, numbers)
        case Whether():
            return _whether(reply, list_date)
        case Comparison():
            return _comparison(reply, list_date, numbers)
        case Fit():
            return _fit(reply, list_date)
        case NoMore():
            return BotMessage(response="utter_price_no_more")
        case HowMany():
            return _with_rows(TEXTS["how_many"], [reply.row], list_date)
        case NotMeant():
            return BotMessage(response="utter_price_not_that", buttons=[CALL_MANAGER])
        case NothingCounted():
            return BotMessage(response="utter_price_nothing_counted")
        case WhichGoods():
            return BotMessage(response="utter_price_which")
        case TooMany():
            return BotMessage(
                response="utter_price_too_many", values={"goods": "; ".join(reply.said)}
            )
        case _:
            assert_never(reply)


def press(query: Query, skip: int = 0) -> str:
    """The payload of a button that asks a query, from `skip` lines of its answer on."""
    carried: dict[str, Any] = {"query": query.to_json()} | ({"skip": skip} if skip else {})
    return PRESS + json.dumps(carried, ensure_ascii=False, separators=(",", ":"))


def _found(reply: Rows, list_date: date) -> BotMessage:
    """Rows, and a button for those that follow."""
    left = 0 if reply.extreme else reply.answer.total - reply.offset - len(reply.hits)
    buttons = []
    if left > 0:
        title = TEXTS["more"].format(count=left)
        skip = reply.offset + len(reply.hits)
        buttons.append({"title": title, "payload": press(reply.query, skip)})
    hits = list(reply.hits)
    return BotMessage(
        response="utter_price_found",
        values={
            "order": _before_rows(reply),
            "rows": rows_text(hits, reply.first),
            "date": day(list_date),
        },
        buttons=[*buttons, LEAVE_REQUEST, *_tell_cheaper(reply)],
        data=rows_data(hits, list_date) | _unmet(reply.answer),
    )


def _before_rows(reply: Rows) -> str:
    said = []
    if reply.answer.section:
        said.append(TEXTS["section"].format(name=reply.answer.section))
    if reply.answer.unmet:
        said.append(TEXTS["unmet"].format(words=_quoted(reply.answer.unmet)))
    if reply.lost:
        said.append(TEXTS["lost"].format(limits=", ".join(reply.lost)))
    if reply.order:
        said.append(TEXTS["extreme" if reply.extreme else "order"][reply.order])
    return "".join(said)


def _unmet(answer: Answer) -> dict[str, Any]:
    return {"unmet": list(answer.unmet)} if answer.unmet else {}


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)


def _asked_back(reply: Rows, list_date: date) -> BotMessage:
    """A few rows and the question that would narrow them."""
    assert reply.answer.choice is not None
    hits = list(reply.hits)
    return BotMessage(
        response="utter_price_ask",
        values={
            "rows": rows_text(hits, reply.first),
            "date": day(list_date),
            "question": _before_rows(reply) + TEXTS["ask"][reply.answer.choice.what],
            "total": reply.answer.total,
        },
        buttons=[
            {"title": _short(option.label), "payload": press(option.query)}
            for option in reply.answer.choice.options
        ],
        data=rows_data(hits, list_date) | _unmet(reply.answer),
    )


def _not_there(reply: NotThere, list_date: date) -> BotMessage:
    """An honest no, with what comes nearest; a manager where the list has it without a price."""
    if reply.answer.unpriced:
        return _no_price(reply, list_date)
    gap = reply.answer.gap
    options = gap.nearest[:_NEAREST] if gap else ()
    near = list(reply.answer.nearest[:_NEAREST])
    there = TEXTS["nearest"].format(values=", ".join(o.label for o in options)) if options else ""
    lines = "\n".join(row_text(TEXTS["bullet"], hit) for hit in near)
    rows = TEXTS["nearest_rows"].format(rows=lines) if near else ""
    return BotMessage(
        response=_refusal(gap),
        values={
            "asked": gap.asked if gap else "",
            "nearest": there,
            "rows": rows,
            "date": day(list_date),
        },
        buttons=[
            *({"title": _short(o.label), "payload": press(o.query)} for o in options),
            LEAVE_REQUEST,
            *_tell_me(reply.answer),
            CALL_MANAGER,
        ],
        data={
            "rows": [],
            "nearest": rows_data(near, list_date)["rows"],
            "list_date": list_date.isoformat(),
        },
    )


def _tell_cheaper(reply: Rows) -> list[dict[str, str]]:
    """The button that asks to be told once the one row that is shown costs less."""
    if len(reply.hits) != 1 or reply.answer.total != 1:
        return []
    payload = TEXTS["tell_cheaper_payload"].format(code=reply.hits[0].row.code)
    return [{"title": TEXTS["tell_cheaper"], "payload": payload}]


def _tell_me(answer: Answer) -> list[dict[str, str]]:
    """The button that asks to be told once the list has what was asked for."""
    asked = answer.query.text.strip()
    payload = TEXTS["tell_me_payload"].format(asked=asked)
    return [{"title": TEXTS["tell_me"], "payload": payload}] if asked else []


def _no_price(reply: NotThere, list_date: date) -> BotMessage:
    return BotMessage(
        response="utter_price_unpriced",
        values={
            "goods": "\n".join(f"• {name}" for name in reply.answer.unpriced),
            "date": day(list_date),
        },
        buttons=[LEAVE_REQUEST, CALL_MANAGER],
        data={"rows": [], "nearest": [], "list_date": list_date.isoformat()},
    )


def _refusal(gap: Gap | None) -> str:
    if gap is None:
        return "utter_price_none"
    if gap.excluded:
        return "utter_price_all_have"
    return _RESPONSES.get(gap.missing, "utter_price_no_value")


def _cheaper(reply: Cheaper, list_date: date) -> BotMessage:
    """What costs less, or that nothing does; and who speaks of a discount."""
    hits = list(reply.hits)
    if not hits:
        return BotMessage(response="utter_price_dear", buttons=[CALL_MANAGER])
    return BotMessage(
        response="utter_price_cheaper",
        values={"rows": rows_text(hits), "date": day(list_date)},
        buttons=[LEAVE_REQUEST, CALL_MANAGER],
        data=rows_data(hits, list_date),
    )


def _total(reply: Total, list_date: date) -> BotMessage:
    """What pieces cost by the printed price, and what the status says of packs."""
    if len(reply.lines) == 1:
        return _total_of_one(*reply.lines[0], list_date)
    lines = [
        TEXTS["total_line"].format(
            number=number,
            name=" ".join(row.name.split()),
            count=count,
            price=price_text(row),
            code=row.code,
            total=price_text(row, count),
            note=_pack_note(row, count),
        )
        for number, (row, count) in enumerate(reply.lines, 1)
    ]
    printed = sum(row.price_kop * count for row, count in reply.lines)
    final = sum(final_price_kop(row) * count for row, count in reply.lines)
    together = TEXTS["together"].format(total=amount(printed))
    if final != printed:
        together += TEXTS["together_final"].format(final=amount(final))
    return BotMessage(
        response="utter_price_totals",
        values={"lines": "\n".join(lines), "together": together, "date": day(list_date)},
        buttons=[LEAVE_REQUEST],
        data={
            "total": printed / 100,
            "lines": [
                {"code": row.code, "count": count, "sum": count * row.price_kop / 100}
                for row, count in reply.lines
            ],
        },
    )


def _total_of_one(row: PriceRow, count: int, list_date: date) -> BotMessage:
    return BotMessage(
        response="utter_price_total",
        values={
            "name": row.name,
            "code": row.code,
            "count": count,
            "price": price_text(row),
            "total": price_text(row, count),
            "note": _pack_note(row, count),
            "date": day(list_date),
        },
        buttons=[LEAVE_REQUEST],
        data={"total": count * row.price_kop / 100, "count": count, "code": row.code},
    )


def _pack_note(row: PriceRow, count: int) -> str:
    pack = _number(row.status, "Кратно")
    cheaper = _number(row.status, "Дешевле от")
    if pack and count % pack:
        return str(TEXTS["packs"].format(n=pack, suggested=-(-count // pack) * pack))
    if cheaper and count >= cheaper:
        return str(TEXTS["cheaper_from"].format(n=cheaper))
    return ""


def _number(status: str, before: str) -> int:
    found = re.search(rf"{before}\s*(\d+)", status)
    return int(found[1]) if found else 0


def _which_row(reply: WhichRow) -> BotMessage:
    """Which of the rows that were shown is to be counted: a button each."""
    return BotMessage(
        response="utter_price_which_row",
        values={"count": reply.count},
        buttons=[
            {
                "title": TEXTS["row_button"].format(number=number, price=amount(row.price_kop)),
                "payload": press(Query(codes=(row.code,), quantity=reply.count)),
            }
            for number, row in enumerate(reply.rows, 1)
        ],
    )


def _attribute(reply: Attribute, list_date: date, numbers: Mapping[str, int]) -> BotMessage:
    texts = TEXTS["attribute"]
    values = {value for _, value in reply.told}
    if len(reply.told) == 1 or values == {""}:
        (_, value), *_ = reply.told
        lead = texts["one" if value else "unknown"].format(name=reply.name, value=value)
        return _with_rows(lead, [row for row, _ in reply.told], list_date)
    if len(values) == 1:
        lead = texts["same"].format(name=reply.name, value=values.pop())
        return _with_rows(lead, [row for row, _ in reply.told], list_date)
    lines = [
        texts["line"].format(number=numbers.get(row.code, at), value=value or texts["not_said"])
        for at, (row, value) in enumerate(reply.told, 1)
    ]
    return BotMessage(
        response="utter_price_about",
        values={"text": texts["many"].format(name=reply.name, lines="\n".join(lines))},
        buttons=[LEAVE_REQUEST],
        data={
            "attribute": reply.name,
            "values": [{"code": row.code, "value": value or None} for row, value in reply.told],
        },
    )


def _whether(reply: Whether, list_date: date) -> BotMessage:
    texts = TEXTS["whether"]
    if reply.denied:
        lead = texts["denied"].format(denied=_quoted(reply.denied))
    elif reply.has and reply.lacks:
        lead = texts["some"].format(has=_quoted(reply.has), lacks=_quoted(reply.lacks))
    elif reply.has:
        lead = texts["has"].format(has=_quoted(reply.has))
    else:
        lead = texts["not_said"].format(lacks=_quoted(reply.lacks))
    return _with_rows(lead, [reply.row], list_date)


def _comparison(reply: Comparison, list_date: date, numbers: Mapping[str, int]) -> BotMessage:
    texts = TEXTS["comparison"]
    lines = [
        texts["line"].format(
            number=numbers.get(row.code, at),
            differs=differs or texts["plain"],
            price=price_text(row),
            code=row.code,
        )
        for at, (row, differs) in enumerate(reply.rows, 1)
    ]
    text = texts["many" if len(lines) > 1 else "one"].format(
        lines="\n".join(lines), date=day(list_date)
    )
    return BotMessage(
        response="utter_price_about",
        values={"text": text},
        buttons=[LEAVE_REQUEST, CALL_MANAGER],
        data={"compared": [{"code": row.code, "differs": words} for row, words in reply.rows]},
    )


def _fit(reply: Fit, list_date: date) -> BotMessage:
    texts = TEXTS["fit"]
    if reply.fitting:
        part = reply.others and len(reply.fitting) < len(reply.others) + len(reply.fitting)
        lead = texts["some" if part else "fits"].format(asked=reply.asked)
        return _with_rows(lead, list(reply.fitting), list_date)
    lead = texts["not_said"].format(asked=reply.asked)
    return _with_rows(lead, list(reply.others), list_date)


def _with_rows(lead: str, rows: list[PriceRow], list_date: date) -> BotMessage:
    hits = [Hit(row=row, rows=(row,), colours=(), score=0.0) for row in rows]
    return BotMessage(
        response="utter_price_found",
        values={"order": lead, "rows": rows_text(hits), "date": day(list_date)},
        buttons=[LEAVE_REQUEST],
        data=rows_data(hits, list_date),
    )


def _short(label: str) -> str:
    return label if len(label) <= _BUTTON else f"{label[: _BUTTON - 1]}…"
