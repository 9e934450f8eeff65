"""Orders over the API: made, listed, sent with contacts, taken away as a workbook."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from sqlalchemy import text

from optfm.api.scopes import Scope
from optfm.events import receivers
from tests.api.conftest import Server

CONTACTS = {
    "name": "Проба",
    "phone": "8 910 000-00-07",
    "consent": {
        "given_at": datetime.now(UTC).isoformat(),
        "wording": "Согласен на обработку",
        "version": "test-1",
    },
}


@pytest.fixture(scope="module")
def client(server: Server):
    """With every right."""
    with server.client() as client:
        yield client


@pytest.fixture(scope="module")
def goods(client):
    """A row of the list that has one price and one colour."""
    rows = client.get("/v1/search", params={"q": "дисплей iphone 11", "limit": 5}).json()["rows"]
    return next(row for row in rows if len(row["codes"]) == 1 and row["price"])


def test_an_order_by_codes_is_counted(client, goods):
    """What 1C or a site's basket sends: the sums are the list's, with its date."""
    made = client.post("/v1/orders", json={"lines": [{"code": goods["code"], "quantity": 3}]})
    assert made.status_code == 201
    order = made.json()
    (line,) = order["lines"]
    assert (line["state"], line["code"], line["quantity"]) == ("sure", goods["code"], 3)
    assert order["total"] == line["sum"] == goods["price"] * 3
    assert order["list_date"]
    assert order["state"] == "open"
    assert client.get(made.headers["Location"]).json() == order


def test_an_order_in_words_is_read_as_the_bot_reads_it(client, goods):
    """Each line is a line; what is not sold stays one and says so."""
    said = f"{goods['code']} - 2 шт\nжидкий вакуум для фена - 4 шт"
    order = client.post("/v1/orders", json={"text": said}).json()
    first, second = order["lines"]
    assert (first["state"], first["quantity"]) == ("sure", 2)
    assert (second["state"], second["quantity"]) == ("none", 4)
    assert order["counts"]["none"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "акб", "lines": [{"code": "1", "quantity": 1}]},
        {"text": "привет, как дела"},
        {"lines": []},
        {"lines": [{"quantity": 1}]},
        {"lines": [{"code": "1", "text": "акб", "quantity": 1}]},
        {"lines": [{"code": "1", "quantity": 0}]},
        {"text": "акб\0 5 шт"},
    ],
)
def test_what_is_no_order_is_refused(client, body):
    """With the place, and nothing is kept."""
    before = client.get("/v1/orders").json()
    refused = client.post("/v1/orders", json=body)
    assert refused.status_code == 422
    assert client.get("/v1/orders").json() == before


def test_a_dialog_has_one_open_order(client, goods):
    """The customer's own is not replaced by a system."""
    body = {"dialog": "tg:77", "lines": [{"code": goods["code"], "quantity": 1}]}
    assert client.post("/v1/orders", json=body).status_code == 201
    assert client.post("/v1/orders", json=body).status_code == 409


def test_a_sent_order_is_a_request_and_an_event(server: Server, client, goods):
    """One transaction: the request, its consent, the order; a second time is refused."""
    order = client.post("/v1/orders", json={"lines": [{"code": goods["code"], "quantity": 1}]})
    number = order.json()["id"]
    receivers.add(server.engine, "https://receiver.example/", ["order.sent"])
    sent = client.post(f"/v1/orders/{number}/send", json=CONTACTS)
    assert sent.status_code == 200
    assert sent.json()["state"] == "sent"
    request = client.get(f"/v1/requests/{sent.json()['request']}").json()
    assert request["name"] == CONTACTS["name"]
    assert str(number) in request["about"]
    with server.engine.connect() as connection:
        told = connection.execute(text("SELECT payload::text FROM outbox WHERE kind = 'webhook'"))
        (event,) = told.scalars()
    assert '"order.sent"' in event
    assert "910" not in event
    again = client.post(f"/v1/orders/{number}/send", json=CONTACTS)
    assert again.status_code == 409
    assert str(sent.json()["request"]) in again.json()["detail"]


def test_the_offer_is_a_workbook(client, goods):
    """Codes, prices and the sum, as the customer would get it."""
    made = client.post("/v1/orders", json={"lines": [{"code": goods["code"], "quantity": 2}]})
    answer = client.get(f"{made.headers['Location']}/xlsx")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert goods["code"] in cells
    assert goods["price"] * 2 in cells


def test_pages_of_orders_go_on_to_the_first(client, goods):
    """Filtered by state and time, none twice."""
    for quantity in range(1, 6):
        lines = [{"code": goods["code"], "quantity": quantity}]
        client.post("/v1/orders", json={"lines": lines})
    seen, cursor = [], None
    while True:
        asked = {"limit": 2, "state": "open"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/orders", params=asked).json()
        seen += [order["id"] for order in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) >= 5
    assert seen == sorted(seen, reverse=True)
    late = {"since": "2099-01-01T00:00:00Z"}
    assert client.get("/v1/orders", params=late).json()["items"] == []


@pytest.mark.parametrize("scope", [Scope.ORDERS_READ, Scope.REQUESTS_WRITE])
def test_who_may_only_read_makes_no_order(server: Server, scope):
    """Each operation needs its own right."""
    with server.client(scope) as client:
        assert client.post("/v1/orders", json={"text": "акб 5 шт"}).status_code == 403
    with server.anonymous() as nobody:
        assert nobody.get("/v1/orders").status_code == 401
