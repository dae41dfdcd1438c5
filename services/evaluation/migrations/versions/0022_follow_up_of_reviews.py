"""Actions of a review with who is responsible, how they are followed up, what people said, and the spread of its time."""

from alembic import op

from kit.schema import secure

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_STEPS = (
    "alter table system_reviews add column spread jsonb, add column on_time jsonb",
    """
    create table review_actions (
        tenant_id text not null, id uuid not null, cycle_id uuid not null, number smallint not null,
        what text not null, responsible_id uuid, until date, state text not null, word text, marked_by uuid,
        marked_at timestamptz, primary key (tenant_id, id),
        constraint uq_review_actions_number unique (tenant_id, cycle_id, number),
        constraint fk_review_actions_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
        constraint ck_review_actions_state check (state in ('OPEN', 'DONE')),
        constraint ck_review_actions_marked check ((marked_by is null) = (marked_at is null)
            and (state = 'OPEN' or marked_by is not null))
    )
    """,
    """
    create table system_surveys (
        tenant_id text not null, cycle_id uuid not null, people integer, means jsonb not null,
        told_at timestamptz not null, primary key (tenant_id, cycle_id),
        constraint fk_system_surveys_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
    )
    """,
    # Actions that were decided before: who and until when was not written down then.
    """
    insert into review_actions (tenant_id, id, cycle_id, number, what, state)
    select r.tenant_id, gen_random_uuid(), r.cycle_id, one.number, one.what, 'OPEN'
    from system_reviews r cross join lateral jsonb_array_elements_text(r.actions) with ordinality as one(what, number)
    """,
)


def upgrade() -> None:
    """What was decided in reviews of before can be followed up as well."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS:
        op.execute(statement)
    secure("evaluation", "review_actions", "system_surveys")
