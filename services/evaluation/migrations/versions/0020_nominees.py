"""Colleagues whom people name to assess them, where the policy lets them."""

from alembic import op

from kit.schema import secure

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TABLE = """
create table nominees (
    tenant_id text not null, appraisal_id uuid not null, colleague_id uuid not null, state text not null,
    by_servant boolean not null, reason text, said_at timestamptz not null, said_by uuid not null,
    primary key (tenant_id, appraisal_id, colleague_id),
    constraint fk_nominees_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id),
    constraint ck_nominees_state check (state in ('PROPOSED', 'APPROVED', 'DECLINED'))
)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("evaluation", "nominees")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
