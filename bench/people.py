"""A city of any size in the directory copy: one unit, a policy, a calendar, and people who rate one another in tens."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg

from contracts.base import new_id
from contracts.evaluation.cycles import CycleOpened
from kinerja.commands.places import national_calendar, policy
from kit.db import Database

CITY = "16.71"
PLACE = "palembang"

_UNIT = """
insert into directory_units (tenant_id, id, revision, code, name, kind, scope, period_months, active)
values ($1, $2, 1, '16.71-01', 'Dinas Contoh', 'OPD', $1, $3, true)
"""
# Person 1 rates nine, each of them ten, and so on; person 2 is the performance office.
_PEOPLE = """
with people as materialized (select n, uuidv7() as id from generate_series(1, $3::int) n)
insert into directory_people (tenant_id, id, revision, nip, name, email, employment_type, grade, position,
    position_kind, unit_id, is_head, rater_id, authority_id, roles, language, active, status)
select $1, p.id, 1, lpad(p.n::text, 18, '0'), 'Pegawai ' || p.n, 'pegawai' || p.n || '@example.go.id', 'PNS', 'III/a',
    'Pelaksana', 'PELAKSANA', $2, p.n = 1, r.id, a.id,
    case when p.n = 2 then array['PERFORMANCE_OFFICE'] else array[]::text[] end, 'id', true, 'ACTIVE'
from people p left join people r on r.n = p.n / 10 left join people a on a.n = p.n / 100
"""
_POLICY = "insert into directory_policies (tenant_id, scope, version, policy) values ($1, $1, $2, $3)"
_CALENDAR = "insert into directory_calendars (tenant_id, version, calendar) values ($1, 1, $2)"
_MEMBERS = """
insert into directory_members
    (tenant_id, cycle_id, servant_id, appraisal_id, unit_id, rater_id, authority_id, is_head)
select tenant_id, $2, id, uuidv7(), unit_id, rater_id, authority_id, is_head
from directory_people where tenant_id = $1
"""


async def populate(connection: asyncpg.Connection, count: int) -> None:
    """Put the city with so many people into the copy, as the registry would have emitted it."""
    rules, unit_id = policy(PLACE), new_id()
    calendar = national_calendar(datetime.now(UTC).date(), 365)
    await connection.execute(_UNIT, CITY, unit_id, rules.period_months)
    await connection.execute(_PEOPLE, CITY, unit_id, count)
    await connection.execute(_POLICY, CITY, rules.version, json.dumps(rules.model_dump(mode="json")))
    await connection.execute(_CALENDAR, CITY, json.dumps(calendar.model_dump(mode="json")))
    await connection.execute("analyze directory_people, directory_units")


def cycle_opened(cycle_id: UUID) -> CycleOpened:
    """What evaluation tells when the city's cycle of this half-year begins."""
    today, rules = datetime.now(UTC).date(), policy(PLACE)
    return CycleOpened(
        tenant_id=CITY,
        cycle_id=cycle_id,
        scope=CITY,
        name="Bench",
        period_start=date(today.year, 1, 1),
        period_end=date(today.year, 6, 30),
        months=6,
        policy=rules,
        calendar_version=1,
    )


async def join_all(connection: asyncpg.Connection, cycle_id: UUID) -> None:
    """Make everybody a member of the cycle in a service's copy."""
    await connection.execute(_MEMBERS, CITY, cycle_id)
    await connection.execute("analyze directory_members")


async def begin_cycle(database: Database, connection: asyncpg.Connection) -> UUID:
    """A cycle with everybody in the copy of a service other than evaluation."""
    from directory import take  # noqa: PLC0415 - the baseline process of the memory bench imports none of it

    opened = cycle_opened(new_id())
    async with database.transaction(CITY) as session:
        await take.take_cycle(session, opened)
    await join_all(connection, opened.cycle_id)
    return opened.cycle_id
