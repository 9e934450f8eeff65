"""A dialog: what is seen there, and that each answer reaches the customer once."""

import re
import threading
import uuid

import httpx
import pytest
from sqlalchemy import text

from tests.api.conftest import Server
from tests.desk.conftest import FROM_OUR_PAGE, session_of
from tests.desk.talking import Customer


@pytest.fixture
def masha(server: Server) -> Customer:
    """A customer who waits for a person."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says("позовите человека")
    return customer.calls()


def form_of(client: httpx.Client, customer: Customer) -> dict[str, str]:
    """The fields of the answer's form, as its page has them."""
    page = client.get(f"/desk/dialogs/{customer.dialog}").text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert seen
    assert key
    return {"dialog": customer.dialog, "seen": seen[1], "key": key[1], "kind": "answer"}


def send(client: httpx.Client, customer: Customer, words: str, **more: str) -> httpx.Response:
    """Write an answer, as a browser without JavaScript does."""
    return client.post("/desk/answer", data={**form_of(client, customer), "text": words, **more})


def test_first_answer_takes_the_dialog_and_goes_out(masha: Customer, signed_in):
    """Into the dialog, to the customer's channel, and the request is answered."""
    number = masha.leaves_request("Мария", "+79101112233")
    anna = signed_in("Анна")
    done = send(anna, masha, "Добрый день!\r\nСлушаю.")
    assert done.status_code == 303
    assert [entry["text"] for entry in masha.outbox()] == ["Добрый день!\nСлушаю."]
    page = anna.get(done.headers["location"]).text
    assert "Отвечает <strong>Анна</strong>" in page
    assert "Слушаю." in page
    with masha.engine.connect() as connection:
        asked = connection.execute(
            text("SELECT status, taken_by FROM requests WHERE id = :n"), {"n": number}
        ).one()
    assert tuple(asked) == ("answered", "Анна")


def test_of_fifty_answers_at_once_one_goes_out(server: Server, masha: Customer, signed_in):
    """All saw the same; the others are held, with their text, and are told who answered."""
    seen = form_of(signed_in("Анна"), masha)
    tokens = [session_of(server.engine, f"Менеджер {n}") for n in range(5)]
    answers: list[httpx.Response] = []

    def press(n: int) -> None:
        with server.anonymous(cookies={"desk": tokens[n % 5]}, headers=FROM_OUR_PAGE) as client:
            fields = {**seen, "key": uuid.uuid4().hex, "text": f"ответ {n}"}
            answers.append(client.post("/desk/answer", data=fields))

    threads = [threading.Thread(target=press, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(masha.outbox()) == 1
    held = [answer for answer in answers if answer.status_code == 409]
    assert len(held) == 49
    assert all(re.search(r"Не отправлено: Менеджер \d ответил", answer.text) for answer in held)
    assert all(re.search(r">ответ \d+</textarea>", answer.text) for answer in held)


def test_held_answer_goes_out_when_its_writer_has_looked(masha: Customer, signed_in):
    """The form that holds it knows what has been said meanwhile."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    before = form_of(oleg, masha)
    send(anna, masha, "Я отвечу")
    held = oleg.post("/desk/answer", data={**before, "text": "И я"})
    assert held.status_code == 409
    seen = re.search(r'name="seen" value="(\d+)"', held.text)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', held.text)
    assert seen
    assert key
    again = {**before, "seen": seen[1], "key": key[1], "text": "И я"}
    assert oleg.post("/desk/answer", data=again).status_code == 303
    assert [entry["text"] for entry in masha.outbox()] == ["Я отвечу", "И я"]


def test_form_sent_twice_goes_out_once(masha: Customer, signed_in):
    """As over a line that lost the answer of the server."""
    anna = signed_in("Анна")
    fields = {**form_of(anna, masha), "text": "Один раз"}
    assert [anna.post("/desk/answer", data=fields).status_code for _ in range(3)] == [303] * 3
    assert [entry["text"] for entry in masha.outbox()] == ["Один раз"]


def test_manager_waits_until_the_bot_has_ended_its_turn(server: Server, signed_in):
    """While the bot answers nobody else does: the customer never gets both."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says("привет")
    anna = signed_in("Анна")
    fields = {**form_of(anna, customer), "text": "Здравствуйте"}
    with server.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO inbox (channel, message_id, dialog) VALUES ('web', :d, :d)"),
            {"d": customer.dialog},
        )
    held = anna.post("/desk/answer", data=fields)
    assert held.status_code == 409
    assert "бот как раз отвечает" in held.text
    assert customer.outbox() == []
    with server.engine.begin() as connection:
        connection.execute(
            text("UPDATE inbox SET answers = '[]' WHERE dialog = :d"), {"d": customer.dialog}
        )
    assert anna.post("/desk/answer", data=fields).status_code == 303


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Сначала напишите текст."),
        ("   \n", "Сначала напишите текст."),
        ("Счёт на {сумма} выставлен", "Заполните поля заготовки: {сумма}."),
        ("а" * 4001, "Слишком длинно: 4001 знаков"),
    ],
)
def test_what_cannot_go_out_stays_in_the_field(masha: Customer, signed_in, words, why):
    """And it says why."""
    held = send(signed_in("Анна"), masha, words)
    assert held.status_code == 422
    assert why in held.text
    assert masha.outbox() == []


def test_note_is_for_the_colleagues(masha: Customer, signed_in):
    """The customer gets nothing, and the dialog is nobody's yet."""
    anna = signed_in("Анна")
    send(anna, masha, "скандалит с {утра}", kind="note")
    page = signed_in("Олег").get(f"/desk/dialogs/{masha.dialog}").text
    assert "скандалит с {утра}" in page
    assert "Заметка, Анна" in page
    assert "никто не взял" in page
    assert masha.outbox() == []


def test_draft_is_kept_for_each_of_the_staff_in_each_dialog(masha: Customer, server, signed_in):
    """It is there on another browser, and gone when it is sent."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    anna.post("/desk/draft", data={"dialog": masha.dialog, "text": "Дорогая Мар"})
    page = signed_in("Анна").get(f"/desk/dialogs/{masha.dialog}").text
    assert ">Дорогая Мар</textarea>" in page
    assert "Дорогая" not in oleg.get(f"/desk/dialogs/{masha.dialog}").text
    other = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    other.says("привет")
    assert "Дорогая" not in anna.get(f"/desk/dialogs/{other.dialog}").text
    send(anna, masha, "Дорогая Мария!")
    assert "Дорогая Мар</textarea>" not in anna.get(f"/desk/dialogs/{masha.dialog}").text


def test_what_was_not_sent_is_a_draft_and_what_was_is_none(masha: Customer, signed_in):
    """Whoever closes the page that holds his answer finds it; a late draft is no ghost."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    held, refused = form_of(oleg, masha), form_of(anna, masha)
    send(anna, masha, "Я отвечу")
    assert oleg.post("/desk/answer", data={**held, "text": "И я, подробно"}).status_code == 409
    assert ">И я, подробно</textarea>" in oleg.get(f"/desk/dialogs/{masha.dialog}").text
    wrong = anna.post("/desk/answer", data={**refused, "text": "Счёт на {сумма}"})
    assert wrong.status_code == 422
    assert ">Счёт на {сумма}</textarea>" in anna.get(f"/desk/dialogs/{masha.dialog}").text
    form = {**form_of(anna, masha), "text": "Счёт на 500 ₽"}
    assert anna.post("/desk/answer", data=form).status_code == 303
    late = {"dialog": masha.dialog, "text": "Счёт на 500", "key": form["key"]}
    assert anna.post("/desk/draft", data=late).status_code == 204
    assert ">Счёт на 500</textarea>" not in anna.get(f"/desk/dialogs/{masha.dialog}").text


@pytest.mark.parametrize("what", ["draft", "look"])
def test_a_page_left_open_writes_nobody_back(signed_in, what: str):
    """The person was erased meanwhile: nothing of him is kept anew."""
    gone = {"dialog": f"web:{uuid.uuid4().hex}", "text": "Иван, перезвоню"}
    assert signed_in("Анна").post(f"/desk/{what}", data=gone).status_code == 404


def test_of_two_who_press_take_the_first_has_it(masha: Customer, signed_in):
    """The second is told who has it; who has seen that can take it over."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    fields = {"dialog": masha.dialog, "what": "take", "shown": ""}
    assert anna.post("/desk/act", data=fields).status_code == 303
    late = oleg.post("/desk/act", data=fields, headers={"HX-Request": "true"})
    assert late.status_code == 409
    assert "Уже взял(а) Анна." in late.text
    assert oleg.post("/desk/act", data={**fields, "shown": "Анна"}).status_code == 303
    assert "Отвечает <strong>Олег</strong>" in oleg.get(f"/desk/dialogs/{masha.dialog}").text


def test_dialog_is_handed_over(masha: Customer, signed_in):
    """It is the colleague's from then on; who is not of the staff gets nothing."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    oleg.get("/desk/")
    with masha.engine.begin() as connection:
        connection.execute(text("UPDATE staff SET password = 'x' WHERE name = 'Олег'"))
    assert "<option>Олег</option>" in anna.get(f"/desk/dialogs/{masha.dialog}").text
    anna.post("/desk/assign", data={"dialog": masha.dialog, "to": "Олег"})
    assert "Отвечает <strong>Олег</strong>" in oleg.get(f"/desk/dialogs/{masha.dialog}").text
    lost = anna.post("/desk/assign", data={"dialog": masha.dialog, "to": "Никто"})
    assert lost.status_code == 409


def test_bot_gets_the_dialog_back_and_the_customer_is_told(masha: Customer, signed_in):
    """Once, however often it is pressed."""
    anna = signed_in("Анна")
    send(anna, masha, "Слушаю")
    for _ in range(2):
        anna.post("/desk/act", data={"dialog": masha.dialog, "what": "release"})
    assert "Говорит бот." in anna.get(f"/desk/dialogs/{masha.dialog}").text
    assert len(masha.outbox()) == 2
    assert "Снова на связи бот" in str(masha.outbox()[1]["text"])


def test_closing_ends_the_talk_and_its_request(masha: Customer, signed_in):
    """The customer reads a farewell."""
    number = masha.leaves_request("Мария", "+79101112233")
    signed_in("Анна").post("/desk/act", data={"dialog": masha.dialog, "what": "close"})
    assert "закончен" in str(masha.outbox()[0]["text"])
    with masha.engine.connect() as connection:
        status = connection.execute(
            text("SELECT status FROM requests WHERE id = :n"), {"n": number}
        ).scalar_one()
    assert status == "closed"


def test_what_did_not_get_there_says_why_and_is_really_sent_again(masha: Customer, signed_in):
    """«Повторить» queues the delivery once more; another's message is not touched by it."""
    anna = signed_in("Анна")
    send(anna, masha, "Слышно?")
    [entry] = masha.outbox()
    with masha.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE outbox SET status = 'given_up', attempts = 3,"
                " last_error = 'клиент заблокировал бота' WHERE id = :id"
            ),
            {"id": entry["id"]},
        )
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    page = anna.get(f"/desk/dialogs/{masha.dialog}").text
    assert "Не доставлено" in page
    assert "клиент заблокировал бота" in page
    fields = {"dialog": masha.dialog, "entry": str(entry["id"])}
    assert anna.post("/desk/retry", data={**fields, "dialog": "web:other"}).status_code == 404
    assert anna.post("/desk/retry", data=fields).status_code == 303
    assert masha.outbox()[0]["status"] == "pending"
    with masha.engine.connect() as connection:
        jobs = connection.execute(
            text("SELECT args ->> 'outbox_id' FROM procrastinate_jobs WHERE status = 'todo'")
        ).scalars()
        assert list(jobs) == [str(entry["id"])]


def test_last_fifty_lines_are_shown_and_older_ones_on_demand(server: Server, signed_in):
    """Each once; notes stand where they were written."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    numbers = [customer.says(f"строка-{n}.") for n in range(120)]
    anna = signed_in("Анна")
    page = anna.get(f"/desk/dialogs/{customer.dialog}").text
    shown = re.findall(r"строка-(\d+)\.", page)
    assert shown == [str(n) for n in range(70, 120)]
    older = anna.get(
        "/desk/talk/older", params={"dialog": customer.dialog, "before": numbers[70]},
        headers={"HX-Request": "true"},
    ).text  # fmt: skip
    assert re.findall(r"строка-(\d+)\.", older) == [str(n) for n in range(20, 70)]
    plain = anna.get(f"/desk/dialogs/{customer.dialog}", params={"before": numbers[20]}).text
    assert re.findall(r"строка-(\d+)\.", plain) == [str(n) for n in range(20)]


def test_goods_are_seen_as_the_customer_saw_them(masha: Customer, signed_in):
    """Cards with price and date, the choices, the order with its sum."""
    row = {"code": "УТ-1", "codes": ["УТ-1"], "name": "Дисплей A51", "price": 1234.0,
           "final_price": 1234.0, "status": "NEW"}  # fmt: skip
    masha.hears(
        "Вот", custom={"rows": [row], "list_date": "2025-06-25"},
        buttons=[{"title": "Ещё", "payload": "/more"}],
    )  # fmt: skip
    with masha.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO orders (dialog, body) VALUES (:d, jsonb_build_object("
                "'list_date', '2025-06-25', 'lines', jsonb_build_array(jsonb_build_object("
                "'said', 'дисплей 2', 'asked', 'дисплей', 'quantity', 2, 'state', 'sure',"
                "'code', 'УТ-1', 'codes', '[]'::jsonb, 'name', 'Дисплей A51', 'price_kop', 123400,"
                "'percent', 0, 'status', '', 'options', '[]'::jsonb, 'note', ''))))"
            ),
            {"d": masha.dialog},
        )
    page = signed_in("Анна").get(f"/desk/dialogs/{masha.dialog}").text
    for part in ("Дисплей A51", "1 234 ₽", "25.06.2025", "Ещё", "2 шт ×", "2 468 ₽"):
        assert part in page.replace("\xa0", " ").replace("\u202f", " "), part


def test_row_of_the_price_list_goes_out_as_a_card(masha: Customer, signed_in):
    """Found while typing; with its price, its code and the list's date."""
    anna = signed_in("Анна")
    found = anna.get(
        "/desk/talk/goods", params={"dialog": masha.dialog, "q": "дисплей"},
        headers={"HX-Request": "true"},
    ).text  # fmt: skip
    code = re.search(r'name="code" value="([^"]+)"', found)
    assert code
    fields = {k: v for k, v in form_of(anna, masha).items() if k != "kind"}
    assert anna.post("/desk/card", data={**fields, "code": code[1]}).status_code == 303
    [entry] = masha.outbox()
    said = str(entry["text"])
    assert code[1] in said
    assert "₽" in said
    assert re.search(r"прайс-лист от \d\d\.\d\d\.\d{4}", said)
    assert anna.post("/desk/card", data={**fields, "code": "нет такого"}).status_code == 409


def test_why_the_bot_answered_so(masha: Customer, signed_in):
    """The topic with its confidence, and the steps of the search."""
    number = masha.says("сколко стоит дисплей айфон 11", intent="price")
    told = signed_in("Анна").get("/desk/talk/why", params={"dialog": masha.dialog, "id": number})
    assert "price" in told.text
    assert "0,50" in told.text
    assert "Понято:" in told.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</textarea><img src=x onerror=alert(1)>",
        '" hx-get="/desk/sign-out" hx-trigger="load',
        "data: x\n\nevent: y\r\nid: 1",
        "<hx-partial hx-target='#head'>x</hx-partial>",
        "\u202eсправа налево\u2066",
        "{{ 7 * 7 }} {% include 'x' %}",
        "а" * 60_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_a_customer_writes_is_text(server: Server, signed_in, hostile: str):
    """In the page, in its parts, in the queue, as a name and as a draft."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says(hostile)
    customer.calls().leaves_request(hostile[:200], "+79101112233", hostile[:500])
    anna = signed_in("Анна")
    anna.post("/desk/draft", data={"dialog": customer.dialog, "text": hostile[:15_000]})
    live = {"dialog": customer.dialog, "first": "0"}
    pages = [
        anna.get(f"/desk/dialogs/{customer.dialog}").text,
        anna.get("/desk/talk/live", params=live, headers={"HX-Request": "true"}).text,
        anna.get("/desk/").text,
    ]
    for page in pages:
        for tag in (
            "<script>alert",
            "<img src=x",
            'hx-get="/desk/sign-out"',
            "<hx-partial hx-target='#head'>",
        ):
            assert tag not in page
        assert "{{ 7" not in hostile or "{{ 7 * 7 }}" in page


def test_dialog_that_nobody_knows_is_a_page(signed_in):
    """Erased, or made up: it says so."""
    missing = signed_in("Анна").get("/desk/dialogs/web:nobody")
    assert missing.status_code == 404
    assert "возможно, данные клиента стёрты" in missing.text


@pytest.mark.parametrize("dialog", ["a/b/../c", "x?y#z", "имя клиента", "%2e%2e", "a b&c=d"])
def test_dialog_of_any_id_opens(server: Server, signed_in, dialog: str):
    """Callers of REST choose their ids."""
    from urllib.parse import quote

    customer = Customer(server.engine, f"{dialog}{uuid.uuid4().hex[:6]}", "rest")
    customer.says("привет из REST")
    page = signed_in("Анна").get(f"/desk/dialogs/{quote(customer.dialog, safe='')}")
    assert "привет из REST" in page.text


def test_every_act_is_written_down(masha: Customer, signed_in):
    """Who did what to which dialog."""
    anna = signed_in("Анна")
    send(anna, masha, "ответ")
    send(anna, masha, "заметка", kind="note")
    for what in ("release", "take", "close"):
        anna.post("/desk/act", data={"dialog": masha.dialog, "what": what, "shown": ""})
    with masha.engine.connect() as connection:
        acts = connection.execute(
            text(
                "SELECT act FROM staff_audit JOIN staff ON staff.id = staff_id"
                " WHERE target = :d AND name = 'Анна' ORDER BY staff_audit.id"
            ),
            {"d": masha.dialog},
        ).scalars()
        assert list(acts) == ["answer", "note", "release", "take", "close"]
