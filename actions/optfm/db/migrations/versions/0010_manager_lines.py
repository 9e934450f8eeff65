"""Managers in the dialogs: who wrote a line, and which topic of a dialog is in use."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

# As 0002 made them, with a third author: what a manager wrote has his name in its metadata.
_MESSAGES = """
CREATE OR REPLACE VIEW messages AS
SELECT id,
       sender_id AS dialog,
       to_timestamp("timestamp") AS at,
       CASE
           WHEN type_name = 'user' THEN 'customer'
           WHEN said #>> '{metadata,manager}' IS NOT NULL THEN 'manager'
           ELSE 'bot'
       END AS author,
       coalesce(said -> 'metadata' ->> 'button', said ->> 'text') AS text,
       intent_name AS intent,
       round((said #>> '{parse_data,intent,confidence}')::numeric, 3) AS confidence,
       said ->> 'input_channel' AS channel,
       said ->> 'message_id' AS message_id,
       nullif(said #> '{data,buttons}', 'null') AS buttons,
       nullif(said #> '{data,custom}', 'null') AS custom
FROM (SELECT *, data::jsonb AS said FROM events WHERE type_name IN ('user', 'bot')) AS spoken
"""

_DIALOG_HISTORY = """
CREATE OR REPLACE VIEW dialog_history AS
SELECT dialog,
       max(channel) AS channel,
       min(at) AS started_at,
       max(at) AS last_at,
       count(*) FILTER (WHERE author = 'customer') AS customer_messages,
       count(*) FILTER (WHERE author = 'bot') AS bot_messages,
       string_agg(
           to_char(at, 'DD.MM.YYYY HH24:MI')
               || CASE author
                      WHEN 'customer' THEN ' Клиент: '
                      WHEN 'manager' THEN ' Менеджер: '
                      ELSE ' Бот: '
                  END || text,
           E'\\n' ORDER BY id
       ) AS history,
       count(*) FILTER (WHERE author = 'manager') AS manager_messages
FROM messages
GROUP BY dialog
"""


def upgrade() -> None:
    op.execute(_MESSAGES)
    op.execute(_DIALOG_HISTORY)
    op.create_index("dialogs_external_id_idx", "dialogs", ["external_id"])
    op.add_column(
        "topics",
        sa.Column(
            "used_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
    op.add_column("topics", sa.Column("card_message_id", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("topics", "card_message_id")
    op.drop_column("topics", "used_at")
    op.drop_index("dialogs_external_id_idx", "dialogs")
    # The views can be read as they are; 0002 drops them.
