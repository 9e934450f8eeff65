"""A message as a channel received it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from connectors.server.answers import Answer

_NAMES = {
    "photo": "фото.jpg",
    "voice": "голосовое.ogg",
    "audio": "запись.mp3",
    "video": "видео.mp4",
    "video_note": "видео.mp4",
    "animation": "анимация.mp4",
    "sticker": "стикер.webp",
}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What came beside the words, or in their place."""

    #: photo, voice, video, video_note, animation, audio, document, sticker, location, other
    kind: str
    file_id: str = ""  #: Telegram's, good for sending it on within Telegram
    path: str = ""  #: of a file that was uploaded to this server
    file_name: str = ""
    mime: str = ""
    size: int = 0  #: bytes; 0: not known
    place: tuple[float, float] | None = None  #: of a location: latitude, longitude

    @property
    def shown_name(self) -> str:
        """Its name, or one that says what it is: photos and voices come without."""
        return self.file_name or _NAMES.get(self.kind, "")

    def as_file(self) -> dict[str, Any]:
        """As dialogs keep it and the site's chat shows it."""
        return {"name": self.shown_name, "size": self.size, "mime": self.mime, "url": self.path}


#: Keeps a file of the channel at this server: its path below the root (`server.attachments`).
#: Raises `order_file.FetchFailed`.
Fetch = Callable[[Attachment], Awaitable[str]]
#: Says something to the customer while his turn is going on.
Meanwhile = Callable[[Answer], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message of a customer."""

    channel: str  #: rest, telegram, web
    sender: str  #: whoever writes, as the channel calls him
    text: str
    #: The channel's own id of it; a message that comes again with the same one is answered once.
    #: "": the channel has none.
    message_id: str = ""
    dialog: str = ""  #: where the channel knows it; else it is made of the sender
    address: str = ""  #: the network address, for its limit; "": not limited by it
    attachments: tuple[Attachment, ...] = ()
    continues: bool = False  #: a further part of an album, whose first part is answered
    edited: bool = False  #: the words of a message that came before
    quoted: str = ""  #: the words of the message that this one replies to
    #: How a channel that can speak first says that an answer takes long.
    meanwhile: Meanwhile | None = field(default=None, compare=False)
    #: How the channel gives a file that is not at this server; None: it has no such files.
    fetch: Fetch | None = field(default=None, compare=False)
    #: Unix seconds, where the channel may hand it over much later; None: now.
    sent_at: float | None = None
    #: Whether messages that wait for their turn count against the dialog: not where the channel
    #: keeps the queue itself.
    counts_waiting: bool = True
