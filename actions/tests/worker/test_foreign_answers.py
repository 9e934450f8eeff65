"""Whatever a CRM or a mail server answers, an entry is told, or tried again, or refused by name."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optfm.crm.amocrm import AmoCrm
from optfm.crm.bitrix24 import Bitrix24
from optfm.crm.webhook import Webhook
from optfm.outbox.entries import Later, Never
from optfm.worker.mail import check_mail, send_mail
from tests.worker.test_mail import _CARD

_EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
    database=None,
)  # fmt: skip
#: What such answers have in them, where they are right.
_NAMES = (
    *("result", "error", "error_description", "id", "ID", "item", "items", "COMMENT", "name"),
    *("_embedded", "leads", "contacts", "notes", "params", "text", "CONTACT", "LEAD"),
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)
_OBJECTS = st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=4)
_ODD = (b"", b"[" * 5_000, b"<html>", b"\xef\xbb\xbf{}", b"NaN", b"{} {}")
_BODIES = st.one_of(
    (_OBJECTS | _VALUES).map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=60),
    st.sampled_from(_ODD),
)
_RETRY = st.sampled_from(
    ["", "5", "-5", "inf", "nan", "1e400", "Wed, 21 Oct 2026 07:28:00 GMT", "٣"]
)


class _Crm(ThreadingHTTPServer):
    """Answers every call by the next of the given answers."""

    answers: list[tuple[int, str, bytes]]

    def __init__(self) -> None:
        outer = self
        self.answers = []

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, retry, body = outer.answers[0] if outer.answers else (200, "", b"{}")
                outer.answers[:] = outer.answers[1:] or outer.answers
                self.send_response(status)
                if retry:
                    self.send_header("Retry-After", retry.encode("utf-8").decode("latin1"))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = handle_any

            def log_message(self, *_: object) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def crm() -> Iterator[_Crm]:
    """A CRM that says anything."""
    server = _Crm()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", [Bitrix24, AmoCrm, Webhook])
def test_no_answer_of_a_crm_is_an_error_of_ours(crm: _Crm, kind):
    """A lead has an id that can be one, or the entry is tried again or refused with words."""
    url = f"http://127.0.0.1:{crm.server_port}/rest/1/key"
    asked = kind(url) if kind is Bitrix24 else kind(url, "key")
    answer = st.tuples(st.sampled_from([200, 200, 200, 204, 302, 400, 429, 500]), _RETRY, _BODIES)

    @_EXAMPLES
    @given(st.lists(answer, min_size=1, max_size=4))
    def ask(answers) -> None:
        crm.answers[:] = answers
        try:
            made = asked.add(replace(_CARD, phone="+79100000007"), key="k")
            assert made.strip() and made not in ("False", "None", "True", "[]", "{}")
        except Later as exc:
            assert exc.after_s is None or 0 <= exc.after_s <= 7 * 86_400
        except Never:
            pass
        crm.answers[:] = answers
        with suppress(Later, Never):
            asked.comment("lead 7" if kind is Bitrix24 else "7", "слова", key="k")
        crm.answers[:] = answers
        assert isinstance(asked.check(), str)

    ask()


@contextmanager
def _smtp(replies: list[bytes]) -> Iterator[int]:
    """A mail server that says these things, whatever it is told, then hangs up; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with closing(listener):
            talk, _ = listener.accept()
            with talk:
                talk.settimeout(0.2)
                try:
                    for reply in replies:
                        talk.sendall(reply)
                        talk.recv(4_096)
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    thread.join(10)


_REPLIES = st.one_of(
    st.sampled_from([
        b"220 mail\r\n", b"250 OK\r\n", b"354 go on\r\n", b"250-a\r\n250 AUTH PLAIN\r\n",
        b"250 OK\r\n250 OK\r\n", b"421 bye\r\n", b"450 later\r\n", b"535 no\r\n", b"550 no\r\n",
        b"\r\n", b"25", b"999 what\r\n", b"250\r\n", b"ok\r\n", b"250 \xff\xfe\r\n", b"0 0\r\n",
        b"250-" + b"x" * 9_000 + b"\r\n",
    ]),
    st.binary(max_size=30).map(lambda line: line + b"\r\n"),
)  # fmt: skip


@_EXAMPLES
@given(st.lists(_REPLIES, min_size=1, max_size=9))
def test_no_reply_of_a_mail_server_is_an_error_of_ours(replies: list[bytes]):
    """The letter is sent, tried again, or refused with words."""
    with _smtp(replies) as port:
        try:
            assert "message_id" in send_mail(f"smtp://127.0.0.1:{port}", "a@b.ru", _CARD, key="k")
        except (Later, Never) as exc:
            assert str(exc)
    with _smtp(replies) as port:
        assert isinstance(check_mail(f"smtp://u:w@127.0.0.1:{port}"), str)
