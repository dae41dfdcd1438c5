"""The survey of the appraisal system: counters and turns, never answers of a person."""

from alembic import op

from kit.schema import secure

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The same two tables as the pulse has."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """
        create table survey_counts (
            tenant_id text not null, cycle_id uuid not null, unit_id uuid not null, question smallint not null,
            value smallint not null, people integer not null,
            primary key (tenant_id, cycle_id, unit_id, question, value),
            constraint ck_survey_counts_value check (value between 1 and 5 and question >= 1 and people >= 1)
        )
        """
    )
    op.execute(
        """
        create table survey_turns (
            tenant_id text not null, cycle_id uuid not null, servant_id uuid not null,
            primary key (tenant_id, cycle_id, servant_id)
        )
        """
    )
    secure("feedback", "survey_counts", "survey_turns")
