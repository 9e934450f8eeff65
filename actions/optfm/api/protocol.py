"""HTTP on the wire, with an end to the patience for headers that are many, long or slow."""

import json
import uuid
from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST_HEADERS = 100
_LONGEST_HEADERS = 32 * 1024
#: From the connection, or from a request's first byte, to the end of its headers.
_HEADERS_S = 10.0
_REFUSAL = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


_NOT_HTTP = (
    "Это не запрос HTTP. Русские буквы и пробелы в адресе передавайте в кодировке %XX: "
    "curl -G --data-urlencode 'q=дисплей айфон 11' …"
)


class BoundedHeaders(HttpToolsProtocol):
    """uvicorn's protocol, which puts no bound on headers by itself."""

    _deadline: TimerHandle | None = None
    _header_bytes = 0
    _in_headers = False
    _refused = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A connection on which nothing comes is closed, too."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes before the headers have ended."""
        if self._refused:
            return
        if self._in_headers:
            self._header_bytes += len(data)
            if self._header_bytes > _LONGEST_HEADERS:
                self._refuse()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_headers, self._header_bytes = True, 0
        if self._deadline is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """They are all there: hand the request over, unless they are too many."""
        self._in_headers = False
        self._stop_waiting()
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if len(self.headers) > _MOST_HEADERS or size > _LONGEST_HEADERS:
            self._refuse()
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """What follows refused headers is nothing."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """As `on_body`."""
        if not self._refused:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What cannot be read at all gets a problem like any other, as far as one can say."""
        told = {
            "type": "/problems/bad_request",
            "title": "Запрос не разобран",
            "status": 400,
            "code": "bad_request",
            "detail": _NOT_HTTP,
            "request_id": uuid.uuid4().hex,
            "errors": [],
        }
        body = json.dumps(told, ensure_ascii=False).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(_HEADERS_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()

    def _refuse(self) -> None:
        self._refused = True
        self._stop_waiting()
        self.transport.write(_REFUSAL)
        self.transport.close()
