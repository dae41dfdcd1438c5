"""The cities of a province in numbers, behind a wall of the province's own; and who looked at whose records."""

from alembic import op

from kit.schema import create_lookups_table, let_operations_count, secure

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TABLES = """
create table province_officials (
    tenant_id text not null, city text not null, person_id uuid not null, revision integer not null,
    active boolean not null, primary key (tenant_id, city, person_id),
    constraint ck_province_officials_city check (left(city, 2) || '.00' = tenant_id)
);
create table province_figures (
    tenant_id text not null, city text not null, cycle_id uuid not null, city_name text not null, name text not null,
    scope text not null, period_start date not null, period_end date not null, state text not null, phase text,
    phase_due_at timestamptz, least integer not null, people integer, results integer, rated integer, issued integer, final integer,
    on_time integer, predicates jsonb, told_at timestamptz not null, primary key (tenant_id, city, cycle_id),
    constraint ck_province_figures_city check (left(city, 2) || '.00' = tenant_id),
    constraint ck_province_figures_least check (people is null or people >= least)
)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("evaluation", "province_officials", "province_figures")
    create_lookups_table("evaluation")
    let_operations_count("evaluation")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
