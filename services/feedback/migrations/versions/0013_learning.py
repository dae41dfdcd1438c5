"""Several sessions a topic with who is invited and enrolled, materials with worked examples, and the quiz."""

from alembic import op

from kit.schema import secure

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_STEPS = """
alter table sessions add column number smallint not null default 1, add column planned_on date,
    add column place text, add column seats integer,
    drop constraint ck_sessions_state,
    add constraint ck_sessions_state check (state in ('PLANNED', 'HELD', 'LAPSED', 'CALLED_OFF')),
    add constraint ck_sessions_number check (number >= 1 and (seats is null or seats >= 1));
alter table sessions alter column number drop default;
drop index uq_sessions_ordinal;
create unique index uq_sessions_number on sessions (tenant_id, cycle_id, ordinal, number);
create index ix_attendances_person on attendances (tenant_id, person_id, session_id);
create table session_places (
    tenant_id text not null, session_id uuid not null, person_id uuid not null, invited_by uuid,
    enrolled_at timestamptz, primary key (tenant_id, session_id, person_id),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id)
);
create table materials (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, number integer not null,
    content jsonb not null, kept_by uuid, kept_at timestamptz not null, retired_at timestamptz,
    primary key (tenant_id, id), constraint uq_materials_number unique (tenant_id, cycle_id, number)
);
create table quiz_questions (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, number integer not null,
    content jsonb not null, kept_by uuid, kept_at timestamptz not null, retired_at timestamptz,
    primary key (tenant_id, id), constraint uq_quiz_questions_number unique (tenant_id, cycle_id, number)
);
create table quiz_scores (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null, attempts integer not null,
    best smallint not null, last smallint not null, asked smallint not null, answered_at timestamptz not null,
    primary key (tenant_id, cycle_id, servant_id),
    constraint ck_quiz_scores_counts check (attempts >= 1 and best between 0 and 100 and last between 0 and asked)
);
create table quiz_counts (
    tenant_id text not null, question_id uuid not null, option smallint not null, people integer not null,
    primary key (tenant_id, question_id, option),
    foreign key (tenant_id, question_id) references quiz_questions (tenant_id, id),
    constraint ck_quiz_counts_option check (option >= 1 and people >= 1)
)
"""


def upgrade() -> None:
    """Sessions of before are the first of their topic."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("feedback", "session_places", "materials", "quiz_questions", "quiz_scores", "quiz_counts")
