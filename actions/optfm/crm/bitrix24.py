"""Bitrix24 by an incoming webhook.

Methods and shapes: apidocs.bitrix24.com, crm.lead.*, crm.item.*, crm.duplicate.findbycomm.
"""

from typing import Any

from optfm.crm.http import Caller, number_of, understood
from optfm.leads.card import Card
from optfm.leads.words import card_text, headline
from optfm.outbox.entries import Later, Never

#: Marks what is ours, so that the same request is found again.
_ORIGINATOR = "optfm-bot"
_DEAL = 2  # entityTypeId of crm.item.*
_SIMPLE_MODE = 2  # crm.settings.mode.get: a CRM without leads
#: Errors that come with 200 or 400 and pass by themselves.
_BUSY = ("QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "INTERNAL_SERVER_ERROR")
_WRONG_KEY = ("expired_token", "INVALID_CREDENTIALS", "NO_AUTH_FOUND", "insufficient_scope")


class Bitrix24:
    """A portal.

    :param webhook: `https://<portal>/rest/<user>/<secret>`.
    """

    def __init__(self, webhook: str) -> None:
        self._webhook = webhook
        self._caller = Caller("Битрикс24")

    @understood("Битрикс24")
    def add(self, card: Card, *, key: str) -> str:
        """A lead, or a deal where leads are off; the one of an earlier try is found."""
        if self._call("crm.settings.mode.get", {}) == _SIMPLE_MODE:
            return self._deal(card)
        origin = {"ORIGINATOR_ID": _ORIGINATOR, "ORIGIN_ID": f"request-{card.id}"}
        if known := self._call("crm.lead.list", {"filter": origin, "select": ["ID"]}):
            return self._lead_with_rows(number_of(known[0]["ID"], "Битрикс24"), card)
        fields: dict[str, Any] = {
            **origin,
            "TITLE": headline(card),
            "NAME": card.name,
            "COMMENTS": card_text(card),
            "SOURCE_ID": "WEB",
            "PHONE": _values(card.phone),
            "EMAIL": _values(card.email),
        }
        if contact := self._contact(card):
            fields["CONTACT_ID"] = contact
        made = self._call("crm.lead.add", {"fields": fields})
        return self._lead_with_rows(number_of(made, "Битрикс24"), card)

    def _lead_with_rows(self, lead: int, card: Card) -> str:
        """The ordered goods of a lead, set as a whole: a repetition changes nothing."""
        if rows := _products(card):
            content = [
                {"PRODUCT_NAME": name, "PRICE": price, "QUANTITY": count}
                for name, price, count in rows
            ]
            self._call("crm.lead.productrows.set", {"id": lead, "rows": content})
        return f"lead {lead}"

    @understood("Битрикс24")
    def comment(self, crm_id: str, text: str, *, key: str) -> None:
        """A comment in the timeline; one with this key is not added again."""
        kind, number = crm_id.split()
        where = {"ENTITY_ID": int(number), "ENTITY_TYPE": kind}
        mark = f"[{key}]"
        for comment in self._call(
            "crm.timeline.comment.list",
            # Fifty come at once: a repetition is among the last.
            {"filter": where, "select": ["ID", "COMMENT"], "order": {"ID": "DESC"}},
        ):
            if mark in comment["COMMENT"]:
                return
        self._call("crm.timeline.comment.add", {"fields": {**where, "COMMENT": f"{text}\n{mark}"}})

    def check(self) -> str:
        """Ask for the CRM's mode."""
        try:
            self._call("crm.settings.mode.get", {})
        except (Later, Never) as exc:
            return str(exc)
        return ""

    def _deal(self, card: Card) -> str:
        origin = {"originatorId": _ORIGINATOR, "originId": f"request-{card.id}"}
        known = self._call(
            "crm.item.list", {"entityTypeId": _DEAL, "filter": origin, "select": ["id"]}
        )
        if known["items"]:
            return self._deal_with_rows(number_of(known["items"][0]["id"], "Битрикс24"), card)
        contact = self._contact(card) or self._call(
            "crm.contact.add",
            {
                "fields": {
                    "NAME": card.name,
                    "PHONE": _values(card.phone),
                    "EMAIL": _values(card.email),
                }
            },
        )
        fields = {
            **origin,
            "title": headline(card),
            "comments": card_text(card),
            "contactId": contact,
            "sourceId": "WEB",
        }
        added = self._call("crm.item.add", {"entityTypeId": _DEAL, "fields": fields})
        item = added.get("item") if isinstance(added, dict) else None
        number = number_of(item.get("id") if isinstance(item, dict) else None, "Битрикс24")
        return self._deal_with_rows(number, card)

    def _deal_with_rows(self, number: int, card: Card) -> str:
        if rows := _products(card):
            content = [
                {"productName": name, "price": price, "quantity": count}
                for name, price, count in rows
            ]
            owner = {"ownerType": "D", "ownerId": number, "productRows": content}
            self._call("crm.item.productrow.set", owner)
        return f"deal {number}"

    def _contact(self, card: Card) -> int | None:
        """A contact with this phone or address, so that no double is made."""
        for kind, value in (("PHONE", card.phone), ("EMAIL", card.email)):
            if not value:
                continue
            found = self._call(
                "crm.duplicate.findbycomm",
                {"type": kind, "values": [value], "entity_type": "CONTACT"},
            )
            if found and found.get("CONTACT"):  # nothing found is an empty list, not an object
                return number_of(found["CONTACT"][0], "Битрикс24")
        return None

    def _call(self, method: str, content: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        answer = self._caller.call("POST", f"{self._webhook}/{method}.json", json=content)
        try:
            said = answer.json()
        except ValueError as exc:
            raise Later(f"Битрикс24 отвечает не по-своему: {answer.text[:100]}") from exc
        if not isinstance(said, dict):
            raise Later(f"Битрикс24 отвечает не по-своему: {answer.text[:100]}")
        if "error" not in said:
            return said.get("result")
        words = f"Битрикс24: {said['error']} {said.get('error_description', '')}"
        if said["error"] in (*_BUSY, *_WRONG_KEY):
            raise Later(words)
        raise Never(words)


def _products(card: Card) -> list[tuple[str, float, int]]:
    """The ordered goods that are decided: name with code, price in roubles, pieces."""
    return [
        (f"{line.name} ({line.code})", line.price_kop / 100, line.quantity)
        for line in card.order
        if line.state == "sure" and line.quantity
    ]


def _values(value: str | None) -> list[dict[str, str]]:
    return [{"VALUE": value, "VALUE_TYPE": "WORK"}] if value else []
