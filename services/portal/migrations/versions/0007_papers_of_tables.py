"""The report upward and tables are papers as well."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = """alter table papers add constraint ck_papers_kind check (kind in ('PLAN', 'EVALUATION', 'RESULT',
    'RESULT_BY_SUPERIOR', 'RESULT_AFTER_OBJECTION', 'OBJECTION', 'VISIT', 'FILE', 'UPWARD', 'CITY_MEETING',
    'PROVINCE_MEETING', 'TEAM', 'CASE', 'LISTING')) not valid"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table papers drop constraint ck_papers_kind")
    op.execute(_KINDS)
    op.execute("alter table papers validate constraint ck_papers_kind")
