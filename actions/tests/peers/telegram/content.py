"""What a message holds beside its text, by kind."""

from typing import Any

from tests.peers.telegram.refusal import bad
from tests.peers.telegram.world import World

Json = dict[str, Any]
KINDS = ("photo", "document", "voice", "video", "sticker", "audio", "animation", "video_note")


def media(world: World, kind: str, file: Json, *, name: str = "", mime: str = "") -> Json:
    """A file as a part of a message.

    :param file: as `World.add_file` gives it.
    """
    if kind == "photo":
        return {"photo": [{**file, "width": 800, "height": 600}]}
    if kind == "voice":
        return {"voice": {**file, "duration": 3, "mime_type": mime or "audio/ogg"}}
    if kind == "audio":
        return {"audio": {**file, "duration": 3, "file_name": name or "audio.mp3"}}
    if kind == "video":
        return {"video": {**file, "duration": 3, "width": 640, "height": 480}}
    if kind == "video_note":
        return {"video_note": {**file, "duration": 3, "length": 240}}
    if kind == "animation":
        # As the real one: an animation is a document, too.
        named = {**file, "file_name": name or "animation.mp4", "mime_type": mime or "video/mp4"}
        sides = {"duration": 3, "width": 320, "height": 240}
        return {"animation": {**named, **sides}, "document": named}
    if kind == "sticker":
        sides = {"width": 512, "height": 512, "type": "regular"}
        told = {"is_animated": False, "is_video": False, "emoji": "👍"}
        return {"sticker": {**file, **sides, **told}}
    mime = mime or "application/octet-stream"
    return {"document": {**file, "file_name": name or "file.bin", "mime_type": mime}}


def again(world: World, kind: str, file_id: str) -> Json:
    """The part of a message for a file that is here already.

    :raises Refusal: it is not.
    """
    if file_id not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    kept = world.files[file_id]
    # "It is not possible to change the file type when resending by file_id"
    # (core.telegram.org/bots/api#sending-files).
    if kept["kind"] != kind:
        raise bad("type of file mismatch")
    file = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(kept["content"])}
    return media(world, kind, file, name=kept["name"], mime=kept["mime"])


def copied(message: Json) -> Json:
    """The content of a message, as `copyMessage` takes it over."""
    parts = ("text", "entities", "caption", "caption_entities", "contact", "location", *KINDS)
    return {part: message[part] for part in parts if part in message}
