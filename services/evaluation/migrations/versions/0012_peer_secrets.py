"""A secret for each cycle in which colleagues assess anonymously."""

from alembic import op

from kit.schema import secure

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLE = """
create table peer_secrets (
    tenant_id text not null, cycle_id uuid not null, secret bytea not null,
    primary key (tenant_id, cycle_id),
    constraint fk_peer_secrets_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint ck_peer_secrets_length check (length(secret) >= 32)
)
"""
# Cycles whose colleagues are chosen already get one too: what they give is then computed for all of them together.
_CHOSEN = """
insert into peer_secrets (tenant_id, cycle_id, secret)
select tenant_id, cycle_id, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
from (select distinct a.tenant_id, a.cycle_id
    from peer_nominations n join appraisals a on a.tenant_id = n.tenant_id and a.id = n.appraisal_id) chosen
"""


def upgrade() -> None:
    """One table, in which the application may neither change nor delete."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    # The owner is held to row-level security as well, and has no policy: it must see every city's rows for a moment.
    for table in ("peer_nominations", "appraisals"):
        op.execute(f"alter table {table} no force row level security")
    op.execute(_CHOSEN)
    for table in ("peer_nominations", "appraisals"):
        op.execute(f"alter table {table} force row level security")
    secure("evaluation", "peer_secrets")
    op.execute("revoke update, delete on peer_secrets from evaluation_app")
