"""Assessments say whether they came before the achievement of the organisation; changes by objections are told apart."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of assessments of before nobody asked: they carry no mark."""
    op.execute("set local lock_timeout = '5s'")
    for table in ("assessments", "assessment_versions"):
        op.execute(f"alter table {table} add column before_organisation boolean not null default false")
        op.execute(f"alter table {table} alter column before_organisation drop default")
        op.execute(f"alter table {table} add column levels jsonb not null default '{{}}'")
        op.execute(f"alter table {table} alter column levels drop default")
    op.execute("alter table results add column objection_id uuid")
    op.execute("alter table upward_reports add column changes jsonb not null default '[]'")
    op.execute("alter table upward_reports alter column changes drop default")
