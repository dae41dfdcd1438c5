"""Whether feedback was regular or incidental, direct or indirect, and from others concerned.

Row-level security is forced on the owner as well, so it steps aside while the rows of every city are carried over.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STEPS = """
alter table feedbacks add column occasion text not null default 'INCIDENTAL',
    add column channel text not null default 'INDIRECT', add column concern text not null default '',
    drop constraint ck_feedbacks_direction,
    add constraint ck_feedbacks_direction check (direction in ('DOWN', 'UP', 'PEER', 'OTHER')),
    add constraint ck_feedbacks_occasion check (occasion in ('REGULAR', 'INCIDENTAL')),
    add constraint ck_feedbacks_channel check (channel in ('DIRECT', 'INDIRECT')),
    add constraint ck_feedbacks_concern check (direction <> 'OTHER' or concern <> '');
alter table feedbacks no force row level security;
update feedbacks set occasion = 'REGULAR' where direction = 'DOWN';
alter table feedbacks force row level security;
alter table feedbacks alter column occasion drop default, alter column channel drop default,
    alter column concern drop default
"""


def upgrade() -> None:
    """A leader's feedback of before was the regular one."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _STEPS.split(";\n"):
        op.execute(statement)
