"""Late admissions, decisions by item, improvement cases, coaching, support requests, and results taken over."""

from alembic import op

from kit.schema import secure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STEPS = """
alter table result_copies add column issued_by uuid;
alter table objections add column decided_items jsonb;
create table late_admissions (
    tenant_id text not null, result_id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    admitted_by uuid not null, reason text not null, admitted_at timestamptz not null, file_until timestamptz not null,
    primary key (tenant_id, result_id), constraint ck_late_admissions_reason check (reason <> '')
);
create table improvement_cases (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, result_id uuid not null,
    servant_id uuid not null, rater_id uuid not null, authority_id uuid, basis text not null, state text not null,
    started_at timestamptz not null, months smallint not null, ends_at timestamptz not null, asked_at timestamptz,
    outcome text, reason text, decided_by uuid, decided_at timestamptz, primary key (tenant_id, id),
    constraint ck_improvement_cases_state
        check (state in ('RUNNING', 'DECIDABLE', 'ENDED_WELL', 'FURTHER_MEASURES', 'SUPERSEDED')),
    constraint ck_improvement_cases_decided
        check (state not in ('ENDED_WELL', 'FURTHER_MEASURES') or (reason <> '' and decided_by is not null))
);
create index ix_improvement_cases_cycle on improvement_cases (tenant_id, cycle_id, id);
create index ix_improvement_cases_servant on improvement_cases (tenant_id, servant_id);
create table improvement_reviews (
    tenant_id text not null, id uuid not null, case_id uuid not null, number smallint not null,
    due_at timestamptz not null, progress text, findings text, next_steps text, held_by uuid, held_at timestamptz,
    primary key (tenant_id, id), foreign key (tenant_id, case_id) references improvement_cases (tenant_id, id),
    constraint ck_improvement_reviews_progress check (progress in ('BETTER', 'SAME', 'WORSE')),
    constraint ck_improvement_reviews_held check ((held_at is null) = (progress is null))
);
create unique index uq_improvement_reviews_number on improvement_reviews (tenant_id, case_id, number);
create table support_requests (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    leader_id uuid not null, kind text not null, text text not null, at timestamptz not null, granted boolean,
    answer text, answered_by uuid, answered_at timestamptz, primary key (tenant_id, id),
    constraint ck_support_requests_kind check (kind in ('PEOPLE', 'BUDGET', 'EQUIPMENT', 'MENTORING', 'FACILITIES')),
    constraint ck_support_requests_answered check ((answer is null) = (granted is null))
);
create index ix_support_requests_servant on support_requests (tenant_id, cycle_id, servant_id);
create index ix_support_requests_leader on support_requests (tenant_id, leader_id);
create table coachings (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    rater_id uuid not null, authority_id uuid, coach_id uuid not null, kind text not null, topic text not null,
    state text not null, asked_at timestamptz not null, held_on date, outcome text, content text,
    reported_at timestamptz, primary key (tenant_id, id),
    constraint ck_coachings_kind check (kind in ('COACHING', 'COUNSELLING')),
    constraint ck_coachings_state check (state in ('ASKED', 'HELD')),
    constraint ck_coachings_held check (state <> 'HELD' or (held_on is not null and outcome <> '')),
    constraint ck_coachings_independent
        check (coach_id <> servant_id and (kind <> 'COUNSELLING' or coach_id <> rater_id))
);
create index ix_coachings_servant on coachings (tenant_id, servant_id);
create index ix_coachings_coach on coachings (tenant_id, coach_id);
create table take_overs (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    leader_id uuid not null, result text not null, note text not null, at timestamptz not null,
    primary key (tenant_id, id), constraint ck_take_overs_said check (result <> '' and note <> '')
);
create unique index uq_take_overs_result on take_overs (tenant_id, cycle_id, servant_id, result)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure(
        "feedback",
        "late_admissions",
        "improvement_cases",
        "improvement_reviews",
        "support_requests",
        "coachings",
        "take_overs",
    )
