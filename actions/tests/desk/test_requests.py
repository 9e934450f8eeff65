"""Requests at the desk: found, read, moved on by the one owner of their state."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import openpyxl
import pytest
from sqlalchemy import text

from optfm.leads import Consent, Draft, list_requests, submit

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script></textarea>'


@pytest.fixture
def leave(server):
    """`leave("Пётр", "+79100000001")`: the number of a new request."""

    def left(name: str = "Пётр", phone: str = "+79100000001", about: str = "нужны дисплеи") -> int:
        consent = Consent(
            version="1", wording="да", given_at=datetime.now(UTC), channel="telegram",
            message_id=None,
        )  # fmt: skip
        draft = Draft(
            dialog=f"tg-{phone}", channel="telegram", name=name, phone=phone, email=None,
            about=about, town="Шуя", consent=consent,
        )  # fmt: skip
        return submit(server.engine, draft, now=datetime.now(UTC))

    return left


def test_a_new_request_is_listed_with_what_a_manager_needs(signed_in, leave):
    """Name, phone, subject, town; nothing of it is markup."""
    number = leave("Аглая", "+79100000011", HOSTILE)
    said = signed_in().get("/desk/requests").text
    assert f"№ {number}" in said
    assert "tel:+79100000011" in said
    assert "&lt;script&gt;alert(1)" in said
    assert "<script>alert" not in said


@pytest.mark.parametrize(
    "typed", ["{number}", "8 (910) 000-00-12", "+7 910 000 00 12", "агафья", "АГАФЬЯ", "плёнк"]
)
def test_it_is_found_however_it_is_asked_for(signed_in, leave, typed: str):
    """Number, phone in any form, name and words in any case; also among the closed."""
    number = leave("Агафья", "+79100000012", "плёнка на экран")
    client = signed_in()
    client.post(f"/desk/requests/{number}/move", data={"to": "closed"})
    number = list_requests(signed_in.server.engine, words="Агафья")[0].id
    said = client.get("/desk/requests", params={"q": typed.format(number=number)}).text
    assert f'href="/desk/requests/{number}"' in said


def test_a_percent_sign_is_a_percent_sign(signed_in, leave):
    """It matches nothing else."""
    leave("Некто", "+79100000013", "обычная")
    assert "ничего" in signed_in().get("/desk/requests", params={"q": "%"}).text


def test_it_is_taken_answered_and_closed_by_name(signed_in, leave):
    """Each step forward with who and when; the buttons are those that are left."""
    number = leave("Фёкла", "+79100000014")
    client = signed_in("Ольга")
    for step in ("taken", "answered", "closed"):
        answer = client.post(f"/desk/requests/{number}/move", data={"to": step})
        assert answer.status_code == 303
    found = list_requests(signed_in.server.engine, number)[0]
    assert (found.status, found.taken_by) == ("closed", "Ольга")
    said = client.get(f"/desk/requests/{number}").text
    assert "закрыта" in said
    assert "/move" not in said


def test_of_two_who_take_it_one_wins_and_the_other_reads_who(signed_in, leave):
    """Nobody is told that he took what another has."""
    number = leave("Марфа", "+79100000015")
    people = [signed_in(name) for name in ("Ольга", "Пётр", "Иван", "Анна")]

    def take(client) -> int:
        sent = client.post(f"/desk/requests/{number}/move", data={"to": "taken"})
        return int(sent.status_code)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, people)) == [303, 409, 409, 409]
    owner = list_requests(signed_in.server.engine, number)[0].taken_by
    late = people[0].post(f"/desk/requests/{number}/move", data={"to": "taken"})
    assert f"её взял(а) {owner}" in late.text


def test_it_is_handed_over_without_a_step_back(signed_in, leave):
    """A new one is taken by whom it is given to; a closed one stays."""
    number = leave("Улита", "+79100000016")
    client, other = signed_in("Ольга"), signed_in("Пётр")
    with signed_in.server.engine.connect() as connection:
        ids = dict(connection.execute(text("SELECT name, id FROM staff")).all())
    give = {"to": ids["Пётр"]}
    assert client.post(f"/desk/requests/{number}/hand-over", data=give).status_code == 303
    found = list_requests(signed_in.server.engine, number)[0]
    assert (found.status, found.taken_by) == ("taken", "Пётр")
    assert f"№ {number}" in other.get("/desk/requests?at=mine").text
    client.post(f"/desk/requests/{number}/move", data={"to": "closed"})
    back = {"to": ids["Ольга"]}
    assert client.post(f"/desk/requests/{number}/hand-over", data=back).status_code == 409
    assert list_requests(signed_in.server.engine, number)[0].taken_by == "Пётр"
    with signed_in.server.engine.connect() as connection:
        acts = connection.execute(
            text("SELECT act FROM staff_audit WHERE target = :t ORDER BY id"),
            {"t": f"request {number}"},
        ).scalars()
        assert list(acts) == ["request_hand_over", "request_closed"]


def test_a_request_that_is_not_there_is_said_so(signed_in):
    """Nor is a step that there is not, nor a colleague."""
    client = signed_in()
    assert client.get("/desk/requests/999999").status_code == 404
    assert client.post("/desk/requests/999999/move", data={"to": "taken"}).status_code == 404
    assert client.post("/desk/requests/1/move", data={"to": "new"}).status_code == 422
    assert client.post("/desk/requests/1/hand-over", data={"to": 999}).status_code == 404
    assert client.get("/desk/requests/99999999999999999999").status_code == 422


def test_the_book_for_excel_runs_nothing(signed_in, leave):
    """All that the tab shows, as texts."""
    leave("Прасковья", "+79100000017", HOSTILE)
    sent = signed_in().get("/desk/requests.xlsx", params={"q": "Прасковья"})
    sheet = openpyxl.load_workbook(io.BytesIO(sent.content)).active
    row = next(sheet.iter_rows(min_row=2))
    assert HOSTILE in [cell.value for cell in row]
    assert "Telegram" in [cell.value for cell in row], "a channel by its name"
    assert "f" not in {cell.data_type for cell in row}


def test_an_empty_page_says_what_to_do(signed_in):
    """New ones come by themselves; mine are taken from there."""
    said = signed_in("Новенький").get("/desk/requests?at=mine").text
    assert "Возьмите" in said
