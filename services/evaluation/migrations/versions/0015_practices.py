"""The library of good practices, and who took one over."""

from alembic import op

from kit.schema import secure

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLES = (
    """
    create table practices (
        tenant_id text not null, id uuid not null, cycle_id uuid not null, appraisal_id uuid not null,
        servant_id uuid not null, unit_id uuid not null, title text not null, what text not null,
        "where" text not null, evidence jsonb not null, submitted_by uuid not null, submitted_at timestamptz not null,
        state text not null, decided_by uuid, decided_at timestamptz, reason text,
        primary key (tenant_id, id),
        constraint fk_practices_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id),
        constraint uq_practices_title unique (tenant_id, appraisal_id, title),
        constraint ck_practices_state check (state in ('SUBMITTED', 'PUBLISHED', 'DECLINED', 'WITHDRAWN'))
    )
    """,
    "create index ix_practices_state on practices (tenant_id, state, id)",
    "create index ix_practices_servant on practices (tenant_id, servant_id)",
    """
    create table practice_uses (
        tenant_id text not null, practice_id uuid not null, plan_id uuid not null, servant_id uuid not null,
        unit_id uuid not null, used_at timestamptz not null,
        primary key (tenant_id, practice_id, plan_id)
    )
    """,
    "create index ix_practice_uses_plan on practice_uses (tenant_id, plan_id)",
)


def upgrade() -> None:
    """Two tables."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES:
        op.execute(statement)
    secure("evaluation", "practices", "practice_uses")
