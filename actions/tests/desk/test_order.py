"""The customer's order in a manager's hands: recounted, shown once, never over another's change."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from optfm.orders import store
from optfm.orders.reading import read
from tests.api.conftest import Server
from tests.desk.talking import Customer

_LIST = "аккумулятор iphone xr 2 шт\nкабель type-c 5 шт"


@pytest.fixture
def masha(server: Server) -> Iterator[Customer]:
    """A customer with an open order of two lines."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says(_LIST)
    goods = server.services.goods
    order = goods.matcher().order(read(_LIST, goods.matcher().goods))
    store.save(server.engine, customer.dialog, order, before=None, focus=0, list_id=goods.list_id)
    yield customer


def kept(customer: Customer) -> store.Kept:
    """Her last order."""
    with customer.engine.connect() as connection:
        found = store.of_dialog(connection, customer.dialog)
    assert found
    return found


def fields_of(page: str) -> dict[str, list[str] | str]:
    """The form of a page, as a browser would send it untouched."""
    form = page[page.index('<form id="order-form"') : page.index('id="order-found"')]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found.setdefault(name[1], []).append(value[1] if value else "")
    found.pop("code", None)
    for row in form.split('<p id="line-')[1:]:
        chosen = re.search(
            r'<option value="([^"]*)" selected'
            if "<select" in row
            else r'name="code" value="(.*?)"',
            row,
        )
        found.setdefault("code", []).append(chosen[1] if chosen else "")
    return dict(found)


def opened(client: httpx.Client, customer: Customer) -> dict[str, list[str] | str]:
    """The fields of her order's form."""
    return fields_of(client.get("/desk/order", params={"dialog": customer.dialog}).text)


def press(client: httpx.Client, fields: dict, do: str = "send", **more: object) -> httpx.Response:
    """Send the form."""
    return client.post("/desk/order", data={**fields, "do": do, **more})


def test_customer_sees_the_order_recounted(masha: Customer, signed_in):
    """A quantity, a choice and an added row: in the order, in words and as data, once."""
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    option = kept(masha).order.lines[1].options[0]
    found = press(anna, fields, "find", q="дисплей iphone 11").text
    added = re.search(r'value="add ([^"]+)"', found)
    assert added
    fields = fields_of(press(anna, fields, f"add {added[1]}").text)
    fields["quantity"][0] = "10"
    fields["code"][1] = option.code
    assert press(anna, fields).status_code == 303
    order = kept(masha).order
    assert [line.quantity for line in order.lines] == [10, 5, 1]
    assert [line.code for line in order.lines][1:] == [option.code, added[1]]
    assert {line.state for line in order.lines} == {"sure"}
    with masha.engine.connect() as connection:
        [answer] = connection.execute(
            text("SELECT payload -> 'answer' FROM outbox WHERE dialog = :d"), {"d": masha.dialog}
        ).scalars()
    shown = answer["custom"]["order"]
    assert (shown["id"], shown["state"]) == (kept(masha).id, "open")
    assert shown["total"] * 100 == order.total_kop == sum(x.sum_kop or 0 for x in order.lines)
    said = answer["text"].replace("\xa0", " ")
    assert f"Заказ № {kept(masha).id} изменён:" in said
    assert "было 2 шт, стало 10 шт" in said
    assert "прайс-лист от" in said
    assert "Отвечает <strong>Анна</strong>" in anna.get(f"/desk/dialogs/{masha.dialog}").text


def test_recounting_keeps_nothing(masha: Customer, signed_in):
    """The sums are shown; the order and the customer know nothing of it."""
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    fields["quantity"][0] = "1000"
    before = kept(masha)
    page = press(anna, fields, "recount").text
    assert "было 2 шт, стало 1000 шт" in page
    assert kept(masha) == before
    assert masha.outbox() == []


def test_what_the_customer_wrote_meanwhile_is_not_overwritten(server, masha: Customer, signed_in):
    """The manager sees it, his own changes stay in the form, and the second press keeps both."""
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    fields["quantity"][0] = "7"
    goods = server.services.goods
    now = goods.matcher().order(read(f"{_LIST}\nчехол 3 шт", goods.matcher().goods))
    store.save(server.engine, masha.dialog, now, before=None, focus=2, list_id=None)
    held = press(anna, fields)
    assert held.status_code == 409
    assert "Заказ изменился, пока вы правили" in held.text
    assert kept(masha).order == now
    assert masha.outbox() == []
    assert press(anna, fields_of(held.text)).status_code == 303
    assert [line.quantity for line in kept(masha).order.lines] == [7, 5, 3]


def test_of_two_managers_one_is_held(masha: Customer, signed_in):
    """The second sees what the first did, and nothing of it is lost by his press."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    hers, his = opened(anna, masha), opened(oleg, masha)
    hers["quantity"][0], his["quantity"][1] = "11", "22"
    assert press(anna, hers).status_code == 303
    held = press(oleg, his)
    assert held.status_code == 409
    assert "было 2 шт, стало 11 шт" in held.text
    assert press(oleg, fields_of(held.text)).status_code == 303
    assert [line.quantity for line in kept(masha).order.lines] == [11, 22]
    assert len(masha.outbox()) == 2


def test_form_sent_twice_is_kept_once(masha: Customer, signed_in):
    """As over a line that lost the answer of the server."""
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    fields["quantity"][0] = "4"
    assert [press(anna, fields).status_code for _ in range(3)] == [303] * 3
    assert len(masha.outbox()) == 1


def test_colleague_s_answer_holds_the_order_too(masha: Customer, signed_in):
    """He may have said something else of it: the manager looks first."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    fields = opened(anna, masha)
    fields["quantity"][0] = "4"
    masha.hears("Кабеля нет", manager="Олег")
    held = press(anna, fields)
    assert held.status_code == 409
    assert "Не отправлено: Олег ответил(а)" in held.text
    assert kept(masha).order.lines[0].quantity == 2
    assert press(anna, fields_of(held.text)).status_code == 303
    assert oleg.get(f"/desk/dialogs/{masha.dialog}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "why"), [("много", "сколько штук?"), ("2", "Вы ничего не изменили.")]
)
def test_what_cannot_be_kept_says_why(masha: Customer, signed_in, typed, why):
    """The form stays as it was typed."""
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    fields["quantity"][0] = typed
    held = press(anna, fields)
    assert held.status_code == 422
    assert why in held.text
    assert f'name="quantity" value="{typed}"' in held.text
    assert masha.outbox() == []


def test_order_of_a_request_is_changed_with_it(masha: Customer, server, signed_in):
    """The request says so; once it is closed its order changes no more."""
    number = masha.leaves_request("Мария", "+79101112233")
    with server.engine.begin() as connection:
        store.send(connection, masha.dialog, number)
    anna = signed_in("Анна")
    fields = opened(anna, masha)
    fields["quantity"][0] = "3"
    assert press(anna, fields).status_code == 303
    with server.engine.begin() as connection:
        about = connection.execute(
            text("SELECT about FROM requests WHERE id = :n"), {"n": number}
        ).scalar_one()
        assert "Заказ изменил(а) Анна:" in about
        assert "было 2 шт, стало 3 шт" in about
        connection.execute(
            text("UPDATE requests SET status = 'closed' WHERE id = :n"), {"n": number}
        )
    assert anna.get("/desk/order", params={"dialog": masha.dialog}).status_code == 409
    assert press(anna, fields | {"key_of_form": "0" * 32}).status_code == 409
    assert kept(masha).order.lines[0].quantity == 3


def test_dialog_without_an_order_says_so(server, signed_in):
    """And a form of nobody's is refused."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says("привет")
    anna = signed_in("Анна")
    assert anna.get("/desk/order", params={"dialog": customer.dialog}).status_code == 404
    assert anna.post("/desk/order", data={"dialog": customer.dialog}).status_code == 422


def test_longest_order_has_a_form(server, signed_in):
    """Five hundred lines come back whole."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says("список")
    goods = server.services.goods
    short = goods.matcher().order(read(_LIST, goods.matcher().goods))
    order = replace(short, lines=tuple(short.lines[0] for _ in range(500)))
    store.save(server.engine, customer.dialog, order, before=None, focus=0, list_id=None)
    anna = signed_in("Анна")
    fields = opened(anna, customer)
    fields["quantity"][499] = "9"
    done = press(anna, fields)
    assert done.status_code == 303, re.findall(r'role="alert">(.*?)</p>', done.text)
    assert kept(customer).order.lines[499].quantity == 9
