"""One register of what follows: accepted proposals open development actions and enter recognitions; requests for support end."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STEPS = """
alter table development_actions add column need text not null default 'DEVELOPMENT', add column proposal_id uuid,
    add column ended_at timestamptz, drop constraint ck_development_actions_state,
    add constraint ck_development_actions_need check (need in ('DEVELOPMENT', 'COACHING')),
    add constraint ck_development_actions_state
        check (state in ('PROPOSED', 'PLANNED', 'COMPLETED', 'NOT_HELD', 'UNREPORTED', 'SUPERSEDED'));
alter table development_actions alter column need drop default;
drop index uq_development_actions_servant;
create unique index uq_development_actions_need on development_actions (tenant_id, cycle_id, servant_id, need)
    where state <> 'SUPERSEDED';
alter table recognitions add column proposal_id uuid, add column document jsonb;
drop index uq_recognitions_servant;
create unique index uq_recognitions_kind on recognitions (tenant_id, cycle_id, servant_id, kind)
    where state <> 'SUPERSEDED';
alter table support_requests add column ended_at timestamptz, add column carried_from uuid, add column carried_why text,
    add constraint ck_support_requests_carried check ((carried_from is null) = (carried_why is null));
create unique index uq_support_requests_carried on support_requests (tenant_id, carried_from)
    where carried_from is not null
"""


def upgrade() -> None:
    """Actions of before are those that a result asked for; the index on the person becomes one on person and need."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
