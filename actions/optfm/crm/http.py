"""Calls of a CRM over HTTP: connections tried again, answers told apart."""

import contextlib
from collections.abc import Iterator
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from common.pauses import asked_pause
from optfm.outbox.entries import Later, Never

_TIMEOUT_S = (5, 20)
#: A wrong key is mended by a person, not by trying.
_AFTER_A_WRONG_KEY_S = 15 * 60.0


@contextlib.contextmanager
def understood(name: str) -> Iterator[None]:
    """What answers lack is the far side's affair: the entry is tried again, and says so.

    :raises Later: an answer of another form than that CRM's.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as exc:
        raise Later(f"{name} отвечает не по-своему: {type(exc).__name__} {exc}"[:200]) from exc


def number_of(value: object, name: str) -> int:
    """The id of what was made or found.

    :raises Later: the CRM says 200 and names nothing (`result: false`).
    """
    digits = str(value)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str)
        or not (digits.isascii() and digits.isdigit() and int(digits))
    ):
        raise Later(f"{name} ничего не создал: {value!r}"[:200])
    return int(digits)


class Caller:
    """Calls of one CRM.

    :param name: as the staff know it, for errors.
    :param headers: sent with every call.
    """

    def __init__(self, name: str, headers: dict[str, str] | None = None) -> None:
        self._name = name
        self._session = requests.Session()
        self._session.headers.update(headers or {})
        # Only what surely was not received is sent again here; the rest is the outbox' business.
        adapter = HTTPAdapter(
            max_retries=Retry(total=2, connect=2, read=0, status=0, backoff_factor=0.3)
        )
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def call(self, method: str, url: str, **more: Any) -> requests.Response:  # noqa: ANN401 - of requests
        """One call.

        :param more: as `requests.Session.request` takes it.
        :returns: an answer below 400.
        :raises Later: away, busy (with its Retry-After), broken inside, or a wrong key.
        :raises Never: the call is refused.
        """
        try:
            answer = self._session.request(
                method, url, timeout=_TIMEOUT_S, allow_redirects=False, **more
            )
        except requests.RequestException as exc:
            raise Later(f"{self._name} не отвечает: {type(exc).__name__}") from exc
        status = answer.status_code
        if status < 300:
            return answer
        words = f"{self._name} отвечает {status}: {answer.text[:300]}"
        if 300 <= status < 400:  # a portal that moved, or asks for a login: mended by a person
            raise Later(f"{words} (проверьте адрес CRM_URL)", _AFTER_A_WRONG_KEY_S)
        if status in (401, 402, 403):
            raise Later(f"{words} (проверьте ключ и оплату)", _AFTER_A_WRONG_KEY_S)
        if status in (408, 425, 429) or status >= 500:
            raise Later(words, asked_pause(answer.headers.get("Retry-After")))
        raise Never(words)
