"""The one way in which a request's status and the speaker of a dialog change, for all processes.

Functions, as `enqueue` is: both environments call them in the transaction of what goes with it.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Forward only, and the first who took it stays. Whoever comes second waits for the row, and then
# reads who won. No row: there is no such request.
_REQUEST_MOVE = """
CREATE FUNCTION request_move(_request bigint, _to text, _by text)
RETURNS TABLE (before text, status text, taken_by text, moved boolean) LANGUAGE plpgsql AS $$
DECLARE
    _steps constant text[] := ARRAY['new', 'taken', 'answered', 'closed'];
BEGIN
    IF coalesce(array_position(_steps, _to), 1) = 1 THEN
        RAISE EXCEPTION 'no request moves to %', _to USING ERRCODE = 'check_violation';
    END IF;
    SELECT r.status, r.taken_by INTO before, taken_by FROM requests r WHERE r.id = _request
        FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    status := before;
    moved := array_position(_steps, _to) > array_position(_steps, before);
    IF moved THEN
        UPDATE requests r SET
            status = _to,
            taken_by = CASE WHEN _to = 'closed' THEN r.taken_by
                ELSE coalesce(r.taken_by, _by) END,
            taken_at = CASE WHEN _to = 'closed' THEN r.taken_at
                ELSE coalesce(r.taken_at, now()) END,
            answered_at = CASE WHEN _to = 'answered' THEN coalesce(r.answered_at, now())
                ELSE r.answered_at END,
            closed_at = CASE WHEN _to = 'closed' THEN now() ELSE r.closed_at END
        WHERE r.id = _request RETURNING r.status, r.taken_by INTO status, taken_by;
    END IF;
    RETURN NEXT;
END
$$
"""

# The customer calls: whoever had the dialog need not be who comes.
_DIALOG_CALL = """
CREATE FUNCTION dialog_call(_dialog text, _channel text, _minutes double precision)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO dialogs (channel, external_id) VALUES (_channel, _dialog) ON CONFLICT DO NOTHING;
    UPDATE dialogs SET mode = 'manager', manager = NULL,
        until = now() + _minutes * interval '1 minute'
    WHERE external_id = _dialog;
$$
"""

# A manager speaks: the dialog is his for a while, or stays with whoever has it. A dialog that is
# not known here began in a channel that wrote it into Rasa's events only.
# Gives whether the bot had it until now.
_DIALOG_TAKE = """
CREATE FUNCTION dialog_take(
    _dialog text, _by text, _minutes double precision, _only_if_taken boolean DEFAULT false
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    _began boolean;
BEGIN
    PERFORM 1 FROM dialogs WHERE external_id = _dialog ORDER BY id FOR UPDATE;
    IF NOT FOUND AND NOT _only_if_taken THEN
        INSERT INTO dialogs (channel, external_id) VALUES (
            coalesce((SELECT channel FROM messages WHERE dialog = _dialog AND channel IS NOT NULL
                      ORDER BY id DESC LIMIT 1), 'rest'), _dialog)
        ON CONFLICT DO NOTHING;
    END IF;
    _began := NOT EXISTS (
        SELECT FROM dialogs WHERE external_id = _dialog AND mode = 'manager');
    IF NOT (_began AND _only_if_taken) THEN
        UPDATE dialogs SET mode = 'manager', manager = coalesce(manager, _by),
            until = now() + _minutes * interval '1 minute'
        WHERE external_id = _dialog;
    END IF;
    RETURN _began;
END
$$
"""

# The bot has the dialog again. Gives whether a manager had come (not only been called); NULL where
# the bot had it already, or `_only_silent` and he still has time.
_DIALOG_RELEASE = """
CREATE FUNCTION dialog_release(_dialog text, _only_silent boolean DEFAULT false)
RETURNS boolean LANGUAGE sql AS $$
    WITH was AS (
        SELECT id, manager FROM dialogs
        WHERE external_id = _dialog AND mode = 'manager' AND (until <= now() OR NOT _only_silent)
        FOR UPDATE
    ), released AS (
        UPDATE dialogs SET mode = 'bot', until = NULL, manager = NULL
        FROM was WHERE dialogs.id = was.id RETURNING was.manager
    )
    SELECT bool_or(manager IS NOT NULL) FROM released
$$
"""

# What stays of a dialog whose customer is erased: that there was one, and that it is the bot's.
_DIALOG_ERASE = """
CREATE FUNCTION dialog_erase(_id bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE dialogs SET external_id = 'erased:' || id, user_id = NULL,
        mode = 'bot', until = NULL, manager = NULL
    WHERE id = _id
$$
"""


def upgrade() -> None:
    for function in (_REQUEST_MOVE, _DIALOG_CALL, _DIALOG_TAKE, _DIALOG_RELEASE, _DIALOG_ERASE):
        op.execute(function)


def downgrade() -> None:
    for name in ("dialog_erase", "dialog_release", "dialog_take", "dialog_call", "request_move"):
        op.execute(f"DROP FUNCTION {name}")
