"""A manager's file for a customer: what is taken, that it goes out once, what is kept with it."""

import re
import uuid

import httpx
import pytest
from sqlalchemy import text

from optfm.desk.attaching import FileNotTaken, attach, attached_before
from tests.api.conftest import Server
from tests.desk.talking import Customer

_PDF = b"%PDF-1.7\nx"
_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def masha(server: Server) -> Customer:
    """A customer who waits for a person."""
    customer = Customer(server.engine, f"web:{uuid.uuid4().hex}")
    customer.says("пришлите счёт")
    return customer.calls()


def fields_of(page: str, customer: Customer) -> dict[str, str]:
    """Of the answer's form on a page."""
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("seen", "key")}
    return {
        "dialog": customer.dialog, "kind": "answer", "text": "",
        **{name: match[1] for name, match in found.items() if match},
    }  # fmt: skip


def send(
    client: httpx.Client, customer: Customer, file: tuple[str, bytes], **more: str
) -> httpx.Response:
    """Send a file, as a browser without JavaScript does."""
    page = client.get(f"/desk/dialogs/{customer.dialog}").text
    data = {**fields_of(page, customer), **more}
    return client.post("/desk/answer", data=data, files={"file": file})


def sent(customer: Customer) -> list[dict]:
    """The answers that are on their way to him."""
    with customer.engine.connect() as connection:
        return list(
            connection.execute(
                text("SELECT payload -> 'answer' FROM outbox WHERE dialog = :d ORDER BY id"),
                {"d": customer.dialog},
            ).scalars()
        )


def test_file_goes_out_with_its_words_and_stands_in_the_dialog(server, masha, signed_in):
    """The customer's channel gets its address on this server; the page lets it be opened."""
    anna = signed_in("Анна")
    done = send(anna, masha, ("Счёт 12.pdf", _PDF), text="Вот счёт")
    assert done.status_code == 303
    [answer] = sent(masha)
    assert answer["text"] == "Вот счёт"
    file = answer["custom"]["file"]
    assert (file["kind"], file["name"], file["size"]) == ("document", "Счёт 12.pdf", len(_PDF))
    assert re.fullmatch(r"/files/[\w-]{43}\.pdf", file["url"])
    page = anna.get(f"/desk/dialogs/{masha.dialog}").text
    assert 'download="Счёт 12.pdf"' in page
    kept = anna.get(f"/desk{file['url']}")
    assert kept.content == _PDF
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["x-content-type-options"] == "nosniff"


def test_file_needs_no_words_and_a_picture_is_shown(masha, signed_in):
    """Its name is then what is said."""
    anna = signed_in("Анна")
    send(anna, masha, ("полка.png", _PNG))
    [answer] = sent(masha)
    assert answer["text"] == "Файл: полка.png"
    assert answer["custom"]["file"]["kind"] == "photo"
    page = anna.get(f"/desk/dialogs/{masha.dialog}").text
    assert f'<img src="/desk{answer["custom"]["file"]["url"]}" alt="полка.png"' in page
    assert "Файл: полка.png" not in page


def test_form_with_a_file_sent_twice_goes_out_once(masha, signed_in):
    """As over a line that lost the answer of the server."""
    anna = signed_in("Анна")
    data = fields_of(anna.get(f"/desk/dialogs/{masha.dialog}").text, masha)
    file = {"file": ("счёт.pdf", _PDF)}
    statuses = [anna.post("/desk/answer", data=data, files=file).status_code for _ in range(3)]
    assert statuses == [303] * 3
    assert len(sent(masha)) == 1


def test_held_file_waits_with_its_words_and_goes_out_after_a_look(masha, signed_in):
    """A colleague has answered: nobody chooses the file a second time."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    before = fields_of(oleg.get(f"/desk/dialogs/{masha.dialog}").text, masha)
    send(anna, masha, ("прайс.csv", "код;цена\n".encode()), text="Лови")
    file = {"file": ("накладная.pdf", _PDF)}
    held = oleg.post("/desk/answer", data={**before, "text": "И от меня"}, files=file)
    assert held.status_code == 409
    url = re.search(r'name="file_url" value="([^"]+)" checked', held.text)
    assert url
    again = {**fields_of(held.text, masha), "text": "И от меня",
             "file_url": url[1], "file_name": "накладная.pdf"}  # fmt: skip
    assert oleg.post("/desk/answer", data=again).status_code == 303
    assert [answer["custom"]["file"]["name"] for answer in sent(masha)] == [
        "прайс.csv",
        "накладная.pdf",
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("установка.exe", b"MZ\x90", "не отправить"),
        ("страница.html", b"<script>", "не отправить"),
        ("рисунок.svg", b"<svg onload=x>", "не отправить"),
        ("макрос.xlsm", b"PK\x03\x04", "не отправить"),
        ("без имени", b"x", "не отправить"),
        ("счёт.pdf", b"MZ\x90\x00", "внутри не pdf"),
        ("фото.jpg", _PNG, "внутри не jpg"),
        ("список.txt", b"a\0b", "внутри не txt"),
        ("пусто.pdf", b"", "пустой"),
        ("фильм.mp4", b"0000ftyp" + b"0" * (20 * 2**20), "больше 20 МБ"),
    ],
)
def test_what_is_not_taken_says_why_and_nothing_goes_out(masha, signed_in, name, content, why):
    """The words stay in the field."""
    held = send(signed_in("Анна"), masha, (name, content), text="Вот & <b>")
    assert held.status_code == 422
    assert why in held.text
    assert ">Вот &amp; &lt;b&gt;</textarea>" in held.text
    assert sent(masha) == []


def test_note_takes_no_file(masha, signed_in):
    """It waits beside the words until somebody says what to do."""
    held = send(signed_in("Анна"), masha, ("счёт.pdf", _PDF), text="для вас", kind="note")
    assert held.status_code == 422
    assert "К заметке файл не прикладывается" in held.text
    assert 'name="file_url"' in held.text


def test_name_is_what_a_customer_may_read(tmp_path):
    """No folders, no letters that hide or turn others, not too long."""
    hostile = "C:\\Users\\\u202eanna\\ с\x07чёт\n" + "й" * 200 + ".PDF"
    name = attach(tmp_path, "web:1", hostile, _PDF).name
    assert name.startswith("счёт")
    assert name.endswith("й.PDF")
    assert len(name) == 100


def test_file_of_another_dialog_is_not_attached(tmp_path):
    """A form may name only what was kept for its own dialog."""
    kept = attach(tmp_path, "web:1", "счёт.pdf", _PDF)
    assert attached_before(tmp_path, "web:1", kept.url, "счёт.pdf") == kept
    assert attached_before(tmp_path, "web:2", kept.url, "счёт.pdf") is None
    assert attached_before(tmp_path, "web:1", "/files/../../etc/passwd", "x.pdf") is None
    with pytest.raises(FileNotTaken):
        attach(tmp_path, "web:1", "", _PDF)
