"""Who rates for a regional head, and for whom (PermenPANRB 6/2022, L IV.A.12)."""

from alembic import op

from kit.schema import secure

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TABLE = """
create table rater_delegations (
    tenant_id text not null, servant_id uuid not null, delegate_id uuid not null, head_id uuid not null,
    since date not null, primary key (tenant_id, servant_id, delegate_id, since)
)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("evaluation", "rater_delegations")
