"""A letter that the server has accepted is sent, whatever it says at the goodbye."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string

import pytest

from optfm.leads.card import Card
from optfm.outbox.entries import Later, Never
from optfm.worker.mail import send_mail

_CARD = Card(
    id=12,
    created_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    status="new",
    name="Анна",
    phone=None,
    email="anna@пример.рф",
    about="дисплей на а12",
    town=None,
    channel="rest",
    dialog="d-1",
    taken_by=None,
    crm_id=None,
    lines=(),
    rows=(),
    list_date=None,
)


class Server:
    """An SMTP server of few words; aiosmtpd cannot be made to hang up at QUIT.

    :param quit: what it says to QUIT; "" hangs up without a word.
    :param refuses: readers that it does not know.
    """

    def __init__(self, quit: str = "221 Bye", refuses: tuple[str, ...] = ()) -> None:
        self.letters: list[str] = []
        self._quit, self._refuses = quit, refuses
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def serve(self) -> None:
        """Until the socket is closed."""
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rw", newline="\r\n", encoding="utf-8") as talk:
                self._talk(talk)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _talk(self, talk) -> None:
        def say(words: str) -> None:
            talk.write(f"{words}\r\n".replace("\r\n", "\n"))
            talk.flush()

        say("220 mail.example")
        while line := talk.readline().strip():
            word = line[:4].upper()
            if word == "DATA":
                say("354 go on")
                letter = []
                while (part := talk.readline().rstrip("\r\n")) != ".":
                    letter.append(part)
                self.letters.append("\n".join(letter))
                say("250 OK")
            elif word == "QUIT":
                if self._quit:
                    say(self._quit)
                return
            elif word == "RCPT" and any(reader in line for reader in self._refuses):
                say("550 no such reader")
            else:
                say("250 OK")


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield server
    server.close()
    thread.join(5)


def sent(server: Server, to: str = "zakaz@example.ru"):
    return send_mail(f"smtp://127.0.0.1:{server.port}", to, _CARD, key="k")


@pytest.mark.parametrize("words", ["250 OK", "421 gone", "", "nonsense"])
def test_the_goodbye_changes_nothing(words: str):
    """The letter was accepted: a second one would be a double."""
    with serving(Server(quit=words)) as server:
        assert sent(server)["refused"] == []
        assert len(server.letters) == 1


def test_one_refused_reader_of_two_is_told(caplog: pytest.LogCaptureFixture):
    """The other has the letter; the log names who has not."""
    with serving(Server(refuses=("old@",))) as server:
        done = sent(server, "zakaz@example.ru, old@example.ru")
        assert done["refused"] == ["old@example.ru"]
    assert "old@example.ru" in caplog.text
    with serving(Server(refuses=("old@",))) as server, pytest.raises(Never):
        sent(server, "old@example.ru")


def test_russian_domains_go_out_in_punycode():
    """«пример.рф» is xn--e1afmkfd.xn--p1ai to any mail server."""
    with serving(Server()) as server:
        sent(server, "zakaz@пример.рф")
        (letter,) = server.letters
    assert "To: zakaz@xn--e1afmkfd.xn--p1ai" in letter
    assert "Reply-To: anna@xn--e1afmkfd.xn--p1ai" in letter


def test_a_server_that_is_away_is_asked_later():
    """Nobody listens there."""
    server = Server()
    server.close()
    with pytest.raises(Later):
        sent(server)


def test_an_order_comes_as_a_workbook() -> None:
    """Attached under the name that the customer's offer has."""
    workbook = ("Заказ 7.xlsx", b"PK-content")
    with serving(Server()) as server:
        url = f"smtp://127.0.0.1:{server.port}"
        send_mail(url, "a@example.com", _CARD, key="k", workbook=workbook)
    [letter] = server.letters
    [attached] = [
        part for part in message_from_string(letter).walk() if part.get_filename() is not None
    ]
    assert attached.get_payload(decode=True) == b"PK-content"
    assert "spreadsheetml" in attached.get_content_type()
