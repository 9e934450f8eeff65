"""A price list that waits for a person's word is told of by the outbox, whoever brought it."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TELL = """
CREATE FUNCTION tell_of_held_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM enqueue(
        'list_held', NULL, NULL,
        jsonb_build_object(
            'price_list', NEW.id, 'title', NEW.title, 'items', NEW.items, 'held', NEW.held),
        'list_held ' || NEW.id || ' ' || md5(NEW.held));
    RETURN NULL;
END
$$
"""
_TRIGGER = """
CREATE TRIGGER price_list_held_told AFTER INSERT OR UPDATE OF held ON price_lists
    FOR EACH ROW WHEN (NEW.held IS NOT NULL AND NOT NEW.active)
    EXECUTE FUNCTION tell_of_held_list()
"""


def upgrade() -> None:
    op.execute(_TELL)
    op.execute(_TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER price_list_held_told ON price_lists")
    op.execute("DROP FUNCTION tell_of_held_list()")
