"""What the public reads of a cycle that is over."""

from alembic import op

from kit.schema import secure

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE = """
create table public_reports (
    tenant_id text not null, cycle_id uuid not null, least int not null, people int, predicates jsonb not null,
    figures jsonb not null, units jsonb not null, elsewhere int, made_at timestamptz not null,
    primary key (tenant_id, cycle_id),
    constraint fk_public_reports_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
)
"""


def upgrade() -> None:
    """One table, in which the application may neither change nor delete."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("evaluation", "public_reports")
    op.execute("revoke update, delete on public_reports from evaluation_app")
