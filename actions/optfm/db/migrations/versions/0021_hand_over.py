"""A request goes from one manager to another, without a step back."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# A new one is taken by whom it is given to; a closed one stays with whoever had it. No row: there
# is no such request.
_REQUEST_HAND_OVER = """
CREATE FUNCTION request_hand_over(_request bigint, _to text)
RETURNS TABLE (before text, status text, taken_by text, moved boolean) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM request_move(_request, 'taken', _to);
    SELECT r.taken_by, r.status INTO before, status FROM requests r WHERE r.id = _request
        FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    moved := status <> 'closed';
    IF moved THEN
        UPDATE requests r SET taken_by = _to WHERE r.id = _request;
    END IF;
    SELECT r.taken_by INTO taken_by FROM requests r WHERE r.id = _request;
    RETURN NEXT;
END
$$
"""


def upgrade() -> None:
    op.execute(_REQUEST_HAND_OVER)


def downgrade() -> None:
    op.execute("DROP FUNCTION request_hand_over(bigint, text)")
