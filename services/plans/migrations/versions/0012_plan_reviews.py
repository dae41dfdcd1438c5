"""The performance office's review of plans: samples, the lots from which they were drawn, and findings."""

from alembic import op

from kit.schema import secure

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STEPS = """
create table plan_samples (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, seed text not null, share integer not null,
    least integer not null, took_part integer not null, drawn integer not null, drawn_at timestamptz not null,
    drawn_by uuid not null,
    primary key (tenant_id, id)
);
create unique index uq_plan_samples_seed on plan_samples (tenant_id, cycle_id, seed);
create table plan_lots (
    tenant_id text not null, sample_id uuid not null, plan_id uuid not null, unit_id uuid not null,
    plan_version integer not null, lot text not null, drawn boolean not null,
    primary key (tenant_id, sample_id, plan_id),
    constraint fk_plan_lots_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id),
    constraint fk_plan_lots_sample foreign key (tenant_id, sample_id) references plan_samples (tenant_id, id)
);
create index ix_plan_lots_plan_id on plan_lots (tenant_id, plan_id);
create table plan_reviews (
    tenant_id text not null, id uuid not null, plan_id uuid not null, sample_id uuid not null,
    plan_version integer not null, finding text not null, what text, how text, reviewed_at timestamptz not null,
    reviewed_by uuid not null,
    primary key (tenant_id, id),
    constraint fk_plan_reviews_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id),
    constraint ck_plan_reviews_finding check (finding in ('IN_ORDER', 'TO_MEND')),
    constraint ck_plan_reviews_words check (finding <> 'TO_MEND' or (what is not null and how is not null))
);
create index ix_plan_reviews_plan_id on plan_reviews (tenant_id, plan_id, id)
"""


def upgrade() -> None:
    """Three tables."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    for table in ("plan_samples", "plan_lots", "plan_reviews"):
        secure("plans", table)
