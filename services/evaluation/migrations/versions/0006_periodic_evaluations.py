"""Periodic evaluations of months or quarters inside a cycle."""

from alembic import op

from kit.schema import secure

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLE = """
create table periodic_evaluations (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, number smallint not null,
    starts_on date not null, ends_on date not null, due_at timestamptz not null, result_rating text,
    behaviour_rating text, predicate text, note text, evaluated_by uuid, evaluated_at timestamptz,
    primary key (tenant_id, id),
    constraint fk_periodic_evaluations_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id),
    constraint uq_periodic_evaluations_number unique (tenant_id, appraisal_id, number),
    constraint ck_periodic_evaluations_period check (ends_on > starts_on and number > 0),
    constraint ck_periodic_evaluations_evaluated check ((predicate is null) = (evaluated_at is null))
)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("evaluation", "periodic_evaluations")
