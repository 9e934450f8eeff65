"""The queue: who stands in it, in which order, and who is found by what."""

import re
import time
import uuid

import pytest
from sqlalchemy import text

from tests.api.conftest import Server
from tests.desk.talking import Customer


@pytest.fixture
def customer(server: Server):
    """Makes customers who have never written before."""
    return lambda channel="web": Customer(server.engine, f"{channel}:{uuid.uuid4().hex}", channel)


@pytest.fixture(autouse=True)
def nobody_else(server: Server):
    """The queue of each test is its own."""
    yield
    with server.engine.begin() as connection:
        connection.execute(text("TRUNCATE events, staff_views, requests CASCADE"))
        connection.execute(text("UPDATE dialogs SET mode = 'bot', manager = NULL, until = NULL"))


def listed(page: str) -> list[str]:
    """The dialogs of a page, in order."""
    from urllib.parse import unquote

    return [unquote(path) for path in re.findall(r'href="/desk/dialogs/([^"]+)"', page)]


def test_who_calls_waits_until_one_of_the_staff_answers(customer, signed_in):
    """The bot's words answer nothing; the customer's next word waits again."""
    anna = signed_in("Анна")
    masha = customer()
    masha.says("позовите менеджера")
    masha.calls().hears("Зову.")
    assert listed(anna.get("/desk/").text) == [masha.dialog]
    masha.hears("Добрый день!", manager="Анна")
    with masha.engine.begin() as connection:
        connection.execute(text("SELECT dialog_take(:d, 'Анна', 30)"), {"d": masha.dialog})
    assert listed(anna.get("/desk/").text) == []
    masha.says("а доставка?")
    assert listed(anna.get("/desk/").text) == [masha.dialog]
    assert "ждёт меньше минуты" in anna.get("/desk/").text


def test_the_queue_tells_what_whoever_waits_has_said(customer, signed_in):
    """His own last words, not the bot's «зову»: by these one waits for another."""
    who = customer()
    who.says("здравствуйте")
    who.says("дисплей на редми 9а почём")
    who.hears("650 ₽")
    who.says("позовите человека")
    who.calls().hears("Зову менеджера.")
    shown = signed_in("Анна").get("/desk/").text
    assert "дисплей на редми 9а почём · позовите человека" in shown
    assert "Зову менеджера" not in shown
    assert "здравствуйте" not in shown


def test_whoever_waits_longest_stands_first(customer, signed_in):
    """And a dialog of the bot's does not wait, whatever its customer says."""
    first, second, bots = customer(), customer(), customer()
    for who in (first, second):
        who.says("человека")
        who.calls()
        time.sleep(0.01)
    bots.says("почём дисплей")
    assert listed(signed_in("Анна").get("/desk/").text) == [first.dialog, second.dialog]


def test_mine_are_those_that_i_have(customer, signed_in):
    """A colleague's stand in «Все», with her name."""
    hers, his = customer(), customer()
    for who, name in ((hers, "Анна"), (his, "Олег")):
        who.says("вопрос")
        with who.engine.begin() as connection:
            connection.execute(text("SELECT dialog_take(:d, :n, 30)"), {"d": who.dialog, "n": name})
    assert listed(signed_in("Анна").get("/desk/?tab=mine").text) == [hers.dialog]
    everything = signed_in("Анна").get("/desk/?tab=all").text
    assert listed(everything) == [his.dialog, hers.dialog]
    assert "Олег" in everything


def test_new_requests_stand_there_until_they_are_taken(customer, signed_in):
    """Also of a customer who only talks with the bot."""
    anna, masha = signed_in("Анна"), customer()
    masha.says("привет")
    number = masha.leaves_request("Мария", "+79101112233")
    assert f"заявка № {number}" in anna.get("/desk/?tab=new").text
    form = {"dialog": masha.dialog, "what": "take", "shown": ""}
    anna.post("/desk/act", data=form)
    assert f"заявка № {number}" not in anna.get("/desk/?tab=new").text


def test_all_are_shown_page_by_page_each_once(customer, signed_in):
    """The newest first; «Раньше» leads to the next page."""
    everybody = [customer() for _ in range(53)]
    for who in everybody:
        who.says("раз")
    everybody[0].says("ещё раз")
    anna = signed_in("Анна")
    page = anna.get("/desk/?tab=all").text
    older = re.search(r'href="(/desk/\?tab=all&amp;before=\d+)"', page)
    assert older
    rest = anna.get(older[1].replace("&amp;", "&")).text
    expected = [everybody[0], *reversed(everybody[1:])]
    assert listed(page) + listed(rest) == [who.dialog for who in expected]


def test_unread_is_told_apart_from_waiting(customer, signed_in):
    """Looking at a dialog reads it; it waits all the same."""
    anna, masha = signed_in("Анна"), customer()
    masha.says("человека")
    masha.calls()
    assert "не прочитано" in anna.get("/desk/").text
    anna.get(f"/desk/dialogs/{masha.dialog}")
    page = anna.get("/desk/").text
    assert "не прочитано" not in page
    assert "ждёт" in page


def test_colleague_who_looks_is_named(customer, signed_in):
    """And is not named any longer when he has left."""
    anna, oleg, masha = signed_in("Анна"), signed_in("Олег"), customer()
    masha.says("человека")
    masha.calls()
    oleg.get(f"/desk/dialogs/{masha.dialog}")
    assert "смотрит Олег" in anna.get("/desk/").text
    oleg.post("/desk/leave", data={"dialog": masha.dialog})
    assert "смотрит" not in anna.get("/desk/").text


@pytest.mark.parametrize(
    "typed",
    [
        "дисплеев",  # said: «дисплеи»
        "ДИСПЛЕЙ",
        "жёлтый",  # said: «желтый»
        "дисп",
        "SM-A515F",
        "УТ-00012",
        "+7 (910) 111-22-33",
        "8 910 111 22 33",
        "2233",
        "Мария",
        "Иваново",
    ],
)
def test_found_by(customer, signed_in, typed: str):
    """Words in any form and half a word, a code, a phone and its end, a name, a town."""
    masha, other = customer(), customer()
    masha.says("нужны дисплеи желтые на SM-A515F, код УТ-00012")
    masha.leaves_request("Мария Сухова", "+79101112233", "заберу в Иваново")
    other.says("привет")
    found = signed_in("Анна").get("/desk/", params={"q": typed}).text
    assert listed(found) == [masha.dialog]


def test_found_by_the_number_of_a_request(customer, signed_in):
    """With and without the sign."""
    masha = customer()
    masha.says("привет")
    number = masha.leaves_request("Пелагея", "+79107778899")
    for typed in (f"№{number}", f"заявка {number}", f"# {number}"):
        assert masha.dialog in listed(signed_in("Анна").get("/desk/", params={"q": typed}).text)


@pytest.mark.parametrize("typed", ["'; DROP", "!&|()", "<->", ":*", "%", "\\", "№", "ё", "🙂"])
def test_nothing_that_is_typed_breaks_the_search(signed_in, typed: str):
    """Signs of Postgres' own language are no words."""
    assert signed_in("Анна").get("/desk/", params={"q": typed}).status_code == 200


def test_found_words_are_marked_and_hostile_ones_are_text(customer, signed_in):
    """What a customer wrote never becomes a tag, also in what was found."""
    masha = customer()
    masha.says("<script>alert(1)</script> дисплей <mark>")
    page = signed_in("Анна").get("/desk/", params={"q": "дисплей"}).text
    assert "<mark>дисплей</mark>" in page
    assert "<script>alert" not in page


def test_alerts_are_told_of_mine_and_of_nobody_s(customer, signed_in):
    """A colleague's customer rings for the colleague."""
    free, his = customer(), customer()
    for who in (free, his):
        who.says("человека")
        who.calls()
    oleg, anna = signed_in("Олег"), signed_in("Анна")
    oleg.post("/desk/act", data={"dialog": his.dialog, "what": "take", "shown": ""})
    his.says("ау")
    told = anna.get("/desk/waiting").json()
    assert (told["count"], [one["dialog"] for one in told["waiting"]]) == (1, [free.dialog])
    assert oleg.get("/desk/waiting").json()["count"] == 2
