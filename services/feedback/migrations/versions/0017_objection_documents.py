"""The document of a decided objection: who its parties were, and which version of the result it made (form D.1.3)."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions of before name nobody; their documents say who the parties are today."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table objections add column parties jsonb")
    op.execute("alter table result_copies add column objection_id uuid")
    op.execute(
        "create index ix_result_copies_objection on result_copies (tenant_id, objection_id) "
        "where objection_id is not null"
    )
