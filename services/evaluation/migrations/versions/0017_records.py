"""What other services tell of a person while the period runs, as whoever assesses sees it on the form."""

from alembic import op

from kit.schema import secure

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLES = {
    "recorded_feedback": """
create table recorded_feedback (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, direction text not null, occasion text,
    channel text, given_at timestamptz not null, primary key (tenant_id, id),
    constraint fk_recorded_feedback_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id)
)
""",
    "recorded_initiatives": """
create table recorded_initiatives (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, kind text not null, title text not null,
    recorded_at timestamptz not null, recognised boolean, evidence jsonb not null, primary key (tenant_id, id),
    constraint fk_recorded_initiatives_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id)
)
""",
    "logged_work": """
create table logged_work (
    tenant_id text not null, appraisal_id uuid not null, day date not null, plan_id uuid not null,
    entries int not null, minutes int, logged_on date not null, primary key (tenant_id, appraisal_id, day),
    constraint fk_logged_work_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id)
)
""",
    "recorded_plans": """
create table recorded_plans (
    tenant_id text not null, appraisal_id uuid not null, plan_id uuid not null, version int not null,
    behaviours jsonb not null, primary key (tenant_id, appraisal_id),
    constraint fk_recorded_plans_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id)
)
""",
}
_INDICES = """
create index ix_recorded_feedback_appraisal on recorded_feedback (tenant_id, appraisal_id, given_at);
create index ix_recorded_initiatives_appraisal on recorded_initiatives (tenant_id, appraisal_id, recorded_at)
"""


def upgrade() -> None:
    """Four tables, filled by what is told from now on."""
    op.execute("set local lock_timeout = '5s'")
    for name, statement in _TABLES.items():
        op.execute(statement)
        secure("evaluation", name)
    for statement in _INDICES.split(";\n"):
        op.execute(statement)
