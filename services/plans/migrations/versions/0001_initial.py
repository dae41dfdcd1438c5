"""The first tables of the plans service."""

from alembic import op

from directory.schema import create_cycle_tables, create_people_tables
from kit.schema import create_kit_tables, secure
from obligations.schema import create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OF_PLAN = "foreign key (tenant_id, plan_id) references plans (tenant_id, id)"
_PLANS = f"""
create table plans (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    appraisal_id uuid not null, rater_id uuid, authority_id uuid, unit_id uuid not null, state text not null,
    version integer not null, round integer not null, plan_version integer not null,
    proposed_at timestamptz, proposed_by uuid, propose_late boolean not null,
    returned_reason text, returned_by uuid,
    set_at timestamptz, set_by uuid, by_superior boolean not null, late boolean not null,
    primary key (tenant_id, id),
    constraint ck_plans_state check (state in ('DRAFT', 'PROPOSED', 'RETURNED', 'SET', 'CLOSED')),
    constraint ck_plans_set check (state <> 'SET' or (set_at is not null and set_by is not null and plan_version > 0)),
    constraint ck_plans_returned check (state <> 'RETURNED' or returned_reason is not null)
);
create unique index uq_plans_cycle_id on plans (tenant_id, cycle_id, servant_id);
create index ix_plans_servant_id on plans (tenant_id, servant_id);
create index ix_plans_rater_id on plans (tenant_id, rater_id, cycle_id);
create index ix_plans_authority_id on plans (tenant_id, authority_id, cycle_id);
create table plan_versions (
    tenant_id text not null, plan_id uuid not null, plan_version integer not null, content jsonb not null,
    set_at timestamptz not null, set_by uuid not null, reason text,
    primary key (tenant_id, plan_id, plan_version),
    constraint fk_plan_versions_plan {_OF_PLAN}
);
create table plan_results (
    tenant_id text not null, id uuid not null, plan_id uuid not null, ordinal integer not null, kind text not null,
    statement text not null, goal text, superior_result_id uuid,
    primary key (tenant_id, id),
    constraint fk_plan_results_plan {_OF_PLAN},
    constraint ck_plan_results_kind check (kind in ('PRIMARY', 'ADDITIONAL'))
);
create index ix_plan_results_plan_id on plan_results (tenant_id, plan_id, ordinal);
create table plan_indicators (
    tenant_id text not null, id uuid not null, plan_id uuid not null, work_result_id uuid not null,
    ordinal integer not null, aspect text not null, statement text not null, unit text not null,
    direction text not null, target_lo numeric not null, target_hi numeric not null, weight numeric not null,
    source_of_data text not null, max_attainable boolean not null,
    primary key (tenant_id, id),
    constraint fk_plan_indicators_plan {_OF_PLAN},
    constraint ck_plan_indicators_aspect check (aspect in ('QUANTITY', 'QUALITY', 'TIME', 'COST')),
    constraint ck_plan_indicators_direction check (direction in ('HIGHER_BETTER', 'LOWER_BETTER')),
    constraint ck_plan_indicators_weight check (weight between 0 and 100)
);
create index ix_plan_indicators_plan_id on plan_indicators (tenant_id, plan_id, ordinal);
create table plan_dialogues (
    tenant_id text not null, id uuid not null, plan_id uuid not null, round integer not null, purpose text not null,
    held_on date not null, summary text not null, agreed text not null,
    recorded_by uuid not null, recorded_at timestamptz not null, confirmed_by uuid, confirmed_at timestamptz,
    primary key (tenant_id, id),
    constraint fk_plan_dialogues_plan {_OF_PLAN},
    constraint ck_plan_dialogues_purpose check (purpose in ('SET', 'CLARIFY', 'FEEDBACK', 'RESULT')),
    constraint ck_plan_dialogues_confirmed check (confirmed_by <> recorded_by)
);
create index ix_plan_dialogues_plan_id on plan_dialogues (tenant_id, plan_id, round, purpose)
"""
_REPORTS = f"""
create table plan_reports (
    tenant_id text not null, id uuid not null, plan_id uuid not null, cycle_id uuid not null, period integer not null,
    final boolean not null, starts_on date not null, ends_on date not null, due_at timestamptz, state text not null,
    revision integer not null, submitted_at timestamptz, submitted_by uuid, late boolean not null,
    primary key (tenant_id, id),
    constraint fk_plan_reports_plan {_OF_PLAN},
    constraint ck_plan_reports_state check (state in ('OPEN', 'SUBMITTED', 'AUTOMATIC'))
);
create unique index uq_plan_reports_period on plan_reports (tenant_id, plan_id, period);
create index ix_plan_reports_cycle_id on plan_reports (tenant_id, cycle_id, period, state);
create table plan_actuals (
    tenant_id text not null, report_id uuid not null, revision integer not null, indicator_id uuid not null,
    value numeric, reason text, entered_by uuid not null, entered_at timestamptz not null,
    primary key (tenant_id, report_id, revision, indicator_id),
    constraint fk_plan_actuals_report foreign key (tenant_id, report_id) references plan_reports (tenant_id, id),
    constraint ck_plan_actuals_known check (value is not null or reason is not null)
)
"""
_CONDUCT = f"""
create table plan_activities (
    tenant_id text not null, id uuid not null, plan_id uuid not null, servant_id uuid not null, day date not null,
    text text not null, digest text not null, minutes integer not null, quantity numeric, work_result_id uuid,
    entered_at timestamptz not null, late_reason text,
    primary key (tenant_id, id),
    constraint fk_plan_activities_plan {_OF_PLAN},
    constraint ck_plan_activities_minutes check (minutes between 1 and 1440)
);
create unique index uq_plan_activities_entry on plan_activities (tenant_id, plan_id, day, digest);
create index ix_plan_activities_plan_id on plan_activities (tenant_id, plan_id, id);
create table plan_initiatives (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null, rater_id uuid,
    authority_id uuid, kind text not null, title text not null, description text not null, benefit text not null,
    recorded_by uuid not null, recorded_at timestamptz not null, state text not null, verified_by uuid,
    verified_at timestamptz, document text, reason text,
    primary key (tenant_id, id),
    constraint ck_plan_initiatives_kind check (kind in ('INITIATIVE', 'INNOVATION', 'IDEA')),
    constraint ck_plan_initiatives_state check (state in ('RECORDED', 'RECOGNISED', 'NOT_RECOGNISED')),
    constraint ck_plan_initiatives_recognised check (state <> 'RECOGNISED' or verified_by is not null),
    constraint ck_plan_initiatives_refused check (state <> 'NOT_RECOGNISED' or reason is not null)
);
create index ix_plan_initiatives_cycle_id on plan_initiatives (tenant_id, cycle_id, servant_id);
create index ix_plan_initiatives_servant_id on plan_initiatives (tenant_id, servant_id);
create index ix_plan_initiatives_rater_id on plan_initiatives (tenant_id, rater_id)
"""
_TABLES = (
    *("plans", "plan_versions", "plan_results", "plan_indicators", "plan_dialogues"),
    *("plan_reports", "plan_actuals", "plan_activities", "plan_initiatives"),
)


def upgrade() -> None:
    create_kit_tables("plans")
    create_obligations_table("plans")
    create_people_tables("plans")
    create_cycle_tables("plans")
    for script in (_PLANS, _REPORTS, _CONDUCT):
        for statement in script.split(";\n"):
            op.execute(statement)
    secure("plans", *_TABLES)


def downgrade() -> None:
    raise RuntimeError("there is nothing below the first revision: drop the database instead")
