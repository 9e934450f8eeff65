"""What was said in a dialog, as the events of the tracker store have it."""

import json
from typing import Any

from sqlalchemy import Engine, text

from optfm.masking import mask

#: A form's messages and its questions; more than so many are no form any more.
_MOST = 200
_SINCE = """
SELECT id, data FROM (
    SELECT id, data FROM events
    WHERE sender_id = :dialog AND type_name IN ('user', 'bot', 'active_loop') AND id >= (
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
    values = {"dialog": dialog, "form": form, "most": _MOST}
    with engine.connect() as connection:
        return [json.loads(data) for _, data in connection.execute(text(_SINCE), values)]


def forget_contacts(engine: Engine, dialog: str, form: str) -> int:
    """Mask the phones and addresses of a form that ended without a consent.

    :returns: how many events held any.
    :raises SQLAlchemyError: nothing was changed.
    """
    values = {"dialog": dialog, "form": form, "most": _MOST}
    with engine.begin() as connection:
        changed = [
            {"id": event_id, "data": json.dumps(clean, ensure_ascii=False)}
            for event_id, data in connection.execute(text(_SINCE), values).all()
            if (clean := _masked(event := json.loads(data))) != event
        ]
        if changed:
            connection.execute(text("UPDATE events SET data = :data WHERE id = :id"), changed)
    return len(changed)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: _masked(part) for key, part in value.items()}
    return [_masked(part) for part in value] if isinstance(value, list) else value
