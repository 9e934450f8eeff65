"""A customer's files brought to this server, where whoever reads the dialog can open them."""

import asyncio
from dataclasses import replace

from connectors.inbox.incoming import Attachment, Fetch, Incoming
from connectors.inbox.order_file import FetchFailed

#: What Telegram lets a bot download.
_LARGEST = 20 * 2**20
#: The message goes on without the file: a turn may not take long.
_PATIENCE_S = 10.0


async def with_files_kept(message: Incoming) -> Incoming:
    """The message with the paths of its files; one that does not come stays with the channel."""
    if message.fetch is None or not message.attachments:
        return message
    kept = [await _kept(message.fetch, file) for file in message.attachments]
    return replace(message, attachments=tuple(kept))


async def _kept(fetch: Fetch, file: Attachment) -> Attachment:
    if file.path or not file.file_id or file.size > _LARGEST or file.kind == "sticker":
        return file
    try:
        return replace(file, path=await asyncio.wait_for(fetch(file), _PATIENCE_S))
    except (FetchFailed, asyncio.TimeoutError):
        return file
