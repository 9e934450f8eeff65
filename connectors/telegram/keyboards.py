"""The buttons of an answer in Telegram's own forms, and which payload a pressed one stands for."""

import hashlib
import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from connectors.server.answers import Answer
from connectors.server.database import Database

#: Bytes that Telegram takes with a button.
_LONGEST_DATA = 64
#: Before the key of a payload that is longer, or that begins so itself.
_KEY = "#"
#: Characters of titles that fit beside each other on a phone.
_LINE = 30
#: Bot's messages among which the payload of a key is looked for.
_LOOKED_BACK = 100


def keyboard(answer: Answer, phone_button: str) -> tuple[dict[str, Any] | None, str]:
    """The keyboard of an answer.

    Asked for a phone, the customer gets a keyboard of texts with one button that shares it:
    Telegram has no such button among those inside the chat.

    :returns: `reply_markup` or None, and lines for the text: links that make no button.
    """
    buttons = [button for button in answer.get("buttons") or () if button.get("title")]
    links = [button for button in buttons if button.get("url")]
    under = "\n".join(f"{b['title']}: {b['url']}" for b in links if not _is_public(b["url"]))
    custom = answer.get("custom") or {}
    form = (custom.get("form") or {}) if isinstance(custom, dict) else {}
    if form.get("field") == "phone":
        rows = [[{"text": phone_button, "request_contact": True}]]
        rows += [[{"text": button["title"]}] for button in buttons if not button.get("url")]
        return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}, under
    shown = [
        {"text": button["title"], "url": button["url"]}
        if button.get("url")
        else {"text": button["title"], "callback_data": callback_data(button)}
        for button in buttons
        if not button.get("url") or _is_public(button["url"])
    ]
    if shown:
        return {"inline_keyboard": _rows(shown)}, under
    # Whatever keyboard of texts stands there has served its time.
    return ({"remove_keyboard": True} if form else None), under


def callback_data(button: dict[str, Any]) -> str:
    """What Telegram sends back for a button: its payload, or a key of it where that is long."""
    payload = str(button.get("payload") or button["title"])
    if len(payload.encode("utf-8", "replace")) <= _LONGEST_DATA and not payload.startswith(_KEY):
        return payload
    return _KEY + hashlib.sha256(payload.encode("utf-8", "replace")).hexdigest()[:32]


async def payload_of(data: str, dialog: str, database: Database) -> str:
    """The payload of a pressed button.

    :param data: as Telegram brings it; anybody can make one up.
    :returns: for a key that this dialog was never shown, nothing that means anything.
    :raises DatabaseAway: it does not answer.
    """
    if not data.startswith(_KEY):
        return data
    rows = await database.ask(
        "SELECT data FROM events WHERE sender_id = %s AND type_name = 'bot'"
        " AND position('\"payload\"' in data) > 0 ORDER BY id DESC LIMIT %s",
        dialog,
        _LOOKED_BACK,
    )
    for (event,) in rows:
        for button in (json.loads(event).get("data") or {}).get("buttons") or ():
            if button.get("title") and callback_data(button) == data:
                return str(button["payload"])
    return ""


def _rows(buttons: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Beside each other while the titles fit."""
    rows: list[list[dict[str, Any]]] = []
    for button in buttons:
        if rows and sum(len(b["text"]) for b in (*rows[-1], button)) <= _LINE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _is_public(url: str) -> bool:
    """Whether Telegram takes it for a button: it refuses the names of one's own network."""
    parts = urlsplit(url)
    try:
        return not ipaddress.ip_address(parts.hostname or "").is_private
    except ValueError:
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
