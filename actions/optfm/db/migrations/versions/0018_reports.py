"""What reports ask: messages by time, and what was decided about questions asked in vain."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE vain_verdicts (
            meaning text PRIMARY KEY,
            verdict text NOT NULL,
            by text NOT NULL,
            at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT vain_verdicts_verdict_check
                CHECK (verdict IN ('vocabulary', 'faq', 'purchase', 'not_ours'))
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE vain_verdicts")
