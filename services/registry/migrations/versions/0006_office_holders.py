"""Who holds an office from when to when, and accounts of those who are no civil servants."""

from alembic import op

from kit.schema import secure

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Beside the roles that a file gives: an import knows nothing of what the office declared, and must not take it away.
_TABLES = """
alter table servants add column held_roles text[] not null default '{}';
create table accounts (
    tenant_id text not null, id uuid not null, revision integer not null, name text not null, email text not null,
    language text not null, roles text[] not null, active boolean not null, recorded_at timestamptz not null,
    primary key (tenant_id, id)
);
create table office_holders (
    tenant_id text not null, id uuid not null, person_id uuid not null, role text not null, valid_from date not null,
    valid_until date, reason text not null, recorded_at timestamptz not null, recorded_by uuid not null,
    ended_at timestamptz, ended_by uuid, end_reason text, applied boolean not null,
    primary key (tenant_id, id),
    constraint ck_office_holders_role check (role in ('PERFORMANCE_OFFICE', 'PANEL', 'APPOINTING_AUTHORITY',
        'CITY_LEADER', 'AUDITOR', 'OPERATIONS', 'INTEGRATOR')),
    constraint ck_office_holders_span check (valid_until is null or valid_until >= valid_from - 1)
);
create index ix_office_holders_person on office_holders (tenant_id, person_id);
create index ix_office_holders_due on office_holders (valid_from, tenant_id)
    where not applied or valid_until is not null
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("registry", "accounts", "office_holders")
    # What is due in any city is found by the role that already stands outside their walls; it may read no more of it.
    op.execute("create policy due on office_holders to registry_relay using (true)")
    op.execute("grant select (tenant_id, valid_from, valid_until, applied) on office_holders to registry_relay")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
