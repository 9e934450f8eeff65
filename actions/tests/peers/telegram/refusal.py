"""What the Bot API says when it refuses."""


class Refusal(Exception):
    """An answer that is not ok.

    :param code: HTTP status and `error_code`.
    :param words: Telegram's description.
    """

    def __init__(self, code: int, words: str, retry_after: int | None = None) -> None:
        super().__init__(words)
        self.code, self.words, self.retry_after = code, words, retry_after

    def body(self) -> dict[str, object]:
        """As it stands in the HTTP answer."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.words}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad(words: str) -> Refusal:
    """400."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """403."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """409."""
    return Refusal(409, f"Conflict: {words}")
