"""Rasa's table of dialog events, and the views that a person reads dialogs by.

The columns are those of `rasa.core.tracker_store.SQLTrackerStore.SQLEvent` (Rasa 3.6), so that
Rasa's own tools find what they know; components/dialog_store.py writes it and says what the
indexes are for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A message as it was said; a pressed button reads as its title.
_MESSAGES = """
CREATE VIEW messages AS
SELECT id,
       sender_id AS dialog,
       to_timestamp("timestamp") AS at,
       CASE type_name WHEN 'user' THEN 'customer' ELSE 'bot' END AS author,
       coalesce(said -> 'metadata' ->> 'button', said ->> 'text') AS text,
       intent_name AS intent,
       round((said #>> '{parse_data,intent,confidence}')::numeric, 3) AS confidence,
       said ->> 'input_channel' AS channel,
       said ->> 'message_id' AS message_id,
       nullif(said #> '{data,buttons}', 'null') AS buttons,
       nullif(said #> '{data,custom}', 'null') AS custom
FROM (SELECT *, data::jsonb AS said FROM events WHERE type_name IN ('user', 'bot')) AS spoken
"""

# A row a dialog: the whole of it as one text, oldest line first, in the session's time zone.
_DIALOG_HISTORY = """
CREATE VIEW dialog_history AS
SELECT dialog,
       max(channel) AS channel,
       min(at) AS started_at,
       max(at) AS last_at,
       count(*) FILTER (WHERE author = 'customer') AS customer_messages,
       count(*) FILTER (WHERE author = 'bot') AS bot_messages,
       string_agg(
           to_char(at, 'DD.MM.YYYY HH24:MI')
               || CASE author WHEN 'customer' THEN ' Клиент: ' ELSE ' Бот: ' END || text,
           E'\\n' ORDER BY id
       ) AS history
FROM messages
GROUP BY dialog
"""


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), autoincrement=True, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False),
        sa.Column("type_name", sa.String(255), nullable=False),
        sa.Column("timestamp", sa.Float()),
        sa.Column("intent_name", sa.String(255)),
        sa.Column("action_name", sa.String(255)),
        sa.Column("data", sa.Text()),
    )
    op.create_index("events_dialog_idx", "events", ["sender_id", "id"])
    op.create_index("events_dialog_type_idx", "events", ["sender_id", "type_name", "id"])
    op.create_index(
        "events_dialog_slot_idx",
        "events",
        ["sender_id", "action_name", "id"],
        postgresql_where=sa.text("type_name = 'slot'"),
    )
    op.execute(_MESSAGES)
    op.execute(_DIALOG_HISTORY)


def downgrade() -> None:
    op.execute("DROP VIEW dialog_history")
    op.execute("DROP VIEW messages")
    op.drop_table("events")
