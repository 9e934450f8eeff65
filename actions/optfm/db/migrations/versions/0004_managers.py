"""Who answers for a request, what is still to be told to whom, and receipts of erasures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    for column in (
        sa.Column("taken_by", sa.Text()),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("shown", JSONB()),
        sa.Column("crm_id", sa.Text()),
    ):
        op.add_column("requests", column)
    op.add_column("dialogs", sa.Column("manager", sa.Text()))
    op.create_table(
        "topics",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("dialog", sa.Text(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), sa.ForeignKey("requests.id", ondelete="CASCADE")),
        _now("created_at"),
        sa.UniqueConstraint("chat_id", "thread_id", name="topics_chat_id_thread_id_key"),
    )
    op.create_index("topics_dialog_idx", "topics", ["dialog"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        _now("created_at"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), sa.ForeignKey("requests.id", ondelete="CASCADE")),
        sa.Column("dialog", sa.Text()),
        sa.Column("payload", JSONB(), nullable=False, server_default="{}"),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("status", sa.Text(), nullable=False, server_default="pending"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text()),
        sa.Column("result", JSONB()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'waiting', 'given_up')", name="outbox_status_check"
        ),
    )
    op.create_index("outbox_request_id_idx", "outbox", ["request_id"])
    op.create_index("outbox_dialog_idx", "outbox", ["dialog"])
    op.create_index(
        "outbox_open_idx",
        "outbox",
        ["status", "created_at"],
        postgresql_where=sa.text("status <> 'sent'"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        _now("at"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_sha256", sa.String(64), nullable=False),
        sa.Column("hashes", ARRAY(sa.Text()), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
    )
    op.add_column("consents", sa.Column("asked_at", sa.DateTime(timezone=True)))
    op.add_column("consents", sa.Column("question_id", sa.Text()))
    op.add_column(
        "consents", sa.Column("erasure_id", sa.BigInteger(), sa.ForeignKey("erasures.id"))
    )


def downgrade() -> None:
    for column in ("erasure_id", "question_id", "asked_at"):
        op.drop_column("consents", column)
    for table in ("erasures", "outbox", "topics"):
        op.drop_table(table)
    op.drop_column("dialogs", "manager")
    for column in ("crm_id", "shown", "closed_at", "answered_at", "taken_at", "taken_by"):
        op.drop_column("requests", column)
