"""Stand-ins for CRM systems: they take what the vendors document and refuse everything else.

There is no CRM to be had; tests/crm/test_stand_ins.py points other people's clients at these.
"""

import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Call:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> Any:
        """Its JSON."""
        return json.loads(self.body) if self.body else None


@dataclass
class StandIn:
    """A server that answers by `reply`; scripted faults come first."""

    faults: list[Answer] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    url: str = ""

    def reply(self, call: Call) -> Answer:
        """The system's answer."""
        raise NotImplementedError

    def refuse(self, call: Call, why: str) -> Answer:
        """What a strict system says to a call of the wrong form."""
        return 400, {"error": "WRONG_FORM", "error_description": f"{call.path}: {why}"}, {}


@contextmanager
def serving(stand_in: StandIn, tls: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    """Serve on a free port for as long as the block runs.

    :param tls: the server's side; None: plain HTTP.
    """

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            url = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            call = Call(self.command, url.path, parse_qs(url.query), headers, self.rfile.read(size))
            stand_in.calls.append(call)
            status, content, more = (
                stand_in.faults.pop(0) if stand_in.faults else stand_in.reply(call)
            )
            body = content if isinstance(content, bytes) else b""
            if content is not None and not body:
                body = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **more}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = _take

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:  # the handshake in the thread of each call, not in the accepting one
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    stand_in.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


#: What each method of Bitrix24 takes.
_PARAMETERS = {
    "crm.duplicate.findbycomm": ("type", "values", "entity_type"),
    "crm.lead.list": ("select", "filter", "order", "start"),
    "crm.lead.add": ("fields", "params"),
    "crm.lead.productrows.set": ("id", "rows"),
    "crm.item.productrow.set": ("ownerType", "ownerId", "productRows"),
    "crm.contact.add": ("fields", "params"),
    "crm.item.list": ("entityTypeId", "select", "filter", "order", "start", "useOriginalUfNames"),
    "crm.item.add": ("entityTypeId", "fields", "useOriginalUfNames"),
    "crm.timeline.comment.list": ("filter", "select", "order", "start"),
    "crm.timeline.comment.add": ("fields",),
}


@dataclass
class Portal(StandIn):
    """Bitrix24 with one incoming webhook, `/rest/1/secret`."""

    leads_on: bool = True
    leads: dict[int, dict[str, Any]] = field(default_factory=dict)
    deals: dict[int, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    products: dict[int, list[tuple[str, float, int]]] = field(default_factory=dict)

    def reply(self, call: Call) -> Answer:
        """As apidocs.bitrix24.com has it, for the methods that we call."""
        found = re.fullmatch(r"/rest/1/(\w+)/([a-z.]+?)(\.json)?", call.path)
        if not found or found[1] != "secret":
            return 401, {"error": "INVALID_CREDENTIALS", "error_description": "wrong key"}, {}
        try:
            assert call.method == "POST", "parameters go in a body"
            assert "application/json" in call.headers.get("content-type", ""), "no JSON"
            content = call.content or {}
            unknown = set(content) - set(_PARAMETERS.get(found[2], ()))
            assert not unknown, f"unknown parameters {unknown}"
            method = getattr(self, "_" + found[2].replace(".", "_"), None)
            if method is None:
                return 404, {"error": "ERROR_METHOD_NOT_FOUND"}, {}
            return 200, {"result": method(content), "time": {}}, {}
        except (KeyError, TypeError, ValueError, AssertionError) as exc:
            return self.refuse(call, f"{type(exc).__name__} {exc}")

    def _crm_settings_mode_get(self, content: dict[str, Any]) -> int:
        return 1 if self.leads_on else 2

    def _crm_duplicate_findbycomm(self, content: dict[str, Any]) -> Any:
        assert content["type"] in ("PHONE", "EMAIL") and isinstance(content["values"], list)
        same = [
            number
            for number, contact in self.contacts.items()
            if any(v["VALUE"] in content["values"] for v in contact.get(content["type"], ()))
        ]
        return {"CONTACT": same} if same else []

    def _crm_lead_list(self, content: dict[str, Any]) -> Any:
        wanted = content["filter"]
        return [
            {"ID": str(number)}
            for number, lead in self.leads.items()
            if all(lead.get(name) == value for name, value in wanted.items())
        ]

    def _crm_lead_add(self, content: dict[str, Any]) -> int:
        assert self.leads_on, "leads are off"
        return self._new(self.leads, _person(content["fields"], title="TITLE"))

    def _crm_lead_productrows_set(self, content: dict[str, Any]) -> bool:
        assert content["id"] in self.leads, "no such lead"
        names = ("PRODUCT_NAME", "PRICE", "QUANTITY")
        self.products[content["id"]] = [_product(row, names) for row in content["rows"]]
        return True

    def _crm_item_productrow_set(self, content: dict[str, Any]) -> Any:
        assert content["ownerType"] == "D", "a deal's rows"
        assert content["ownerId"] in self.deals, "no such deal"
        names = ("productName", "price", "quantity")
        rows = [_product(row, names) for row in content["productRows"]]
        self.products[content["ownerId"]] = rows
        return {"productRows": content["productRows"]}

    def _crm_contact_add(self, content: dict[str, Any]) -> int:
        return self._new(self.contacts, _person(content["fields"], title="NAME"))

    def _crm_item_list(self, content: dict[str, Any]) -> Any:
        assert content["entityTypeId"] == 2
        wanted = content["filter"]
        return {
            "items": [
                {"id": number}
                for number, deal in self.deals.items()
                if all(deal.get(name) == value for name, value in wanted.items())
            ]
        }

    def _crm_item_add(self, content: dict[str, Any]) -> Any:
        assert content["entityTypeId"] == 2
        fields = content["fields"]
        unknown = set(fields) - {
            *("title", "comments", "contactId", "sourceId", "originatorId", "originId")
        }
        assert not unknown, f"unknown fields {unknown}"
        assert fields["contactId"] in self.contacts, "no such contact"
        return {"item": {"id": self._new(self.deals, fields)}}

    def _crm_timeline_comment_list(self, content: dict[str, Any]) -> Any:
        where = content["filter"]
        found = [c for c in self.comments if all(c[k] == v for k, v in where.items())]
        newest_first = content.get("order", {}).get("ID", "ASC").upper() == "DESC"
        return (found[::-1] if newest_first else found)[:50]

    def _crm_timeline_comment_add(self, content: dict[str, Any]) -> int:
        fields = content["fields"]
        assert set(fields) == {"ENTITY_ID", "ENTITY_TYPE", "COMMENT"}
        assert isinstance(fields["ENTITY_ID"], int) and fields["ENTITY_TYPE"] in ("lead", "deal")
        self.comments.append({**fields, "ID": str(len(self.comments) + 1)})
        return len(self.comments)

    def _new(self, table: dict[int, dict[str, Any]], fields: dict[str, Any]) -> int:
        number = 100 + len(self.leads) + len(self.deals) + len(self.contacts)
        table[number] = fields
        return number


def _product(row: dict[str, Any], names: tuple[str, str, str]) -> tuple[str, float, int]:
    assert set(row) == set(names), f"unknown fields {set(row)}"
    name, price, count = (row[key] for key in names)
    assert isinstance(name, str) and name
    assert isinstance(price, int | float) and price >= 0
    assert isinstance(count, int | float) and count > 0
    return name, price, count


def _person(fields: dict[str, Any], *, title: str) -> dict[str, Any]:
    known = {
        *("TITLE", "NAME", "COMMENTS", "SOURCE_ID", "PHONE", "EMAIL", "CONTACT_ID"),
        *("ORIGINATOR_ID", "ORIGIN_ID"),
    }
    assert set(fields) <= known, f"unknown fields {set(fields) - known}"
    assert fields[title]
    for kind in ("PHONE", "EMAIL"):
        for value in fields.get(kind, ()):
            assert value["VALUE"] and value["VALUE_TYPE"] in ("WORK", "MOBILE", "HOME", "OTHER")
    return fields


@dataclass
class Account(StandIn):
    """amoCRM with the long-lived token `token`."""

    leads: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def reply(self, call: Call) -> Answer:
        """As www.amocrm.ru/developers has it, for the methods that we call."""
        if call.headers.get("authorization") != "Bearer token":
            return 401, {"title": "Unauthorized", "status": 401, "detail": "token expired"}, {}
        try:
            return self._reply(call)
        except (KeyError, TypeError, ValueError, AssertionError) as exc:
            return self.refuse(call, f"{type(exc).__name__} {exc}")

    def _reply(self, call: Call) -> Answer:
        if call.method == "POST":
            assert "application/json" in call.headers.get("content-type", ""), "no JSON"
        if call.path == "/api/v4/account" and call.method == "GET":
            return 200, {"id": 1, "name": "stand-in"}, {}
        if call.path == "/api/v4/leads" and call.method == "GET":
            [query] = call.query["query"]
            found = [lead for lead in self.leads.values() if query in lead["name"]]
            return (200, {"_embedded": {"leads": found}}, {}) if found else (204, None, {})
        if call.path == "/api/v4/leads/complex" and call.method == "POST":
            return 200, [self._complex(lead) for lead in call.content], {}
        if notes := re.fullmatch(r"/api/v4/leads/(\d+)/notes", call.path):
            return self._notes(call, int(notes[1]))
        return 404, {"title": "Not Found", "status": 404}, {}

    def _complex(self, lead: dict[str, Any]) -> dict[str, Any]:
        assert set(lead) <= {"name", "request_id", "_embedded"}, f"unknown fields in {set(lead)}"
        [contact] = lead["_embedded"]["contacts"]
        for entry in contact["custom_fields_values"]:
            assert entry["field_code"] in ("PHONE", "EMAIL")
            assert all(v["value"] and v["enum_code"] == "WORK" for v in entry["values"])
        number = 500 + len(self.leads)
        self.leads[number] = {"id": number, **lead}
        return {
            "id": number,
            "contact_id": number + 1,
            "company_id": None,
            "request_id": [lead["request_id"]],
            "merged": False,
        }

    def _notes(self, call: Call, lead: int) -> Answer:
        notes = self.notes.setdefault(lead, [])
        if call.method == "GET":
            return (200, {"_embedded": {"notes": notes}}, {}) if notes else (204, None, {})
        for note in call.content:
            assert note["note_type"] == "common" and note["params"]["text"]
            notes.append(note)
        return 200, {"_embedded": {"notes": notes}}, {}
