"""What was said in a dialog, as the events of the tracker store have it."""

import json
import re
from typing import Any

from sqlalchemy import Engine, text

from common import jsonb
from common.masking import mask

#: A form's messages and its questions; more than so many are no form any more.
_MOST = 200
_SAID = ["user", "bot", "active_loop"]
#: With the slots between them.
_MOST_EVENTS = 5 * _MOST
#: What was filled in stands in the slots.
_FILLED = [*_SAID, "slot"]
_SINCE = """
SELECT id, data FROM (
    SELECT id, data FROM events
    WHERE sender_id = :dialog AND type_name = ANY(:types) AND id >= (
        SELECT max(asked.id) FROM events AS asked
        WHERE asked.sender_id = :dialog AND asked.type_name = 'user' AND asked.id < (
            SELECT max(begun.id) FROM events AS begun
            WHERE begun.sender_id = :dialog AND begun.type_name = 'active_loop'
                AND begun.action_name = :form))
    ORDER BY id DESC LIMIT :most) AS latest
ORDER BY id
"""


def since_form_began(engine: Engine, dialog: str, form: str) -> list[dict[str, Any]]:
    """The events of a form since the message that began it: messages of both sides, its state.

    A turn of the dialogue sees only the last few of them (docs/adr/0008-dialog-store.md).

    :param dialog: Rasa's sender id.
    :returns: in order, as Rasa writes them; without those of the turn that is under way.
    :raises SQLAlchemyError: the database does not answer.
    """
    values = {"dialog": dialog, "form": form, "types": _SAID, "most": _MOST}
    with engine.connect() as connection:
        return [json.loads(data) for _, data in connection.execute(text(_SINCE), values)]


def forget_contacts(engine: Engine, dialog: str, form: str) -> int:
    """Mask the phones, addresses and the name of a form that ended without a consent, or lost it.

    :returns: how many events held any.
    :raises SQLAlchemyError: nothing was changed.
    """
    values = {"dialog": dialog, "form": form, "types": _FILLED, "most": _MOST_EVENTS}
    with engine.begin() as connection:
        events = [(row, json.loads(data)) for row, data in connection.execute(text(_SINCE), values)]
        names = {
            str(event["value"])
            for _, event in events
            if event.get("event") == "slot" and event.get("name") == "name" and event.get("value")
        }
        changed = [
            {"id": row, "data": jsonb.dumps(clean)}
            for row, event in events
            if (clean := _masked(event, names)) != event
        ]
        if changed:
            connection.execute(text("UPDATE events SET data = :data WHERE id = :id"), changed)
    return len(changed)


def _masked(value: object, names: set[str]) -> object:
    if isinstance(value, str):
        said = mask(value)
        for name in names:
            said = re.sub(rf"\b{re.escape(name)}\b", "[имя]", said, flags=re.IGNORECASE)
        return said
    if isinstance(value, dict):
        return {key: _masked(part, names) for key, part in value.items()}
    return [_masked(part, names) for part in value] if isinstance(value, list) else value
