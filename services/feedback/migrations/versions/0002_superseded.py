"""What followed from a result gives way when the result gets a newer version."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STEPS = """
alter table development_actions add column result_id uuid, drop constraint ck_development_actions_state,
    drop constraint ck_development_actions_planned,
    add constraint ck_development_actions_state check (state in ('PROPOSED', 'PLANNED', 'COMPLETED', 'SUPERSEDED')),
    add constraint ck_development_actions_planned check (state in ('PROPOSED', 'SUPERSEDED')
        or (kind is not null and what <> '' and how <> '' and due_on is not null));
alter table recognitions add column result_id uuid, drop constraint ck_recognitions_state,
    add constraint ck_recognitions_state check (state in ('PROPOSED', 'APPROVED', 'DECLINED', 'SUPERSEDED'));
drop index uq_development_actions_servant;
create unique index uq_development_actions_servant on development_actions (tenant_id, cycle_id, servant_id)
    where state <> 'SUPERSEDED';
drop index uq_recognitions_servant;
create unique index uq_recognitions_servant on recognitions (tenant_id, cycle_id, servant_id)
    where state <> 'SUPERSEDED'
"""


def upgrade() -> None:
    """Rows of before keep no result; they are never superseded."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
