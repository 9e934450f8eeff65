"""What was really said in a dialog: without the questions and answers of the request form."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# As 0010 made it, with the response that the bot chose.
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
       nullif(said #> '{data,custom}', 'null') AS custom,
       said #>> '{metadata,utter_action}' AS response
FROM (SELECT *, data::jsonb AS said FROM events WHERE type_name IN ('user', 'bot')) AS spoken
"""

# A customer's line belongs to the form where it follows a line of the form's and nothing but the
# form answers it: a question in the middle gets an answer of its own, and stays.
_TALK = """
CREATE VIEW talk AS
SELECT id, dialog, at, author, text, channel, custom
FROM (
    SELECT *,
           lag(of_form) OVER (PARTITION BY dialog ORDER BY id) AS asked,
           bool_and(of_form OR author <> 'bot') OVER (PARTITION BY dialog, turn) AS only_form
    FROM (
        SELECT *,
               author = 'bot' AND coalesce(starts_with(response, 'utter_request_'), false)
                   AS of_form,
               count(*) FILTER (WHERE author = 'customer')
                   OVER (PARTITION BY dialog ORDER BY id) AS turn
        FROM messages
    ) AS turns
) AS told
WHERE NOT of_form AND NOT (author = 'customer' AND coalesce(asked, false) AND only_form)
"""


def upgrade() -> None:
    op.execute(_MESSAGES)
    op.execute(_TALK)


def downgrade() -> None:
    op.execute("DROP VIEW talk")
    # `messages` can be read as it is; 0002 drops it.
