"""Attendance by month, for information."""

from alembic import op

from kit.schema import secure

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLE = """
create table attendance (
    tenant_id text not null, servant_id uuid not null, month date not null, present integer not null,
    late integer not null, absent integer not null, source text not null, imported_at timestamptz not null,
    imported_by uuid not null, primary key (tenant_id, servant_id, month),
    constraint ck_attendance_days check (present >= 0 and late >= 0 and absent >= 0 and late <= present)
)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(_TABLE)
    secure("registry", "attendance")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
