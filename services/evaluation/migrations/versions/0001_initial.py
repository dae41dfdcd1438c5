"""Cycles, appraisals, assessments, visits, results and their versions."""

from alembic import op

from directory.schema import create_people_tables
from kit.schema import create_kit_tables, secure
from obligations.schema import create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
create table cycles (
    tenant_id text not null, id uuid not null, scope text not null, name text not null, period_start date not null,
    period_end date not null, months smallint not null, policy jsonb not null, policy_version integer not null,
    calendar_version integer not null, state text not null, opened_at timestamptz not null, opened_by uuid not null,
    closed_at timestamptz, primary key (tenant_id, id),
    constraint uq_cycles_period unique (tenant_id, scope, period_start, months),
    constraint ck_cycles_state check (state in ('OPEN', 'CLOSED')),
    constraint ck_cycles_period check (period_end > period_start and months > 0)
);
create table cycle_phases (
    tenant_id text not null, cycle_id uuid not null, phase text not null, ordinal smallint not null,
    opened_at timestamptz, due_at timestamptz, duties_opened_at timestamptz, closed_at timestamptz, early boolean,
    primary key (tenant_id, cycle_id, phase),
    constraint fk_cycle_phases_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint ck_cycle_phases_phase check (phase in ('PREPARATION', 'PLANNING', 'EXECUTION', 'EVALUATION',
        'MODERATION', 'DISCLOSURE', 'OBJECTION', 'FINALISATION', 'FOLLOW_UP', 'SYSTEM_REVIEW')),
    constraint ck_cycle_phases_opened check ((opened_at is null) = (due_at is null))
);
create table appraisals (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null, unit_id uuid not null,
    rater_id uuid, authority_id uuid, is_head boolean not null, state text not null, plan jsonb,
    final_actuals boolean not null, innovation_recognised boolean not null, clarification_open boolean not null,
    objection_open boolean not null, objected boolean not null, assessed_by uuid, result_rating text,
    behaviour_rating text, predicate text, local_score numeric, local_band text, criteria jsonb, trace jsonb,
    strengths jsonb, areas jsonb, dropped jsonb, clarify_until timestamptz, primary key (tenant_id, id),
    constraint fk_appraisals_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint uq_appraisals_member unique (tenant_id, cycle_id, servant_id),
    constraint ck_appraisals_state check (state in
        ('OPEN', 'MODERATION', 'PROVISIONAL', 'ISSUED', 'RECEIVED', 'FINAL')),
    constraint ck_appraisals_settled check (state = 'OPEN' or predicate is not null),
    constraint ck_appraisals_rater check (rater_id <> servant_id),
    constraint ck_appraisals_ratings check (result_rating in ('ABOVE', 'MEETS', 'BELOW')
        and behaviour_rating in ('ABOVE', 'MEETS', 'BELOW'))
);
create index ix_appraisals_state on appraisals (tenant_id, cycle_id, state);
create index ix_appraisals_unit on appraisals (tenant_id, cycle_id, unit_id);
create index ix_appraisals_servant on appraisals (tenant_id, servant_id);
create index ix_appraisals_rater on appraisals (tenant_id, rater_id);
create table assessments (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, assessor_id uuid not null,
    role text not null, scores jsonb not null, reasons jsonb not null, result_rating text, behaviour_rating text,
    comment text not null, submitted_at timestamptz not null, primary key (tenant_id, id),
    constraint fk_assessments_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id),
    constraint uq_assessments_assessor unique (tenant_id, appraisal_id, assessor_id, role),
    constraint ck_assessments_role check (role in ('SUPERIOR', 'PEER', 'PANEL')),
    constraint ck_assessments_ratings check (role <> 'SUPERIOR' or behaviour_rating is not null)
);
create table peer_nominations (
    tenant_id text not null, appraisal_id uuid not null, peer_id uuid not null,
    primary key (tenant_id, appraisal_id, peer_id),
    constraint fk_peer_nominations_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id)
);
create table moderations (
    tenant_id text not null, appraisal_id uuid not null, finding text not null, required_at timestamptz not null,
    reason text, decided_by uuid, decided_at timestamptz, primary key (tenant_id, appraisal_id),
    constraint fk_moderations_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id)
);
create table org_performances (
    tenant_id text not null, cycle_id uuid not null, unit_id uuid not null, performance text not null,
    recommendation text not null, set_by uuid not null, set_at timestamptz not null,
    primary key (tenant_id, cycle_id, unit_id),
    constraint fk_org_performances_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint ck_org_performances_performance check (performance in
        ('OUTSTANDING', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR'))
);
create index ix_org_performances_unit on org_performances (tenant_id, unit_id, set_at);
create table visits (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, unit_id uuid not null, lead_id uuid not null,
    panel uuid[] not null, scheduled_for timestamptz not null, held_on date, checklist jsonb, findings jsonb,
    state text not null, primary key (tenant_id, id),
    constraint fk_visits_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    constraint uq_visits_unit unique (tenant_id, cycle_id, unit_id),
    constraint ck_visits_state check (state in ('SCHEDULED', 'HELD', 'ASSESSED', 'NOT_HELD')),
    constraint ck_visits_held check (state not in ('HELD', 'ASSESSED') or held_on is not null)
);
create table results (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, cycle_id uuid not null,
    servant_id uuid not null, rater_id uuid not null, authority_id uuid, version smallint not null,
    result_rating text not null, behaviour_rating text not null, predicate text not null, local_score numeric,
    local_band text, criteria jsonb not null, trace jsonb not null, strengths jsonb not null, areas jsonb not null,
    issued_at timestamptz not null, issued_by uuid not null, by_superior boolean not null,
    by_objection boolean not null, reason text, issue_note text, final_without_objection boolean not null,
    delivered_at timestamptz, received_at timestamptz, deemed boolean, receipt_note text, object_until timestamptz,
    finalised_at timestamptz, superseded_by smallint, primary key (tenant_id, id),
    constraint fk_results_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id),
    constraint uq_results_version unique (tenant_id, appraisal_id, version),
    constraint ck_results_predicate check (predicate in
        ('VERY_GOOD', 'GOOD', 'NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR')),
    constraint ck_results_later_version check (version = 1 or reason is not null)
);
create index ix_results_cycle on results (tenant_id, cycle_id);
create index ix_results_servant on results (tenant_id, servant_id);
create index ix_results_object_until on results (tenant_id, object_until)
    where finalised_at is null and superseded_by is null;
create table system_reviews (
    tenant_id text not null, cycle_id uuid not null, metrics jsonb not null, findings text not null,
    actions jsonb not null, reviewed_by uuid not null, reviewed_at timestamptz not null,
    primary key (tenant_id, cycle_id),
    constraint fk_system_reviews_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
)
"""


def upgrade() -> None:
    """Make the kit's tables, the copy of people, and our own."""
    create_kit_tables("evaluation")
    create_obligations_table("evaluation")
    create_people_tables("evaluation")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure(
        "evaluation",
        "cycles",
        "cycle_phases",
        "appraisals",
        "assessments",
        "peer_nominations",
        "moderations",
        "org_performances",
        "visits",
        "results",
        "system_reviews",
    )
    # A version that was issued never changes and never goes; only what happens to it later is added.
    op.execute("revoke update, delete on results from evaluation_app")
    op.execute(
        "grant update (delivered_at, received_at, deemed, receipt_note, object_until, finalised_at, superseded_by)"
        " on results to evaluation_app"
    )
