"""A customer's file that may hold an order: brought to where the order is read."""

from dataclasses import replace

from common.order_files import LARGEST_BYTES, may_hold_order
from connectors.inbox.incoming import Attachment, Incoming


class NotBrought(Exception):
    """A file that is not read.

    :param text: the name of what the customer is told, in texts.yml.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class FetchFailed(Exception):
    """The channel did not give the file."""


def order_file(message: Incoming) -> Attachment | None:
    """The document of a message that may be an order; None where there is none."""
    for attachment in message.attachments:
        if attachment.kind == "document" and may_hold_order(attachment.file_name):
            return attachment
    return None


async def brought(message: Incoming, file: Attachment) -> Attachment:
    """The file with the path below which this server keeps it.

    :raises NotBrought: too large, or the channel does not give it.
    """
    if file.size > LARGEST_BYTES:
        raise NotBrought("order_too_large")
    if file.path:
        return file
    if message.fetch is None:
        raise NotBrought("file_lost")
    try:
        return replace(file, path=await message.fetch(file))
    except FetchFailed as exc:
        raise NotBrought("file_lost") from exc
