"""Dates of visits, numbered findings, and what those observed say to them."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STEPS = """
alter table visits add column visit_on date, add column announced_for date, add column missed_on date,
    add column respondent_id uuid, add column response_state text, add column response jsonb,
    add column response_note text, add column responded_by uuid, add column responded_at timestamptz,
    add constraint ck_visits_response_state check (response_state in ('AWAITED', 'ANSWERED', 'SILENT')),
    add constraint ck_visits_response check ((response_state is not distinct from 'ANSWERED')
        = (responded_by is not null and responded_at is not null));
alter table visits no force row level security;
update visits set findings = (
    select jsonb_agg(jsonb_build_object('number', number) || one order by number)
    from jsonb_array_elements(findings) with ordinality as seen(one, number)
) where jsonb_typeof(findings) = 'array' and findings <> '[]';
alter table visits force row level security
"""


def upgrade() -> None:
    """Findings that were written before get their numbers; nobody is asked any more to respond to them."""
    op.execute("set local lock_timeout = '5s'")
    # The owner is held to row-level security as well, and has no policy: it must see every city's rows for a moment.
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
