"""Requests about what is recorded: a wrong rater, an acting official, a conflict of interest."""

from alembic import op

from kit.schema import secure

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STEPS = """
create table requests (
    tenant_id text not null, id uuid not null, kind text not null, asked_by uuid not null, servant_id uuid,
    unit_id uuid, person_id uuid, since date, until date, reason text not null, evidence jsonb not null,
    state text not null, asked_at timestamptz not null, closed_at timestamptz, decided_by uuid, decision_reason text,
    change_id uuid,
    primary key (tenant_id, id),
    constraint ck_requests_kind check (kind in ('WRONG_RATER', 'ACTING', 'STEP_BACK')),
    constraint ck_requests_state check (state in ('OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
    constraint ck_requests_about check (num_nonnulls(servant_id, unit_id) = 1),
    constraint ck_requests_decided
        check ((state in ('GRANTED', 'REFUSED')) = (decided_by is not null and decision_reason is not null))
);
create index ix_requests_asked_by on requests (tenant_id, asked_by, id);
create index ix_requests_state on requests (tenant_id, state, id);
create unique index uq_requests_open on requests (tenant_id, asked_by, kind, coalesce(servant_id, unit_id))
    where state = 'OPEN'
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("registry", "requests")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
