"""The tables of obligations, for the migrations of the services."""

from alembic import op

from kit.schema import force_tenant, secure

_OBLIGATIONS = """
create table obligations (
    tenant_id text not null, id uuid not null, kind text not null, phase text not null, cycle_id uuid not null,
    subject_id uuid not null, about_id uuid, first_debtor_id uuid not null, debtor_id uuid not null,
    superior_id uuid, office_id uuid, opened_at timestamptz not null, due_at timestamptz not null,
    rungs jsonb not null, rung smallint not null, next_at timestamptz, state text not null,
    closed_at timestamptz, closed_by text, primary key (tenant_id, id),
    constraint ck_obligations_state check (state in ('OPEN', 'DONE', 'LAPSED', 'CANCELLED'))
)
"""
_INDEXES = (
    """create unique index uq_obligations_open on obligations (tenant_id, kind, subject_id, first_debtor_id)
        where state = 'OPEN'""",
    """create index ix_obligations_next_at on obligations (tenant_id, next_at, id) where state = 'OPEN'""",
    """create index ix_obligations_open_phase on obligations (tenant_id, cycle_id, phase) where state = 'OPEN'""",
    """create index ix_obligations_debtor_id on obligations (tenant_id, debtor_id) where state = 'OPEN'""",
)


def create_obligations_table(service: str) -> None:
    """The obligations with their security, after the kit's tables in a service's first migration.

    No right to delete: an obligation ends by its state, and what was owed stays to be seen.
    """
    op.execute(_OBLIGATIONS)
    for index in _INDEXES:
        op.execute(index)
    app, relay = f"{service}_app", f"{service}_relay"
    force_tenant("obligations", app)
    op.execute(f"create policy relay on obligations to {relay} using (true) with check (true)")
    op.execute(f"grant select, insert, update on obligations to {app}")
    op.execute(f"grant select on obligations to {relay}")


def add_calendar_version() -> None:
    """The calendar that an obligation was computed with, for a later migration of each service."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table obligations add column calendar_version integer")


def create_held_cycles(service: str) -> None:
    """The cycles whose ladders stand still, for a later migration of each service that owns obligations."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        """create table held_cycles (
            tenant_id text not null, cycle_id uuid not null, since timestamptz not null,
            primary key (tenant_id, cycle_id)
        )"""
    )
    secure(service, "held_cycles")
