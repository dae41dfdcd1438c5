"""Special days with their reason, weeks of units, outages; status of people and changes from a day on."""

from alembic import op

from kit.schema import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = """
alter table calendars add column days jsonb;
alter table units add column own_work_days smallint[], add column work_days smallint[];
alter table servants add column status text not null default 'ACTIVE', add column status_since date,
    add constraint ck_servants_status check (status in ('ACTIVE', 'STUDY_LEAVE', 'UNPAID_LEAVE', 'SUSPENDED',
        'PRE_RETIREMENT', 'RETIRED', 'DIED', 'MOVED_AWAY'));
alter table servants alter column status drop default;
alter table rater_relations add column change_id uuid, drop constraint ck_rater_relations_source,
    add constraint ck_rater_relations_source
        check (source in ('HIERARCHY', 'DELEGATION', 'CORRECTION', 'SUPERIOR'));
create table personnel_changes (
    tenant_id text not null, id uuid not null, servant_id uuid not null, kind text not null,
    effective_on date not null, until date, payload jsonb not null, reason text not null, state text not null,
    follows uuid, recorded_at timestamptz not null, recorded_by uuid not null, applied_at timestamptz, note text,
    primary key (tenant_id, id),
    constraint ck_personnel_changes_kind check (kind in ('STATUS', 'TRANSFER', 'RATER', 'CORRECTION', 'ACTING',
        'ACTING_ENDED')),
    constraint ck_personnel_changes_state check (state in ('PLANNED', 'APPLIED', 'CANCELLED', 'REFUSED'))
);
create index ix_personnel_changes_servant on personnel_changes (tenant_id, servant_id, effective_on);
create index ix_personnel_changes_planned on personnel_changes (effective_on, tenant_id) where state = 'PLANNED';
create table outages (
    tenant_id text not null, id uuid not null, began_at timestamptz not null, ended_at timestamptz not null,
    reason text not null, recorded_at timestamptz not null, recorded_by uuid not null,
    primary key (tenant_id, id),
    constraint ck_outages_span check (ended_at > began_at)
);
create unique index uq_outages_span on outages (tenant_id, began_at, ended_at)
"""


def upgrade() -> None:
    """Apply."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure("registry", "personnel_changes", "outages")
    # What is due in any city is found by the role that already stands outside their walls; it may read no more of it.
    op.execute("create policy due on personnel_changes to registry_relay using (true)")
    op.execute("grant select (tenant_id, effective_on, state) on personnel_changes to registry_relay")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
