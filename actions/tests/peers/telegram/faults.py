"""Failures that a test orders for the next calls of a method."""

from dataclasses import dataclass

from tests.peers.telegram.refusal import Refusal


@dataclass
class Fault:
    """One kind of failure.

    `429`, `403`, `409`, `500`, … : the API refuses so; `cut`: the connection ends before the call
    is played, `cut_after`: after it was; `hang`: no answer for `seconds`, then it is played;
    `page`: a proxy's HTML with status 502.
    """

    method: str  #: "" or "*": every method
    kind: str
    times: int = 1
    retry_after: int = 1
    seconds: float = 5.0
    chat: int | None = None  #: only calls for this chat

    def concerns(self, method: str, chat: object) -> bool:
        """Whether it hits a call."""
        if self.times <= 0 or (self.chat is not None and str(chat) != str(self.chat)):
            return False
        return self.method in ("", "*") or self.method.lower() == method.lower()

    def refusal(self) -> Refusal | None:
        """What the API says, where it is a refusal."""
        if not self.kind.isdigit():
            return None
        words = {
            "400": "Bad Request: the peer was told to say so",
            "401": "Unauthorized",
            "403": "Forbidden: bot was blocked by the user",
            "409": "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
            "429": f"Too Many Requests: retry after {self.retry_after}",
        }
        retry_after = self.retry_after if self.kind == "429" else None
        return Refusal(int(self.kind), words.get(self.kind, "Internal Server Error"), retry_after)
