"""What a manager sent that is no text, as an answer to the customer."""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.managers.words import ManagerWords
from connectors.server import attachments
from connectors.server.answers import Answer
from connectors.telegram.api import TelegramApi, TelegramError

#: What a customer can be given, and how Telegram's messages call it.
KINDS = ("photo", "voice", "document", "video", "audio", "video_note", "sticker")
#: What Telegram lets a bot download.
_LARGEST = 20 * 2**20


class TooLarge(Exception):
    """A file that cannot be copied out of Telegram."""


@dataclass(frozen=True, kw_only=True)
class ManagersFile:
    """One file of a message."""

    kind: str  #: of KINDS
    file_id: str
    name: str
    mime: str
    size: int  #: bytes; 0: not known
    emoji: str = ""  #: what a sticker stands for


def file_of(message: dict[str, Any]) -> ManagersFile | None:
    """The file of a Telegram message; None where it has none that can be passed on."""
    # An animation comes as a document, too, and is one for everybody but Telegram.
    for kind in ("animation", *KINDS):
        content = message.get(kind)
        if not content:
            continue
        sized = content[-1] if isinstance(content, list) else content
        endings = {"photo": "jpg", "voice": "ogg", "sticker": "webp"}
        return ManagersFile(
            kind=kind,
            file_id=str(sized["file_id"]),
            name=str(sized.get("file_name") or f"{kind}.{endings.get(kind, 'mp4')}"),
            mime=str(sized.get("mime_type") or ("image/jpeg" if kind == "photo" else "")),
            size=int(sized.get("file_size") or 0),
            emoji=str(sized.get("emoji") or ""),
        )
    return None


def written(message: dict[str, Any]) -> str:
    """The words of a message, with the addresses that Telegram hides behind some of them."""
    text = str(message.get("text") or message.get("caption") or "")
    units = text.encode("utf-16-le")  # as Telegram counts
    for entity in reversed(message.get("entities") or message.get("caption_entities") or ()):
        address = str(entity.get("url") or "")
        if entity.get("type") != "text_link" or not address.startswith(("http://", "https://")):
            continue
        end = 2 * (int(entity["offset"]) + int(entity["length"]))
        if address not in text:
            units = units[:end] + f" ({address})".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace").strip()


def in_words(message: dict[str, Any], words: ManagerWords) -> str:
    """A place or somebody's card as a text that every channel shows; "" for anything else."""
    venue = message.get("venue") or {}
    if place := venue.get("location") or message.get("location"):
        told = ", ".join(str(venue[name]) for name in ("title", "address") if venue.get(name))
        name = f"{told}:" if told else words.say("customer", "place_name")
        at = {side: place[side] for side in ("latitude", "longitude")}
        return words.say("customer", "place", name=name, **at)
    if card := message.get("contact"):
        names = (card.get("first_name"), card.get("last_name"))
        name = " ".join(str(part) for part in names if part)
        return words.say("customer", "contact", name=name, phone=card["phone_number"])
    return ""


async def answer_with(
    found: ManagersFile,
    caption: str,
    *,
    dialog: str,
    api: TelegramApi,
    words: ManagerWords,
    var: Path,
    public_url: str,
) -> Answer:
    """The answer that carries a file.

    Telegram passes it on by its number; everybody else gets a link to a copy of it, which the
    desk shows, too.

    :raises TooLarge: it does not leave Telegram.
    :raises TelegramError: the file does not open.
    """
    sent: dict[str, Any] = {
        "kind": found.kind,
        "file_id": found.file_id,
        "name": found.name,
        "mime": found.mime,
        "size": found.size,
        "caption": caption,
    }
    if dialog.startswith("tg:"):
        if found.size <= _LARGEST and found.kind != "sticker":
            with contextlib.suppress(TelegramError, OSError):
                sent["url"] = public_url + await _copied(found, dialog=dialog, api=api, var=var)
        return {"text": caption or _named(words, found), "custom": {"file": sent}}
    if found.kind == "sticker" and found.emoji:
        return {"text": found.emoji, "custom": {}}
    if found.size > _LARGEST:
        raise TooLarge
    sent["url"] = public_url + await _copied(found, dialog=dialog, api=api, var=var)
    text = f"{caption or _named(words, found)}\n{sent['url']}"
    if found.kind == "photo":
        return {"text": text, "custom": {"file": sent}, "image": sent["url"]}
    source = {"src": sent["url"], "name": found.name}
    attachment = {"type": "audio" if found.kind == "voice" else "file", "payload": source}
    return {"text": text, "custom": {"file": sent}, "attachment": attachment}


async def _copied(found: ManagersFile, *, dialog: str, api: TelegramApi, var: Path) -> str:
    content = await api.download(found.file_id)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, attachments.keep, var, dialog, found.name, content)


def _named(words: ManagerWords, found: ManagersFile) -> str:
    if found.kind == "sticker":
        return found.emoji
    if found.kind in ("photo", "voice", "video", "video_note", "animation"):
        return words.say("customer", found.kind)
    return words.say("customer", "file", file=found.name)
