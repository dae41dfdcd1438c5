"""The copy of who enters for whom, and what assistants have entered, for the file of the person."""

from alembic import op

from directory.schema import create_assistant_tables
from kit.schema import secure

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_STEPS = """
create table assisted_entries (
    tenant_id text not null, id uuid not null, servant_id uuid not null, assistant_id uuid not null, act text not null,
    entered_at timestamptz not null,
    primary key (tenant_id, id)
);
create index ix_assisted_entries_servant on assisted_entries (tenant_id, servant_id, id)
"""


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    create_assistant_tables("feedback")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("feedback", "assisted_entries")
