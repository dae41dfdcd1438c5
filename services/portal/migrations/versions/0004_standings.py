"""How far everybody in a cycle has come."""

from alembic import op

from kit.schema import secure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = """
create table standings (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null,
    plan_id uuid, plan_state text, plan_at bigint not null default -1,
    report_period integer, report_state text, report_at bigint not null default -1,
    rating_state text, rating_at bigint not null default -1,
    result_id uuid, result_state text, result_at bigint not null default -1,
    primary key (tenant_id, cycle_id, servant_id),
    constraint ck_standings_plan check (plan_state in ('DRAFT', 'PROPOSED', 'RETURNED', 'SET')),
    constraint ck_standings_report check (report_state in ('REPORTED', 'TAKEN_OVER')),
    constraint ck_standings_rating check (rating_state in ('RATED', 'COMPUTED')),
    constraint ck_standings_result check (result_state in ('ISSUED', 'RECEIVED', 'FINAL'))
);
create index ix_search_directory_members_authority on directory_members (tenant_id, cycle_id, authority_id)
"""


def upgrade() -> None:
    """One table, and the way from a reviewing authority to the members below."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("portal", "standings")
