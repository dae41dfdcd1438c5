"""The worker removes uploads that were given up and marks of tasks done: it sees when and in which state, and nothing else of them."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SWEEPING = """
create index ix_evidence_files_arriving on evidence_files (id) where state = 'ARRIVING';
create policy sweep on evidence_files to portal_relay using (state = 'ARRIVING');
grant select (tenant_id, id, state), delete on evidence_files to portal_relay;
create policy sweep on duties_done to portal_relay using (true);
grant select (done_at), delete on duties_done to portal_relay
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in _SWEEPING.split(";\n"):
        op.execute(statement)
