"""What Telegram tells of: messages, edits, pressed buttons, as the inbox takes them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from connectors.inbox.incoming import Attachment

Json = dict[str, Any]
#: What the bot asks Telegram to tell it of.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
_FIELDS = yaml.safe_load(Path(__file__).with_name("message_fields.yml").read_text(encoding="utf-8"))
_SERVICE, _ENVELOPE = frozenset(_FIELDS["service"]), frozenset(_FIELDS["envelope"])
#: An animation comes as a document, too.
_FILES = ("voice", "video", "video_note", "audio", "sticker", "animation", "document")


@dataclass(frozen=True, kw_only=True)
class CustomerUpdate:
    """What a customer did."""

    chat: int
    text: str
    message_id: int
    sent_at: float
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    quoted: str = ""
    query: str = ""  #: the id of the callback, if a button was pressed
    album: str = ""  #: of the photos and files that he sent as one message


def chat_of(update: Json) -> Json | None:
    """The chat that an update is about; None for kinds that the bot does not know."""
    for kind in KINDS:
        content = update.get(kind)
        if isinstance(content, dict):
            chat = (content.get("message") or {}).get("chat") if kind == "callback_query" else None
            found = chat or content.get("chat")
            return found if isinstance(found, dict) and "id" in found else None
    return None


def said(update: Json) -> CustomerUpdate | None:
    """What a customer wrote, changed or pressed; None where there is nothing to answer."""
    if query := update.get("callback_query"):
        message = query["message"]
        return CustomerUpdate(
            chat=int(message["chat"]["id"]),
            text=str(query.get("data") or ""),
            message_id=int(message.get("message_id", 0)),
            sent_at=0.0,
            query=str(query["id"]),
        )
    message = update.get("message") or update.get("edited_message")
    if not message:
        return None
    if "edited_message" in update and "location" in message:
        return None  # somebody moves, and Telegram tells of each step
    text = str(message.get("text") or message.get("caption") or _shared_phone(message))
    attachments = _attachments(message)
    if not text and not attachments:
        if not _SERVICE.isdisjoint(message) or _ENVELOPE.issuperset(message):
            return None  # a title was changed, somebody came
        # A poll, a game, and what Telegram will have tomorrow: a customer sent it and waits.
        attachments = (Attachment(kind="other"),)
    return CustomerUpdate(
        chat=int(message["chat"]["id"]),
        text=text,
        message_id=int(message["message_id"]),
        sent_at=float(message.get("date") or 0),
        attachments=attachments,
        edited="edited_message" in update,
        quoted=_quoted(message),
        album=str(message.get("media_group_id") or ""),
    )


def _shared_phone(message: Json) -> str:
    phone = str((message.get("contact") or {}).get("phone_number") or "")
    return f"+{phone}" if phone[:1].isdigit() and not phone.startswith("8") else phone


def _quoted(message: Json) -> str:
    if quote := message.get("quote"):
        return str(quote.get("text") or "")
    replied = message.get("reply_to_message") or {}
    return str(replied.get("text") or replied.get("caption") or "")


def _attachments(message: Json) -> tuple[Attachment, ...]:
    if photo := message.get("photo"):
        largest = photo[-1]
        return (
            Attachment(
                kind="photo",
                file_id=str(largest["file_id"]),
                mime="image/jpeg",
                size=int(largest.get("file_size") or 0),
            ),
        )
    for kind in _FILES:
        if file := message.get(kind):
            return (
                Attachment(
                    kind=kind,
                    file_id=str(file["file_id"]),
                    file_name=str(file.get("file_name") or ""),
                    mime=str(file.get("mime_type") or ""),
                    size=int(file.get("file_size") or 0),
                ),
            )
    if place := message.get("location"):
        at = (float(place["latitude"]), float(place["longitude"]))
        return (Attachment(kind="location", place=at),)
    return ()
