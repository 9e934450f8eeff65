"""A customer in each channel of a running bot: the same hands for REST, the site and Telegram."""

import contextlib
import uuid

import requests
import socketio


class OverRest:
    """A caller of REST.

    :param root: the Rasa server's address.
    """

    def __init__(self, root, telegram):
        self.dialog = uuid.uuid4().hex
        self.buttons = []
        self._url = f"{root}/webhooks/rest/webhook"

    def say(self, text):
        """The texts of the answer."""
        body = {"sender": self.dialog, "message": text}
        said = requests.post(self._url, json=body, timeout=60).json()
        self.buttons = said[-1].get("buttons", []) if said else []
        return [part["text"] for part in said]

    def press(self, title):
        """The texts of the answer to a button of the last message."""
        return self.say(next(b["payload"] for b in self.buttons if b["title"] == title))

    def leave(self):
        """Go away."""


class OnTheSite(OverRest):
    """A tab of the site's chat; it waits for one answer to each message."""

    def __init__(self, root, telegram):
        super().__init__(root, telegram)
        self._client = socketio.SimpleClient()
        self._client.connect(root, transports=["websocket"])
        self._client.emit("session_request", {})
        self.dialog = f"web:{self._expect('session_confirm').partition('.')[0]}"

    def say(self, text):
        message_id = uuid.uuid4().hex
        self._client.emit("user_uttered", {"message": text, "message_id": message_id})
        said = self._expect("bot_uttered")
        assert said["id"] == f"{message_id}:0"
        self.buttons = said.get("buttons", [])
        return [said["text"]]

    def leave(self):
        self._client.disconnect()

    def _expect(self, name):
        while (event := self._client.receive(timeout=40))[0] != name:
            pass
        return event[1]


class InTelegram:
    """A chat of Telegram, whose messages hold 4,096 characters and no NUL."""

    def __init__(self, root, telegram):
        self._customer = telegram.customer()
        self.dialog = f"tg:{self._customer.chat}"

    def say(self, text):
        """The texts of the answer."""
        return self._answered(lambda: self._customer.writes(text.replace("\x00", "")[:4_096]))

    def press(self, title):
        """The texts of the answer to a button of the last message."""
        last = self._customer.got()[-1]
        return self._answered(lambda: self._customer.presses(last, title))

    def leave(self):
        """Go away."""

    def _answered(self, act):
        before = len(self._customer.got())
        act()
        return [message["text"] for message in self._customer.waits_for(before + 1)[before:]]


CHANNELS = [OverRest, OnTheSite, InTelegram]


@contextlib.contextmanager
def somebody(channel, root, telegram):
    """A new customer of a channel, for the block."""
    customer = channel(root, telegram)
    try:
        yield customer
    finally:
        customer.leave()
