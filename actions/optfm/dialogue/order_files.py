"""The order's turn on a file: its lines begin an order or join the one that is open."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from optfm.dialogue.order_turn import Turn, shown
from optfm.dialogue.shop import Shop
from optfm.orders import Editor, FileRefused, Order, joined, order_of_file, store, telling
from optfm.orders.reading import MOST_LINES
from optfm.orders.received import content_of

_MANAGER = {"title": "Позвать менеджера", "payload": "/call_manager"}


def file_of(tracker: Tracker) -> dict[str, Any] | None:
    """The document of the latest message: `name`, `url` below the server's root; None: no such."""
    file = (tracker.latest_message.get("metadata") or {}).get("file")
    return file if isinstance(file, dict) and file.get("url") else None


def of_file(
    file: dict[str, Any], dialog: str, shop: Shop, editor: Editor, kept: store.Kept | None
) -> Turn:
    """What a file makes of the order; a file that is no order gets one sentence.

    :raises OSError: the file is not there.
    """
    before = kept.order if kept else Order()
    name = str(file.get("name") or "")
    if shop.files is None:
        raise FileNotFoundError(name)
    try:
        found = order_of_file(
            name, content_of(shop.files, dialog, str(file["url"])), editor.matcher
        )
        if len(before.lines) + len(found.lines) > MOST_LINES:
            raise FileRefused(telling.texts()["too_many_together"].format(most=MOST_LINES))
    except FileRefused as refused:
        why = " ".join(refused.message.split())
        focus, earlier = (kept.focus, kept.before) if kept else (-1, None)
        return Turn(
            order=before, text=why, focus=focus, before=earlier, buttons=(_MANAGER,), terms=False
        )
    order = joined(replace(found, lines=(*before.lines, *found.lines)))
    told = telling.texts()["file_added" if before.lines else "file_read"].format(
        name=name, lines=telling.counted(len(found.lines))
    )
    focus = order.open_lines[0] if order.open_lines else len(order.lines) - 1
    return shown(order, told, focus, before if before.lines else None)
