"""The indexes over what was said, built while customers go on writing.

`events` is the one table that grows with every message: an index of a million of them takes
minutes, and a plain CREATE INDEX would let nobody write for so long.
"""

from optfm.db.concurrently import build_index, drop_index

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_INDEXES = {
    "events_said_at_idx": "events (to_timestamp(\"timestamp\")) WHERE type_name IN ('user', 'bot')",
    "events_manager_idx": "events (sender_id, id)"
    " WHERE type_name = 'bot' AND event_manager(data) IS NOT NULL",
    "events_words_idx": "events USING gin (event_words(data)) WHERE type_name IN ('user', 'bot')",
    "events_said_idx": "events (id) WHERE type_name IN ('user', 'bot')",
}


def upgrade() -> None:
    for name, on in _INDEXES.items():
        build_index(name, on)


def downgrade() -> None:
    for name in _INDEXES:
        drop_index(name)
