"""Priority in competence development is proposed as well."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KINDS = """
alter table proposals drop constraint ck_proposals_kind,
    add constraint ck_proposals_kind check (kind in ('PROMOTION_SIGNAL', 'DEVELOPMENT_PRIORITY', 'TALENT_BOX',
        'TRAINING_NEED', 'COACHING', 'IMPROVEMENT_CASE', 'INNOVATION_REWARD', 'CREDIT_CONVERSION'))
"""


def upgrade() -> None:
    """One more word."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_KINDS)
