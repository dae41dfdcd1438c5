"""Who rated somebody in a cycle before a change of personnel."""

from alembic import op

from kit.schema import secure

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLE = """
create table former_raters (
    tenant_id text not null, appraisal_id uuid not null, until date not null, rater_id uuid,
    primary key (tenant_id, appraisal_id, until),
    constraint fk_former_raters_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id)
)
"""


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("evaluation", "former_raters")
