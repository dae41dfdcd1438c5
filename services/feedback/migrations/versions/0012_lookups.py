"""Who looked at whose records, by day."""

from alembic import op

from kit.schema import secure

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """
        create table lookups (
            tenant_id text not null, servant_id uuid not null, looked_on date not null, reader_id uuid not null,
            record text not null, times integer not null, last_at timestamptz not null,
            primary key (tenant_id, servant_id, looked_on, reader_id, record),
            constraint ck_lookups_others check (servant_id <> reader_id and times >= 1)
        )
        """
    )
    secure("feedback", "lookups")
