"""Turns price answers into what the customer reads: text, buttons and the same as data."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from common.money import amount
from optfm.catalog import PriceRow
from optfm.catalog.discount import discount_percent, final_price_kop
from optfm.search import Answer, Hit
from optfm.search.answer import Choice

TEXTS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("texts.yml").read_text(encoding="utf-8")
)
#: As many rows as a phone's screen holds.
ROWS = 5
_ROWS_OF_A_QUESTION = 3
#: A messenger's button holds about so many letters.
_BUTTON = 40

LEAVE_REQUEST = {"title": "Оставить заявку", "payload": "/leave_request"}
CALL_MANAGER = {"title": "Позвать менеджера", "payload": "/call_manager"}
_RESPONSES = {
    "model": "utter_price_no_model",
    "code": "utter_price_no_code",
    "goods": "utter_price_none",
    "kind": "utter_price_none",
    "word": "utter_price_none",
}


@dataclass(frozen=True, kw_only=True)
class Message:
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


def found(
    answer: Answer, hits: list[Hit], *, offset: int, list_date: date, order: str = ""
) -> Message:
    """Rows, and a button for those that follow.

    :param hits: the rows to show, from `offset` of the answer.
    :param order: "cheap" or "dear" where they are in order of price.
    """
    left = answer.total - offset - len(hits)
    buttons = []
    if left > 0:
        buttons.append({"title": TEXTS["more"].format(count=left), "payload": "/show_more"})
    return Message(
        response="utter_price_found",
        values={
            "order": _before_rows(answer, order),
            "rows": rows_text(hits),
            "date": day(list_date),
        },
        buttons=[*buttons, LEAVE_REQUEST],
        data=rows_data(hits, list_date),
    )


def _before_rows(answer: Answer, order: str) -> str:
    if answer.section:
        said: str = TEXTS["section"].format(name=answer.section)
        return said
    return str(TEXTS["order"].get(order, ""))


def fits_buttons(choice: Choice) -> bool:
    """Whether every option can be read on its button; else rows are the better answer."""
    return all(len(option.label) <= _BUTTON for option in choice.options)


def asked_back(answer: Answer, *, list_date: date) -> Message:
    """A few rows and the question that would narrow them."""
    assert answer.choice is not None
    hits = list(answer.hits[:_ROWS_OF_A_QUESTION])
    return Message(
        response="utter_price_ask",
        values={
            "rows": rows_text(hits),
            "date": day(list_date),
            "question": TEXTS["ask"][answer.choice.what],
            "total": answer.total,
        },
        buttons=[
            {"title": _short(option.label), "payload": option.query.text}
            for option in answer.choice.options
        ],
        data=rows_data(hits, list_date),
    )


def not_there(answer: Answer, nearest: list[tuple[str, str]], *, list_date: date) -> Message:
    """An honest no, with what comes nearest.

    :param nearest: what there is instead, and the question that finds it.
    """
    gap = answer.gap
    there = ", ".join(label for label, _ in nearest)
    return Message(
        response=_RESPONSES.get(gap.missing, "utter_price_no_value") if gap else "utter_price_none",
        values={
            "asked": gap.asked if gap else "",
            "nearest": TEXTS["nearest"].format(values=there) if there else "",
            "date": day(list_date),
        },
        buttons=[
            *({"title": _short(label), "payload": query} for label, query in nearest),
            LEAVE_REQUEST,
            CALL_MANAGER,
        ],
        data={"rows": [], "list_date": list_date.isoformat()},
    )


def one_row(row: PriceRow, *, list_date: date) -> Message:
    """The row that the customer picked."""
    hit = Hit(row=row, rows=(row,), colours=(), score=0.0)
    return Message(
        response="utter_price_found",
        values={"order": "", "rows": rows_text([hit]), "date": day(list_date)},
        buttons=[LEAVE_REQUEST],
        data=rows_data([hit], list_date),
    )


def total(row: PriceRow, count: int, *, list_date: date) -> Message:
    """What so many pieces cost by the printed price, and what the status says of packs."""
    pack = _number(row.status, "Кратно")
    cheaper = _number(row.status, "Дешевле от")
    note = ""
    if pack and count % pack:
        note = TEXTS["packs"].format(n=pack, suggested=-(-count // pack) * pack)
    elif cheaper and count >= cheaper:
        note = TEXTS["cheaper_from"].format(n=cheaper)
    return Message(
        response="utter_price_total",
        values={
            "name": row.name,
            "code": row.code,
            "count": count,
            "price": _price_text(row),
            "total": _price_text(row, count),
            "note": note,
            "date": day(list_date),
        },
        buttons=[LEAVE_REQUEST],
        data={"total": count * row.price_kop / 100, "count": count, "code": row.code},
    )


def which_row(count: int, rows: int) -> Message:
    """Which of the rows that were shown is to be counted.

    :param count: how many pieces the customer takes.
    """
    return Message(
        response="utter_price_which_row",
        values={"count": count},
        buttons=[
            {"title": str(number), "payload": TEXTS["ordinals"][number - 1]}
            for number in range(1, rows + 1)
        ],
    )


def rows_text(hits: list[Hit]) -> str:
    """The rows as a numbered text."""
    return "\n".join(_row_text(number, hit) for number, hit in enumerate(hits, 1))


def day(when: date) -> str:
    """A date as people here write it: `25.06.2025`."""
    return f"{when:%d.%m.%Y}"


def _row_text(number: int, hit: Hit) -> str:
    row = hit.row
    status = _status_text(row.status)
    colours = ""
    if len(hit.colours) > 1:
        colours = TEXTS["colours"].format(colours=", ".join(hit.colours))
    text: str = TEXTS["row"].format(
        number=number,
        name=" ".join(row.name.split()),
        colours=colours,
        price=_price_text(row),
        code=row.code,
        status=f" · {status}" if status else "",
    )
    return text


def _price_text(row: PriceRow, count: int = 1) -> str:
    percent = discount_percent(row.status)
    text: str = TEXTS["sale_price" if percent else "price"].format(
        price=amount(row.price_kop * count),
        percent=percent,
        final=amount(final_price_kop(row) * count),
    )
    return text


def _status_text(status: str) -> str:
    if not status or discount_percent(status):
        return ""  # a discount is said with the price
    number = re.search(r"\d+", status)
    n = number[0] if number else ""
    text: str = TEXTS["statuses"].get(status.replace(n, "{n}", 1) if n else status, status)
    return text.format(n=n)


def _number(status: str, before: str) -> int:
    found = re.search(rf"{before}\s*(\d+)", status)
    return int(found[1]) if found else 0


def rows_data(hits: list[Hit], list_date: date) -> dict[str, Any]:
    """The rows as data, for the `custom` part of a message."""
    return {
        "rows": [
            {
                "code": hit.row.code,
                "codes": [row.code for row in hit.rows],
                "name": hit.row.name,
                "price": hit.row.price_kop / 100,
                "final_price": final_price_kop(hit.row) / 100,
                "status": hit.row.status,
                "colours": list(hit.colours),
            }
            for hit in hits
        ],
        "list_date": list_date.isoformat(),
    }


def _short(label: str) -> str:
    return label if len(label) <= _BUTTON else f"{label[: _BUTTON - 1]}…"
