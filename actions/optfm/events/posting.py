"""A POST to an address that others named; what was not taken is tried again by the outbox."""

import logging
import threading

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

    :param allowed: where they may be.
    :param whom: who is posted to, as the staff read it.
    :param at_once: as many are.
    """

    def __init__(self, allowed: Allowed, whom: str, at_once: int) -> None:
        self._allowed = allowed
        self._whom = whom
        self._pool = pool(allowed)
        self._room = threading.BoundedSemaphore(at_once)

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        """Post it.

        :returns: the status, and how long to wait, where the far side says so.
        :raises Later: nobody answers.
        :raises Busy: there is no room now.
        :raises Never: this address is not called.
        """
        if not self._room.acquire(blocking=False):
            raise Busy("другие доставки занимают место", longest_s=_BUSY_S)
        try:
            return self._post(url, body, headers)
        finally:
            self._room.release()

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
