"""What an answer or a decision sets anew in a score, and the criteria and indicators that it may name."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STEPS = """
alter table provisional_copies add column criteria jsonb, add column indicators jsonb;
alter table result_copies add column indicators jsonb;
alter table objections add column scores jsonb, drop constraint ck_objections_amended,
    add constraint ck_objections_amended check (state <> 'AMENDED'
        or (result_rating is not null and behaviour_rating is not null) or coalesce(jsonb_array_length(scores), 0) > 0);
alter table clarifications add column scores jsonb, drop constraint ck_clarifications_amended,
    add constraint ck_clarifications_amended check (state <> 'AMENDED'
        or (result_rating is not null and behaviour_rating is not null) or coalesce(jsonb_array_length(scores), 0) > 0)
"""


def upgrade() -> None:
    """Columns that may be empty: of earlier results nothing is known of it."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
