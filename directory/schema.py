"""The tables of the copy, for the first migration of a service that keeps one."""

from alembic import op

from kit.schema import secure

_PEOPLE = """
create table directory_units (
    tenant_id text not null, id uuid not null, revision integer not null, code text not null, name text not null,
    kind text not null, parent_id uuid, scope text not null, period_months integer not null, active boolean not null,
    primary key (tenant_id, id)
);
create table directory_people (
    tenant_id text not null, id uuid not null, revision integer not null, nip text not null, name text not null,
    email text not null, employment_type text not null, grade text not null, position text not null,
    position_kind text not null, unit_id uuid not null, is_head boolean not null, rater_id uuid, authority_id uuid,
    roles text[] not null, language text not null, active boolean not null, primary key (tenant_id, id)
);
create index ix_directory_people_unit on directory_people (tenant_id, unit_id);
create index ix_directory_people_rater on directory_people (tenant_id, rater_id);
create index ix_directory_people_roles on directory_people (tenant_id) where roles <> '{}';
create table directory_policies (
    tenant_id text not null, scope text not null, version integer not null, policy jsonb not null,
    primary key (tenant_id, scope, version)
);
create table directory_calendars (
    tenant_id text not null primary key, version integer not null, calendar jsonb not null
)
"""
_CYCLES = """
create table directory_cycles (
    tenant_id text not null, id uuid not null, scope text not null, name text not null, period_start date not null,
    period_end date not null, policy jsonb not null, phase text, phase_due_at timestamptz, closed boolean not null,
    primary key (tenant_id, id)
);
create table directory_members (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null, appraisal_id uuid not null,
    unit_id uuid not null, rater_id uuid, authority_id uuid, is_head boolean not null,
    primary key (tenant_id, cycle_id, servant_id)
);
create index ix_directory_members_appraisal on directory_members (tenant_id, appraisal_id)
"""


_ASSISTANTS = """
create table directory_assistants (
    tenant_id text not null, id uuid not null, servant_id uuid not null, assistant_id uuid not null,
    valid_from date not null, valid_until date, primary key (tenant_id, id)
);
create index ix_directory_assistants_assistant on directory_assistants (tenant_id, assistant_id, servant_id)
"""


def create_assistant_tables(service: str) -> None:
    """Who enters for whom, for services whose routes assistants may use."""
    _create(_ASSISTANTS)
    secure(service, "directory_assistants")


def create_people_tables(service: str) -> None:
    """Units, people, policies, calendars."""
    _create(_PEOPLE)
    secure(service, "directory_units", "directory_people", "directory_policies", "directory_calendars")


def create_cycle_tables(service: str) -> None:
    """Cycles and their members, for services other than evaluation."""
    _create(_CYCLES)
    secure(service, "directory_cycles", "directory_members")


def _create(script: str) -> None:
    for statement in script.split(";\n"):
        op.execute(statement)


def know_weeks_and_statuses() -> None:
    """The week of a unit and the status of a person, for a later migration of a service that keeps the copy."""
    op.execute("alter table directory_units add column work_days smallint[]")
    op.execute("alter table directory_people add column status text not null default 'ACTIVE'")
    op.execute("alter table directory_people alter column status drop default")
