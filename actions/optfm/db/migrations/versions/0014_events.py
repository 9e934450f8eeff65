"""Who is told of events, and the triggers that write an event with what it tells of.

Triggers, since requests, dialogs and price lists change in several processes and in both
environments: an event is then as sure as the change itself, and nobody can forget it
(docs/adr/0019-integration-api.md). An event names its thing and carries nothing personal: the
receiver reads the rest by the API, with a key of its own.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Without a job's lock: a receiver that is away must not hold up the others. Below everything that
# customers and managers wait for.
_TELL_RECEIVER = """
CREATE FUNCTION tell_receiver(
    _receiver bigint, _type text, _dialog text, _data jsonb, _key text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    _id bigint;
BEGIN
    INSERT INTO outbox (kind, dialog, payload, key)
    VALUES (
        'webhook', _dialog,
        jsonb_build_object('receiver', _receiver, 'event', jsonb_build_object(
            'id', 'evt_' || md5(_key), 'type', _type,
            'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'data', _data)),
        'webhook ' || _receiver || ' ' || _key)
    ON CONFLICT (key) DO NOTHING
    RETURNING id INTO _id;
    IF _id IS NOT NULL THEN
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
        VALUES ('outbox', 'deliver', -10, jsonb_build_object('outbox_id', _id));
    END IF;
    RETURN _id;
END
$$
"""
_TELL = """
CREATE FUNCTION tell_event(_type text, _dialog text, _data jsonb, _key text)
RETURNS void LANGUAGE sql AS $$
    SELECT tell_receiver(id, _type, _dialog, _data, _type || ' ' || _key)
    FROM webhook_receivers WHERE active AND (types = '{}' OR _type = ANY(types))
$$
"""
_REQUEST = """
CREATE FUNCTION tell_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _dialog text := (SELECT external_id FROM dialogs WHERE id = NEW.dialog_id);
    _data jsonb := jsonb_build_object(
        'request', NEW.id, 'status', NEW.status, 'dialog', _dialog, 'created_at', NEW.created_at);
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_event('request.created', _dialog, _data, NEW.id::text);
    ELSE
        PERFORM tell_event('request.moved', _dialog,
            _data || jsonb_build_object('before', OLD.status, 'taken_by', NEW.taken_by),
            NEW.id || ' ' || NEW.status || ' ' || pg_current_xact_id());
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER request_created AFTER INSERT ON requests
    FOR EACH ROW EXECUTE FUNCTION tell_of_request();
CREATE TRIGGER request_moved AFTER UPDATE OF status ON requests
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION tell_of_request()
"""
_DIALOG = """
CREATE FUNCTION tell_of_dialog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_event(
        CASE NEW.mode WHEN 'manager' THEN 'dialog.handed_over' ELSE 'dialog.closed' END,
        NEW.external_id,
        jsonb_build_object('dialog', NEW.external_id, 'channel', NEW.channel),
        NEW.external_id || ' ' || pg_current_xact_id());
    RETURN NULL;
END
$$;
CREATE TRIGGER dialog_moved AFTER UPDATE OF mode ON dialogs
    FOR EACH ROW WHEN (OLD.mode IS DISTINCT FROM NEW.mode AND NEW.external_id NOT LIKE 'erased:%')
    EXECUTE FUNCTION tell_of_dialog()
"""
_PRICE_LIST = """
CREATE FUNCTION tell_of_price_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_event(
        CASE WHEN NEW.active THEN 'price_list.activated' ELSE 'price_list.held' END, NULL,
        jsonb_build_object(
            'price_list', NEW.id, 'list_date', NEW.list_date, 'items', NEW.items,
            'title', NEW.title, 'held', NEW.held),
        NEW.id || ' ' || pg_current_xact_id());
    RETURN NULL;
END
$$;
CREATE TRIGGER price_list_activated AFTER UPDATE OF active ON price_lists
    FOR EACH ROW WHEN (NEW.active AND NOT OLD.active)
    EXECUTE FUNCTION tell_of_price_list();
CREATE TRIGGER price_list_held AFTER INSERT OR UPDATE OF held ON price_lists
    FOR EACH ROW WHEN (NEW.held IS NOT NULL AND NOT NEW.active)
    EXECUTE FUNCTION tell_of_price_list()
"""


def upgrade() -> None:
    op.create_table(
        "webhook_receivers",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("old_secret", sa.Text()),
        sa.Column("old_until", sa.DateTime(timezone=True)),
        sa.Column("active", sa.Boolean(), nullable=False, server_default="true"),
        sa.Column("why_inactive", sa.Text()),
    )
    op.add_column("price_lists", sa.Column("held", sa.Text()))
    op.create_index(
        "outbox_webhook_idx",
        "outbox",
        ["id"],
        postgresql_where=sa.text("kind = 'webhook'"),
    )
    for statement in (_TELL_RECEIVER, _TELL, _REQUEST, _DIALOG, _PRICE_LIST):
        op.execute(statement)


def downgrade() -> None:
    for table, function in (
        ("requests", "tell_of_request"),
        ("dialogs", "tell_of_dialog"),
        ("price_lists", "tell_of_price_list"),
    ):
        op.execute(f"DROP FUNCTION {function}() CASCADE  -- with the triggers of {table}")
    op.execute("DROP FUNCTION tell_event(text, text, jsonb, text)")
    op.execute("DROP FUNCTION tell_receiver(bigint, text, text, jsonb, text)")
    op.drop_index("outbox_webhook_idx", "outbox")
    op.drop_column("price_lists", "held")
    op.drop_table("webhook_receivers")
