"""How often signing in failed, by day and reason: numbers of the whole portal, and nothing of anybody."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Whoever fails to sign in has no city and no name yet, so these are counts and stand behind no city's wall. The pages add to
# them and show them; the worker's sweep looks at days alone.
_FAILURES = """
create table sign_in_failures (
    day date not null, reason text not null, failures integer not null,
    primary key (day, reason),
    constraint ck_sign_in_failures_reason check (reason in ('NOT_BEGUN', 'FORGED', 'REFUSED', 'INVALID', 'SILENT'))
);
grant select, insert on sign_in_failures to portal_app;
grant update (failures) on sign_in_failures to portal_app;
grant select (day), delete on sign_in_failures to portal_relay
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in _FAILURES.split(";\n"):
        op.execute(statement)
