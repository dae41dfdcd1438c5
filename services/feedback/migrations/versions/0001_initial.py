"""Everything the feedback service keeps."""

from alembic import op

from directory.schema import create_cycle_tables, create_people_tables
from kit.schema import create_kit_tables, secure
from obligations.schema import create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_RATINGS = "in ('ABOVE', 'MEETS', 'BELOW')"

_TABLES = f"""
create table sessions (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, ordinal smallint not null,
    title_id text not null, title_en text not null, state text not null, held_on date, materials jsonb not null,
    reported_by uuid, primary key (tenant_id, id),
    constraint ck_sessions_state check (state in ('PLANNED', 'HELD', 'LAPSED')),
    constraint ck_sessions_held check (state <> 'HELD' or held_on is not null)
);
create unique index uq_sessions_ordinal on sessions (tenant_id, cycle_id, ordinal);
create table attendances (
    tenant_id text not null, session_id uuid not null, person_id uuid not null,
    primary key (tenant_id, session_id, person_id),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id)
);
create table acknowledgements (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null, policy_version smallint not null,
    at timestamptz not null, primary key (tenant_id, cycle_id, servant_id)
);
create table feedbacks (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, about_id uuid not null,
    author_id uuid not null, direction text not null, what text not null, how text not null,
    strengths text[] not null, areas text[] not null, evidence jsonb not null, visibility text not null,
    given_at timestamptz not null, answer text, answered_at timestamptz, primary key (tenant_id, id),
    constraint ck_feedbacks_direction check (direction in ('DOWN', 'UP', 'PEER')),
    constraint ck_feedbacks_visibility check (visibility in ('LINE', 'ABOUT')),
    constraint ck_feedbacks_said check (what <> '' and how <> '' and about_id <> author_id)
);
create index ix_feedbacks_about on feedbacks (tenant_id, cycle_id, about_id, id);
create index ix_feedbacks_author on feedbacks (tenant_id, cycle_id, author_id);
create table ideas (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, author_id uuid not null,
    leader_id uuid not null, title text not null, text text not null, at timestamptz not null, answer text,
    adopted boolean, answered_by uuid, answered_at timestamptz, primary key (tenant_id, id),
    constraint ck_ideas_answered check ((answer is null) = (adopted is null))
);
create unique index uq_ideas_title on ideas (tenant_id, cycle_id, author_id, title);
create index ix_ideas_leader on ideas (tenant_id, leader_id);
create table clarifications (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, appraisal_id uuid not null,
    servant_id uuid not null, rater_id uuid not null, text text not null, items jsonb not null,
    evidence jsonb not null, asked_at timestamptz not null, state text not null, reason text, result_rating text,
    behaviour_rating text, answered_by uuid, answered_at timestamptz, primary key (tenant_id, id),
    constraint ck_clarifications_state check (state in ('OPEN', 'EXPLAINED', 'AMENDED')),
    constraint ck_clarifications_result_rating check (result_rating {_RATINGS}),
    constraint ck_clarifications_behaviour_rating check (behaviour_rating {_RATINGS}),
    constraint ck_clarifications_amended
        check (state <> 'AMENDED' or (result_rating is not null and behaviour_rating is not null))
);
create unique index uq_clarifications_open on clarifications (tenant_id, appraisal_id) where state = 'OPEN';
create index ix_clarifications_servant on clarifications (tenant_id, servant_id, id);
create index ix_clarifications_rater on clarifications (tenant_id, rater_id, id);
create index ix_clarifications_cycle on clarifications (tenant_id, cycle_id, state);
create table provisional_copies (
    tenant_id text not null, appraisal_id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    rater_id uuid not null, result_rating text not null, behaviour_rating text not null, predicate text not null,
    clarify_until timestamptz not null, issued boolean not null, primary key (tenant_id, appraisal_id)
);
create table result_copies (
    tenant_id text not null, result_id uuid not null, appraisal_id uuid not null, cycle_id uuid not null,
    version smallint not null, servant_id uuid not null, rater_id uuid not null, authority_id uuid,
    result_rating text not null, behaviour_rating text not null, predicate text not null, local_score numeric,
    criteria jsonb not null, received_at timestamptz, object_until timestamptz,
    final_without_objection boolean not null, finalised boolean not null, superseded boolean not null,
    primary key (tenant_id, result_id)
);
create index ix_result_copies_appraisal on result_copies (tenant_id, appraisal_id);
create index ix_result_copies_awaited on result_copies (tenant_id, cycle_id) where not finalised and not superseded;
create table objections (
    tenant_id text not null, id uuid not null, result_id uuid not null, appraisal_id uuid not null,
    cycle_id uuid not null, servant_id uuid not null, rater_id uuid not null, authority_id uuid not null,
    state text not null, filed_at timestamptz not null, grounds text not null, items jsonb not null,
    evidence jsonb not null, statements_by timestamptz not null, decide_by timestamptz not null,
    decided_at timestamptz, decided_by uuid, outcome text, reason text, result_rating text, behaviour_rating text,
    escalated_at timestamptz, primary key (tenant_id, id),
    constraint ck_objections_state
        check (state in ('FILED', 'HEARING', 'DECIDABLE', 'UPHELD', 'AMENDED', 'WITHDRAWN')),
    constraint ck_objections_outcome check (outcome in ('UPHELD', 'AMENDED')),
    constraint ck_objections_grounds check (grounds <> ''),
    constraint ck_objections_authority check (authority_id <> rater_id and authority_id <> servant_id),
    constraint ck_objections_decider check (decided_by <> rater_id and decided_by <> servant_id),
    constraint ck_objections_decided
        check (state not in ('UPHELD', 'AMENDED') or (outcome = state and reason <> '' and decided_by is not null)),
    constraint ck_objections_result_rating check (result_rating {_RATINGS}),
    constraint ck_objections_behaviour_rating check (behaviour_rating {_RATINGS}),
    constraint ck_objections_amended
        check (state <> 'AMENDED' or (result_rating is not null and behaviour_rating is not null))
);
create unique index uq_objections_result on objections (tenant_id, result_id);
create index ix_objections_cycle on objections (tenant_id, cycle_id, state);
create index ix_objections_waiting on objections (tenant_id, cycle_id) where state in ('FILED', 'HEARING');
create index ix_objections_servant on objections (tenant_id, servant_id);
create index ix_objections_rater on objections (tenant_id, rater_id);
create index ix_objections_authority on objections (tenant_id, authority_id);
create table statements (
    tenant_id text not null, objection_id uuid not null, side text not null, by_id uuid not null, text text not null,
    at timestamptz not null, primary key (tenant_id, objection_id, side),
    constraint ck_statements_side check (side in ('RATER', 'SERVANT')),
    foreign key (tenant_id, objection_id) references objections (tenant_id, id)
);
create table development_actions (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null,
    rater_id uuid not null, reason text not null, state text not null, kind text, what text, how text, due_on date,
    planned_by uuid, outcome text, completed_at timestamptz, primary key (tenant_id, id),
    constraint ck_development_actions_state check (state in ('PROPOSED', 'PLANNED', 'COMPLETED')),
    constraint ck_development_actions_kind check (kind in ('TRAINING', 'COACHING', 'COUNSELLING', 'MENTORING')),
    constraint ck_development_actions_planned
        check (state = 'PROPOSED' or (kind is not null and what <> '' and how <> '' and due_on is not null))
);
create unique index uq_development_actions_servant on development_actions (tenant_id, cycle_id, servant_id);
create index ix_development_actions_rater on development_actions (tenant_id, rater_id);
create table recognitions (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, servant_id uuid not null, kind text not null,
    basis text not null, state text not null, decided_by uuid, decided_at timestamptz, reason text,
    primary key (tenant_id, id),
    constraint ck_recognitions_state check (state in ('PROPOSED', 'APPROVED', 'DECLINED')),
    constraint ck_recognitions_decider check (decided_by <> servant_id)
);
create unique index uq_recognitions_servant on recognitions (tenant_id, cycle_id, servant_id)
"""

_OWN = (
    "sessions",
    "attendances",
    "acknowledgements",
    "feedbacks",
    "ideas",
    "clarifications",
    "provisional_copies",
    "result_copies",
    "objections",
    "statements",
    "development_actions",
    "recognitions",
)


def upgrade() -> None:
    """Make the tables and secure them."""
    create_kit_tables("feedback")
    create_obligations_table("feedback")
    create_people_tables("feedback")
    create_cycle_tables("feedback")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("feedback", *_OWN)


def downgrade() -> None:
    """There is nothing before the first."""
    raise NotImplementedError
