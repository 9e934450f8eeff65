"""A POST to an address that others named; what was not taken is tried again by the outbox."""

import contextlib
import logging
import threading
from collections.abc import Iterator

import urllib3

from common.pauses import asked_pause
from optfm.events.addresses import Allowed, NotAllowed, pool
from optfm.outbox.entries import Busy, Later, Never

log = logging.getLogger(__name__)

_PATIENCE = urllib3.Timeout(connect=5.0, read=10.0)
_BUSY_S = 1.0
_READ_BYTES = 4096
_LONGEST_PAUSE_S = 3600.0


class Poster:
    """Posts to such addresses, few at once: those that hang must leave room for everything else.

    A far side has one place of them: what waits for one that hangs holds nobody else up.

    :param allowed: where they may be.
    :param whom: who is posted to, as the staff read it.
    :param at_once: as many are.
    """

    def __init__(self, allowed: Allowed, whom: str, at_once: int) -> None:
        self._allowed = allowed
        self._whom = whom
        self._pool = pool(allowed)
        self._at_once = at_once
        self._busy: set[str] = set()  # far sides that are posted to now
        self._lock = threading.Lock()

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        """Post it.

        :returns: the status, and how long to wait, where the far side says so.
        :raises Later: nobody answers.
        :raises Busy: there is no room now.
        :raises Never: this address is not called.
        """
        with self._place(url):
            return self._post(url, body, headers)

    @contextlib.contextmanager
    def _place(self, url: str) -> Iterator[None]:
        far_side = url.partition("//")[2].partition("/")[0]
        with self._lock:
            if far_side in self._busy or len(self._busy) >= self._at_once:
                raise Busy("другие доставки занимают место", longest_s=_BUSY_S)
            self._busy.add(far_side)
        try:
            yield
        finally:
            with self._lock:
                self._busy.remove(far_side)

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        try:
            self._allowed.check(url)
            answer = self._pool.request(
                "POST",
                url,
                body=body,
                headers=headers,
                timeout=_PATIENCE,
                redirect=False,
                retries=False,
                preload_content=False,
            )
        except NotAllowed as exc:
            raise Never(str(exc)) from exc
        except (urllib3.exceptions.HTTPError, OSError) as exc:
            raise Later(f"{self._whom} не отвечает: {type(exc).__name__}") from exc
        try:
            answer.read(_READ_BYTES)
        except (urllib3.exceptions.HTTPError, OSError):
            log.debug("the answer of a receiver broke off after its status")
        finally:
            answer.close()
        pause = asked_pause(answer.headers.get("Retry-After"))
        return answer.status, None if pause is None else min(pause, _LONGEST_PAUSE_S)
