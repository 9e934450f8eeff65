"""Calls of a CRM over HTTP: connections tried again, answers told apart."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from optfm.outbox.entries import Later, Never

_TIMEOUT_S = (5, 20)
#: A wrong key is mended by a person, not by trying.
_AFTER_A_WRONG_KEY_S = 15 * 60.0


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
            raise Later(words, _seconds(answer.headers.get("Retry-After")))
        raise Never(words)


def _seconds(after: str | None) -> float | None:
    try:
        return float(after) if after else None
    except ValueError:  # a date; the growing pause will do
        return None
