"""A request in each CRM: once, whole, and with the vendor's own errors told apart."""

import dataclasses
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from optfm.crm.amocrm import AmoCrm
from optfm.crm.bitrix24 import Bitrix24
from optfm.crm.webhook import Webhook
from optfm.leads.card import Card, Line
from optfm.leads.ordered import OrderedLine
from optfm.outbox.entries import Later, Never
from tests.peers.crm import Account, Answer, Call, Portal, StandIn, serving

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def card() -> Card:
    """A request as it is told of."""
    return Card(
        id=12,
        created_at=NOW,
        status="new",
        name="Анна",
        phone="+79100000000",
        email="anna@example.ru",
        about="дисплей на а12",
        town="Шуя",
        channel="rest",
        dialog="d-1",
        taken_by=None,
        crm_id=None,
        lines=(Line(at=NOW, author="customer", text="дисплей а12"),),
        rows=({"code": "00-1", "name": "Дисплей A12", "price": 1234.0, "status": ""},),
        list_date="2025-06-25",
    )


@pytest.fixture
def portal() -> Iterator[Portal]:
    """Bitrix24."""
    with serving(Portal()) as portal:
        assert isinstance(portal, Portal)
        yield portal


@pytest.fixture
def account() -> Iterator[Account]:
    """amoCRM."""
    with serving(Account()) as account:
        assert isinstance(account, Account)
        yield account


def test_bitrix24_gets_a_lead_with_contacts_and_the_whole_request(portal: Portal, card: Card):
    """The manager finds the phone, the question and the rows shown."""
    crm_id = Bitrix24(f"{portal.url}/rest/1/secret").add(card, key="request_crm 12 new")
    [(number, lead)] = portal.leads.items()
    assert crm_id == f"lead {number}"
    assert lead["PHONE"][0]["VALUE"] == "+79100000000"
    assert "дисплей на а12" in lead["COMMENTS"] and "1 234 ₽" in lead["COMMENTS"]
    assert "25.06.2025" in lead["COMMENTS"]


def test_bitrix24_gets_a_request_once_however_often_it_is_told(portal: Portal, card: Card):
    """A crash between sending and marking shows no second lead."""
    crm = Bitrix24(f"{portal.url}/rest/1/secret")
    assert crm.add(card, key="k") == crm.add(card, key="k")
    assert len(portal.leads) == 1


def test_bitrix24_joins_the_contact_that_it_knows(portal: Portal, card: Card):
    """The same phone makes no second person."""
    portal.contacts[7] = {"NAME": "Анна", "PHONE": [{"VALUE": "+79100000000"}]}
    Bitrix24(f"{portal.url}/rest/1/secret").add(card, key="k")
    assert [lead["CONTACT_ID"] for lead in portal.leads.values()] == [7]


def test_bitrix24_without_leads_gets_a_deal_and_a_contact(portal: Portal, card: Card):
    """A portal in the simple mode has no leads."""
    portal.leads_on = False
    crm = Bitrix24(f"{portal.url}/rest/1/secret")
    assert crm.add(card, key="k") == crm.add(card, key="k")
    assert len(portal.deals) == len(portal.contacts) == 1 and not portal.leads


@pytest.mark.parametrize("leads_on", [True, False])
def test_bitrix24_gets_the_order_as_product_rows(portal: Portal, card: Card, leads_on: bool):
    """What is decided, with its price; also where the first try ended before the rows."""
    portal.leads_on = leads_on
    line = OrderedLine(
        said="дисплей 11", state="sure", quantity=2, code="УТ-1", name="Дисплей", price_kop=156_000
    )
    several = (line, dataclasses.replace(line, state="choose", code="", name=""))
    ordered = dataclasses.replace(card, order=several)
    crm = Bitrix24(f"{portal.url}/rest/1/secret")
    crm.add(card, key="k")
    crm.add(ordered, key="k")
    assert list(portal.products.values()) == [[("Дисплей (УТ-1)", 1560.0, 2)]]
    assert len(portal.leads) + len(portal.deals) == 1


def test_amocrm_gets_a_lead_a_contact_and_a_note_once(account: Account, card: Card):
    """Told twice, it holds one lead with one note."""
    crm = AmoCrm(account.url, "token")
    assert crm.add(card, key="k") == crm.add(card, key="k")
    [lead] = account.leads.values()
    [contact] = lead["_embedded"]["contacts"]
    assert contact["first_name"] == "Анна"
    assert contact["custom_fields_values"][0]["values"][0]["value"] == "+79100000000"
    [[note]] = account.notes.values()
    assert "дисплей на а12" in note["params"]["text"]


@pytest.mark.parametrize("system", ["bitrix24", "amocrm"])
def test_a_comment_is_added_once(portal: Portal, account: Account, card: Card, system: str):
    """What joined a request stands there once."""
    crm: Bitrix24 | AmoCrm = Bitrix24(f"{portal.url}/rest/1/secret")
    if system == "amocrm":
        crm = AmoCrm(account.url, "token")
    crm_id = crm.add(card, key="k")
    crm.comment(crm_id, "и акб", key="added")
    crm.comment(crm_id, "и акб", key="added")
    said = [c["COMMENT"] for c in portal.comments]
    said += [n["params"]["text"] for notes in account.notes.values() for n in notes]
    assert sum("и акб" in text for text in said) == 1


@pytest.mark.parametrize(
    ("fault", "error", "after_s"),
    [
        ((401, {"error": "expired_token"}, {}), Later, 900),
        ((429, {}, {"Retry-After": "7"}), Later, 7),
        ((503, {"error": "QUERY_LIMIT_EXCEEDED"}, {}), Later, None),
        ((500, {}, {}), Later, None),
        ((200, {"error": "QUERY_LIMIT_EXCEEDED"}, {}), Later, None),
        ((400, {"error": "ERROR_CORE", "error_description": "bad field"}, {}), Never, None),
    ],
)
def test_errors_of_the_vendor_end_as_a_later_try_or_a_clear_stop(
    portal: Portal, card: Card, fault: Answer, error: type[Exception], after_s: float | None
):
    """A wrong key and a busy server pass; a refused call never does."""
    portal.faults.append(fault)
    with pytest.raises(error) as caught:
        Bitrix24(f"{portal.url}/rest/1/secret").add(card, key="k")
    assert getattr(caught.value, "after_s", None) == after_s
    assert "secret" not in str(caught.value)


def test_a_repeated_comment_is_known_among_many(portal: Portal, card: Card):
    """The portal lists fifty at once."""
    crm = Bitrix24(f"{portal.url}/rest/1/secret")
    crm_id = crm.add(card, key="k")
    for number in range(60):
        crm.comment(crm_id, f"слово {number}", key=f"added {number}")
    crm.comment(crm_id, "слово 59", key="added 59")
    assert len(portal.comments) == 60


class Page(StandIn):
    """Whatever stands at a wrong address."""

    def reply(self, call: Call) -> Answer:
        """An advertisement rather than JSON."""
        return 200, b"<html></html>", {"Content-Type": "text/html"}


def test_a_page_at_the_crms_address_is_no_crm(card: Card):
    """The doctor says so, and the request waits until the address is mended."""
    with serving(Page()) as page:
        for crm in (AmoCrm(page.url, "token"), Bitrix24(f"{page.url}/rest/1/secret")):
            assert "не по-своему" in crm.check()
            with pytest.raises(Later):
                crm.add(card, key="k")


def test_a_server_that_is_away_is_tried_later(card: Card):
    """Nobody listens there."""
    with pytest.raises(Later, match="не отвечает"):
        AmoCrm("http://127.0.0.1:9", "token").add(card, key="k")


def test_a_wrong_key_is_said_by_the_check(account: Account):
    """What the doctor prints."""
    assert AmoCrm(account.url, "token").check() == ""
    assert "ключ" in AmoCrm(account.url, "old").check()


class Receiver(StandIn):
    """Somebody's own system: checks the signature as the guide says."""

    def reply(self, call: Call) -> Answer:
        """200 with an id, or 403."""
        signed = call.headers["x-optfm-timestamp"].encode() + b"." + call.body
        wanted = "sha256=" + hmac.new(b"key", signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, call.headers["x-optfm-signature"]):
            return 403, {"error": "signature"}, {}
        return 200, {"id": "A-1"}, {}


def test_a_webhook_is_signed_and_names_its_key(card: Card):
    """The receiver proves where it comes from, and can tell a repetition."""
    with serving(Receiver()) as receiver:
        assert Webhook(receiver.url, "key").add(card, key="k 1") == "A-1"
        [call] = receiver.calls
        assert call.headers["idempotency-key"] == "k 1"
        sent = json.loads(call.body)
        assert (sent["event"], sent["request"]["phone"]) == ("request.created", card.phone)
        with pytest.raises(Later):
            Webhook(receiver.url, "other").add(dataclasses.replace(card, id=13), key="k 2")


@pytest.mark.parametrize(
    "answer",
    [
        (302, {}, {"Location": "https://example.com/login"}),
        (200, {"result": False, "time": {}}, {}),
        (200, {"result": None}, {}),
        (200, [], {}),
        (200, {}, {}),
    ],
)
def test_a_portal_that_makes_nothing_is_asked_again(card: Card, answer: Answer):
    """No request is taken for told, and no lead is called «False»."""

    class Nothing(Portal):
        def reply(self, call: Call) -> Answer:
            return answer if "lead.add" in call.path else super().reply(call)

    with serving(Nothing()) as portal, pytest.raises(Later):
        Bitrix24(f"{portal.url}/rest/1/secret").add(card, key="k")
