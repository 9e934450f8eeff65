"""A customer may be reached by a messenger alone, or a number's extension."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE requests ADD COLUMN reach_by text")
    op.execute("ALTER TABLE requests DROP CONSTRAINT requests_contact_check")
    op.execute(
        "ALTER TABLE requests ADD CONSTRAINT requests_contact_check"
        " CHECK (phone IS NOT NULL OR email IS NOT NULL OR reach_by IS NOT NULL)"
    )


def downgrade() -> None:
    op.execute("UPDATE requests SET email = reach_by WHERE phone IS NULL AND email IS NULL")
    op.execute("ALTER TABLE requests DROP CONSTRAINT requests_contact_check")
    op.execute("ALTER TABLE requests DROP COLUMN reach_by")
    op.execute(
        "ALTER TABLE requests ADD CONSTRAINT requests_contact_check"
        " CHECK (phone IS NOT NULL OR email IS NOT NULL)"
    )
