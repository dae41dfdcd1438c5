"""Work results that the leader took over, with the notes that count in the evaluation."""

from alembic import op

from kit.schema import secure

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STEPS = """
create table taken_over_results (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, leader_id uuid not null,
    result text not null, note text not null, told_at timestamptz not null, primary key (tenant_id, id),
    constraint fk_taken_over_results_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id),
    constraint ck_taken_over_results_said check (result <> '' and note <> '')
);
create index ix_taken_over_results_appraisal on taken_over_results (tenant_id, appraisal_id, id);
alter table periodic_evaluations add column as_before boolean not null default false;
alter table periodic_evaluations alter column as_before drop default
"""


def upgrade() -> None:
    """One table, and which periodic evaluations were taken over from the period before."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("evaluation", "taken_over_results")
