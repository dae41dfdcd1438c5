"""Templates of plans."""

from alembic import op

from kit.schema import secure

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STEPS = """
create table plan_templates (
    tenant_id text not null, id uuid not null, position text not null, name text not null, content jsonb not null,
    kept_by uuid not null, kept_at timestamptz not null, retired_at timestamptz,
    primary key (tenant_id, id)
);
create unique index uq_plan_templates_name on plan_templates (tenant_id, position, name) where retired_at is null
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("plans", "plan_templates")
