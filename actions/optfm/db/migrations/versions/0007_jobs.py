"""The queue (procrastinate's own schema) and `enqueue`, the one way into the outbox.

The schema is taken from the installed package, which the lock pins; a newer package comes with a
migration here that runs the package's own.
"""

from alembic import op
from procrastinate import schema

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A function, so that both environments write what is to be told in the transaction of what it
# tells of. What concerns one dialog is told in order: procrastinate runs the jobs of one lock
# one after the other. A key that was seen before changes nothing and gives NULL.
_ENQUEUE = """
CREATE FUNCTION enqueue(
    _kind text, _dialog text, _request_id bigint, _payload jsonb, _key text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    _id bigint;
BEGIN
    INSERT INTO outbox (kind, dialog, request_id, payload, key)
    VALUES (_kind, _dialog, _request_id, coalesce(_payload, '{}'), _key)
    ON CONFLICT (key) DO NOTHING
    RETURNING id INTO _id;
    IF _id IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    VALUES (
        'outbox',
        'deliver',
        _kind || ' ' || coalesce(_dialog, _request_id::text, _key),
        jsonb_build_object('outbox_id', _id)
    );
    RETURN _id;
END
$$
"""

_DROP_JOBS = """
DO $$
DECLARE
    thing record;
BEGIN
    DROP TABLE procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs,
        procrastinate_workers CASCADE;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || thing.name || ' CASCADE';
    END LOOP;
    DROP TYPE IF EXISTS procrastinate_job_to_defer_v1, procrastinate_job_event_type,
        procrastinate_job_status CASCADE;
END
$$
"""


def upgrade() -> None:
    # As one text without parameters: its functions are full of signs that drivers read as such.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(schema.SchemaManager.get_schema())
    op.execute(_ENQUEUE)


def downgrade() -> None:
    op.execute("DROP FUNCTION enqueue")
    op.execute(_DROP_JOBS)
