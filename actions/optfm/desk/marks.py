"""What one of the staff keeps beside a dialog: a draft, notes, how far he has read."""

from sqlalchemy import Connection, text

from optfm.desk.queue import PRESENT_S

LONGEST_NOTE = 4_000
_LOOK = """
WITH before AS (
    SELECT at FROM staff_views WHERE staff_id = :staff AND dialog = :dialog
)
INSERT INTO staff_views AS view (staff_id, dialog, read_id) VALUES (:staff, :dialog, :read)
ON CONFLICT (staff_id, dialog) DO UPDATE
    SET read_id = greatest(view.read_id, excluded.read_id), at = now()
RETURNING coalesce((SELECT at FROM before) < now() - make_interval(secs => :present), true)
"""
_LEAVE = """
UPDATE staff_views SET at = 'epoch' WHERE staff_id = :staff AND dialog = :dialog
"""
_DRAFT = """
INSERT INTO staff_drafts (staff_id, dialog, text) VALUES (:staff, :dialog, :text)
ON CONFLICT (staff_id, dialog) DO UPDATE SET text = excluded.text, updated_at = now()
"""


def look(connection: Connection, staff_id: int, dialog: str, read: int) -> None:
    """Somebody has a dialog open and has read it so far; colleagues see it at once."""
    values = {"staff": staff_id, "dialog": dialog, "read": read, "present": PRESENT_S}
    if connection.execute(text(_LOOK), values).scalar_one():
        _tell(connection, dialog)


def leave(connection: Connection, staff_id: int, dialog: str) -> None:
    """He has it open no longer."""
    connection.execute(text(_LEAVE), {"staff": staff_id, "dialog": dialog})
    _tell(connection, dialog)


def draft(connection: Connection, staff_id: int, dialog: str) -> str:
    """What he has begun to write."""
    found = connection.execute(
        text("SELECT text FROM staff_drafts WHERE staff_id = :staff AND dialog = :dialog"),
        {"staff": staff_id, "dialog": dialog},
    ).scalar_one_or_none()
    return str(found or "")


def keep_draft(connection: Connection, staff_id: int, dialog: str, words: str) -> None:
    """Keep it; nothing in it: there is none."""
    values = {"staff": staff_id, "dialog": dialog, "text": words}
    if words.strip():
        connection.execute(text(_DRAFT), values)
    else:
        drop_draft(connection, staff_id, dialog)


def drop_draft(connection: Connection, staff_id: int, dialog: str) -> None:
    """It is sent."""
    connection.execute(
        text("DELETE FROM staff_drafts WHERE staff_id = :staff AND dialog = :dialog"),
        {"staff": staff_id, "dialog": dialog},
    )


def add_note(connection: Connection, staff_id: int, dialog: str, words: str, key: str) -> None:
    """Tell the colleagues something about a dialog.

    :param key: of the form: sent twice, written once.
    """
    connection.execute(
        text(
            "INSERT INTO staff_notes (staff_id, dialog, text, key)"
            " VALUES (:staff, :dialog, :text, :key) ON CONFLICT DO NOTHING"
        ),
        {"staff": staff_id, "dialog": dialog, "text": words, "key": key},
    )


def _tell(connection: Connection, dialog: str) -> None:
    connection.execute(text("SELECT pg_notify('desk', 'staff ' || :dialog)"), {"dialog": dialog})
