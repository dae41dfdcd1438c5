"""Upward feedback without a name, ideas that colleagues see, and the pulse: counters and turns, never answers of a person."""

from alembic import op

from kit.schema import secure

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STEPS = """
alter table feedbacks drop constraint ck_feedbacks_visibility,
    add constraint ck_feedbacks_visibility check (visibility in ('LINE', 'ABOUT', 'UNNAMED'));
alter table ideas add column shared boolean not null default false;
alter table ideas alter column shared drop default;
create table pulse_counts (
    tenant_id text not null, cycle_id uuid not null, unit_id uuid not null, question smallint not null,
    value smallint not null, people integer not null, primary key (tenant_id, cycle_id, unit_id, question, value),
    constraint ck_pulse_counts_value check (value between 1 and 5 and question >= 1 and people >= 1)
);
create table pulse_turns (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null,
    primary key (tenant_id, cycle_id, servant_id)
)
"""


def upgrade() -> None:
    """Ideas of before were brought to the leader alone, and stay between the two."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
    secure("feedback", "pulse_counts", "pulse_turns")
