"""An answer as Telegram shows it: HTML, in messages of at most 4,096 units, keyboards below."""

import html
import re
from dataclasses import dataclass
from typing import Any

from connectors.server.answers import Answer
from connectors.telegram.keyboards import keyboard

#: Telegram counts UTF-16 code units, after the marks were taken out.
LONGEST = 4_096
_PRICE = re.compile(r"\d[\d  ]*(?:,\d\d)? ₽")
_ROW = re.compile(r"\n(?=\d+\. )")
#: Methods for the files that managers send, by what they are; each has a field of its name.
_FILES = {
    "photo": "sendPhoto",
    "voice": "sendVoice",
    "video": "sendVideo",
    "audio": "sendAudio",
    "animation": "sendAnimation",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
    "document": "sendDocument",
}
_NO_CAPTION = ("sticker", "video_note")
#: Files of this server, as `connectors.server.attachments` keeps them.
_OWN = "/files/"
#: 1,024 units, and a manager's name above them.
_LONGEST_CAPTION = 1_024 - 100


@dataclass(frozen=True)
class Kept:
    """A file of this server in the place of a file's id."""

    name: str  #: as the customer sees it
    path: str  #: below the server's root


#: A call of the Bot API without its chat: the method, and the parameters.
Call = tuple[str, dict[str, Any]]


def calls(answer: Answer, phone_button: str) -> list[Call]:
    """What is to be sent for one answer, in order; the same answer always gives the same.

    :param phone_button: the title of the button that shares the customer's number.
    """
    custom = answer.get("custom") or {}
    custom = custom if isinstance(custom, dict) else {}
    markup, under = keyboard(answer, phone_button)
    text = "\n\n".join(part for part in (str(answer.get("text") or "").strip(), under) if part)
    file = custom.get("file") or {}
    if file.get("kind") in _NO_CAPTION:  # whose it is stands above it
        named = {"text": as_html(text, custom), "parse_mode": "HTML"}
        return [("sendMessage", named), _file(file, "", custom, markup)]
    sendable = file.get("kind") in _FILES and bool(file.get("file_id") or _is_own(file))
    if sendable and units(text) <= _LONGEST_CAPTION:
        return [_file(file, text, custom, markup)]
    pieces = split(text)
    found: list[Call] = [
        (
            "sendMessage",
            {
                "text": as_html(piece, custom, named=not number),
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            },
        )
        for number, piece in enumerate(pieces)
    ]
    if found and markup:
        found[-1][1]["reply_markup"] = markup
    if sendable:
        found.append(_file(file, "", custom, None))
    return found


def rest(answer: Answer, said: int) -> Answer:
    """What is left of an answer after the first `said` of its calls."""
    if not said:
        return answer
    return {**answer, "text": "\n".join(split(str(answer.get("text") or "").strip())[said:])}


def as_html(text: str, custom: dict[str, Any], *, named: bool = True) -> str:
    """A text with Telegram's marks: prices bold, codes to be copied by a tap.

    :param custom: of the answer: its `rows` tell which words are codes.
    :param named: whether a manager's name stands above his words.
    """
    marked = html.escape(text, quote=False)
    if custom.get("rows"):
        marked = _PRICE.sub(lambda found: f"<b>{found[0]}</b>", marked)
        for code in {str(row.get("code") or "") for row in custom["rows"]} - {""}:
            escaped = html.escape(code, quote=False)
            marked = marked.replace(f"код {escaped}", f"код <code>{escaped}</code>")
    name = (custom.get("manager") or {}).get("name")
    if name and named:
        marked = f"<b>{html.escape(str(name), quote=False)}:</b>\n{marked}"
    return marked


def split(text: str, longest: int = LONGEST - 100) -> list[str]:
    """A text in pieces: between rows, else lines, else words, else anywhere.

    :param longest: units a piece may have; the default leaves room for a manager's name.
    """
    pieces = []
    while units(text) > longest:
        window = _first_units(text, longest)
        at = max((found.start() for found in _ROW.finditer(window)), default=0)
        at = at or window.rfind("\n\n") if at < 1 else at
        if at <= 0:
            at = window.rfind("\n")
        if at <= 0:
            at = window.rfind(" ")
        if at <= 0:
            at = len(window)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text] if text else pieces


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def _first_units(text: str, count: int) -> str:
    window = text[:count]
    while units(window) > count:
        window = window[: -max(1, (units(window) - count) // 2)]
    return window


def _is_own(file: dict[str, Any]) -> bool:
    return str(file.get("url") or "").startswith(_OWN)


def _file(
    file: dict[str, Any], text: str, custom: dict[str, Any], markup: dict[str, Any] | None
) -> Call:
    kind = str(file["kind"])
    content = file.get("file_id") or Kept(str(file.get("name") or kind), str(file.get("url")))
    params: dict[str, Any] = {kind: content}
    if text:
        params |= {"caption": as_html(text, custom), "parse_mode": "HTML"}
    if markup:
        params["reply_markup"] = markup
    return _FILES[kind], params
