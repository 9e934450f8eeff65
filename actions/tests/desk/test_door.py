"""The door: who gets in, for how long, and that every page asks."""

import threading
import uuid

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from optfm.desk import audit
from optfm.desk.pages import ROUTERS
from tests.api.conftest import Server
from tests.desk.conftest import FROM_OUR_PAGE, invite, session_of

PASSWORD = "четыре кота под зонтом"
#: What somebody may see who is not signed in.
_OPEN = {"/sign-in", "/invitation/{token}", "/push-worker.js"}


@pytest.fixture
def name() -> str:
    """Of nobody yet."""
    return f"Ольга {uuid.uuid4().hex[:6]}"


@pytest.fixture
def visitor(server: Server):
    """A browser that is not signed in."""
    with server.anonymous(headers=FROM_OUR_PAGE) as client:
        yield client


def set_password(server: Server, visitor: httpx.Client, name: str) -> httpx.Response:
    token = invite(server.engine, name)
    form = {"password": PASSWORD, "again": PASSWORD}
    return visitor.post(f"/desk/invitation/{token}", data=form)


def test_link_sets_the_password_once(server: Server, visitor: httpx.Client, name: str):
    """It lets its owner in; a second time, and with a token that is made up, it says what to do."""
    token = invite(server.engine, name)
    assert name in visitor.get(f"/desk/invitation/{token}").text
    assert visitor.get(f"/desk/invitation/{token}").status_code == 200
    form = {"password": PASSWORD, "again": PASSWORD}
    done = visitor.post(f"/desk/invitation/{token}", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/")
    assert name in visitor.get("/desk/").text
    for used in (token, "x" * 43):
        again = visitor.post(f"/desk/invitation/{used}", data=form)
        assert again.status_code == 404
        assert "staff reset" in again.text


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("короткий", "короткий"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa"),
        (PASSWORD, PASSWORD + "!"),
        ("{name} и кот", "{name} и кот"),
        ("д" * 201, "д" * 201),
    ],
)
def test_bad_password_is_not_set(server, visitor, name, password, again):
    """Too short, one letter, two different ones, one's own name, too long: the link still works."""
    token = invite(server.engine, name)
    form = {"password": password.format(name=name), "again": again.format(name=name)}
    assert visitor.post(f"/desk/invitation/{token}", data=form).status_code == 422
    assert visitor.get(f"/desk/invitation/{token}").status_code == 200


def test_name_and_password_let_in_where_one_was_going(server, visitor, name):
    """However the name is typed; a cookie that scripts cannot read; never to another site."""
    set_password(server, visitor, name)
    visitor.cookies.clear()
    asked = visitor.get("/desk/account?x=1")
    assert asked.headers["location"] == "/desk/sign-in?next=/desk/account%3Fx%3D1"
    form = {"name": f"  {name.upper()} ", "password": PASSWORD, "next": "/desk/account"}
    done = visitor.post("/desk/sign-in", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/account")
    cookie = done.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    for foreign in ("https://evil.example/", "//evil.example", "/desk//evil.example", "/desk/\\e"):
        done = visitor.post("/desk/sign-in", data={**form, "next": foreign})
        assert done.headers["location"] == "/desk/"


def test_behind_tls_the_cookie_is_of_this_host_alone(server, visitor, name):
    """The proxy says that the page came by TLS."""
    set_password(server, visitor, name)
    form = {"name": name, "password": PASSWORD}
    done = visitor.post("/desk/sign-in", data=form, headers={"X-Forwarded-Proto": "https"})
    cookie = done.headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie
    assert "Path=/;" in cookie


def test_a_name_tried_elsewhere_keeps_its_owner_out_only_after_many(server, name):
    """Customers read the names: ten tries of a stranger must not lock a manager out."""
    with server.engine.begin() as connection:
        for count, closed in ((10, False), (190, True)):
            for _ in range(count):
                audit.note(connection, None, audit.FAILED, name, address="203.0.113.7")
            assert audit.too_many(connection, name, "203.0.113.7")
            assert audit.too_many(connection, name, "198.51.100.2") is closed


def test_ten_wrong_passwords_close_the_door_for_a_while(server, visitor, name):
    """Also for the right one; another name still gets in."""
    set_password(server, visitor, name)
    other = f"{name} вторая"
    set_password(server, visitor, other)
    wrong = {"name": name, "password": "не тот пароль"}
    tries = [visitor.post("/desk/sign-in", data=wrong).status_code for _ in range(11)]
    assert tries == [401] * 10 + [429]
    right = {"name": name, "password": PASSWORD}
    assert visitor.post("/desk/sign-in", data=right).status_code == 429
    assert visitor.post("/desk/sign-in", data={**right, "name": other}).status_code == 303


def test_nobody_learns_which_names_there_are(server, visitor, name):
    """A name that nobody has and a wrong password get the same answer."""
    set_password(server, visitor, name)
    answers = [
        visitor.post("/desk/sign-in", data={"name": who, "password": "что-нибудь"})
        for who in (name, "Никого такого нет")
    ]
    assert {a.status_code for a in answers} == {401}
    assert answers[0].text.replace(name, "") == answers[1].text.replace("Никого такого нет", "")


def test_every_page_asks_who_comes(server: Server, visitor: httpx.Client):
    """A page: the sign-in; anything else: 401. Made of the routes, so that none is forgotten."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            if route.path in _OPEN:
                continue
            path = "/desk" + route.path.replace("{", "").replace("}", "")
            for method in route.methods:
                answer = visitor.request(method, path)
                expected = 303 if method == "GET" else 401
                assert answer.status_code == expected, f"{method} {path}"
                part = visitor.request(method, path, headers={"HX-Request": "true"})
                assert part.status_code == 401, f"{method} {path}, a part"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
    ids=str,
)
def test_other_origin_changes_nothing(server: Server, headers: dict[str, str]):
    """403 whatever it is that a page of somebody else sends, with the cookie of one of us."""
    cookies = {"desk": session_of(server.engine, "Вера")}
    with server.anonymous(cookies=cookies) as client:
        assert client.post("/desk/sign-out", headers=headers).status_code == 403
        assert client.get("/desk/account").status_code == 200


def test_browser_without_fetch_metadata_is_known_by_its_origin(server: Server):
    """As on a plain address of the shop's network."""
    cookies = {"desk": session_of(server.engine, "Вера")}
    with server.anonymous(cookies=cookies) as client:
        assert client.post("/desk/sign-out", headers={"Origin": server.url}).status_code == 303


def test_sign_out_ends_one_browser_or_all(server: Server, signed_in):
    """What another browser shows afterwards opens nothing."""
    first, second, third = (signed_in("Глеб") for _ in range(3))
    first.post("/desk/sign-out")
    assert first.get("/desk/").status_code == 303
    assert second.get("/desk/").status_code == 200
    second.post("/desk/account/sign-out-everywhere")
    assert [c.get("/desk/").status_code for c in (second, third)] == [303, 303]


@pytest.mark.parametrize("column", ["seen_at", "created_at"])
def test_session_ends_by_itself(server: Server, signed_in, column: str):
    """After a while without a request, and after two weeks in any case."""
    client = signed_in("Дина")
    assert client.get("/desk/").status_code == 200
    with server.engine.begin() as connection:
        connection.execute(
            text(
                f"UPDATE staff_sessions SET {column} = now() - interval '15 days' FROM staff"
                " WHERE staff.id = staff_id AND staff.name = 'Дина'"
            )
        )
    assert client.get("/desk/").status_code == 303


def test_nothing_in_the_database_opens_the_door(server: Server, visitor, name):
    """Passwords, links and sessions are kept as hashes."""
    token = invite(server.engine, f"{name} ждёт")
    set_password(server, visitor, name)
    with server.engine.connect() as connection:
        kept = "".join(
            str(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("staff", "staff_sessions", "staff_audit")
        )
    for secret in (token, PASSWORD, visitor.cookies["desk"]):
        assert secret not in kept
    assert "$argon2id$" in kept


def test_link_pressed_twice_at_once_sets_one_password(server: Server, name: str):
    """Two browsers with the same link: one of them is told that it has been used."""
    token = invite(server.engine, name)
    statuses: list[int] = []

    def press(password: str) -> None:
        with server.anonymous(headers=FROM_OUR_PAGE) as client:
            form = {"password": password, "again": password}
            done = client.post(f"/desk/invitation/{token}", data=form)
            statuses.append(done.status_code)

    threads = [threading.Thread(target=press, args=(f"{PASSWORD} {n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses)[0] == 303
    assert statuses.count(303) == 1


def test_pages_run_no_script_of_others(server: Server, signed_in):
    """The policy names no foreign address and nothing inline, and the pages have none."""
    page = signed_in("Анна").get("/desk/")
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page.headers["cache-control"] == "no-store"
    for inline in (" style=", " onclick=", "<script>", "<style", "javascript:", "://"):
        assert inline not in page.text


def test_errors_are_pages_with_a_way_on(server: Server, signed_in):
    """An address that is none, a method that is none; a part of a page gets a line."""
    client = signed_in("Анна")
    missing = client.get("/desk/nowhere")
    assert missing.status_code == 404
    assert "К очереди" in missing.text
    part = client.get("/desk/nowhere", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert client.delete("/desk/account").status_code == 405
    assert client.get("/desk", follow_redirects=True).status_code == 200
