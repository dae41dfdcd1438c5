"""Opening a cycle for a whole city: enrolment, the members' way into another copy, and the planning phase."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg

from bench import room
from bench.figures import Budget, Figure
from bench.people import CITY, cycle_opened, settle
from contracts.base import Phase, Role, new_id
from contracts.evaluation.cycles import MembersEnrolled
from directory import take
from kit.actor import Actor
from kit.db import Database
from kit.inbox import first_time
from services.evaluation.cycles.commands import enrolment, lifecycle
from services.plans.cycles.commands.opening import open_phase

_EVENTS = "select event_id, body from outbox where type = $1 order by id"


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Seconds for all of it, each part beside the same rows copied by a bare INSERT ... SELECT."""
    count = 10_000 if quick else 100_000
    async with (
        room.postgres() as server,
        room.opened(server, "evaluation") as evaluation,
        room.opened(server, "plans") as plans,
        room.superuser(server, "evaluation") as in_evaluation,
        room.superuser(server, "plans") as in_plans,
    ):
        for connection in (in_evaluation, in_plans):
            say(f"enrol: {count:,} people")
            await settle(connection, count)
        say("enrol: enrolling everybody")
        cycle_id = await _open_cycle(evaluation)
        enrolling = await _timed(lambda: _enrol(evaluation, cycle_id, count))
        say("enrol: telling plans")
        rows = await in_evaluation.fetch(_EVENTS, MembersEnrolled.ce_type())
        taking = await _timed(lambda: _take(plans, cycle_id, rows))
        await in_plans.execute("analyze")
        say("enrol: opening the planning phase")
        planning = await _timed(lambda: _plan(plans, cycle_id, count))
        say("enrol: copying the same rows")
        appraisals = await _copied(in_evaluation, "appraisals")
        members = await _copied(in_plans, "directory_members")
        planned = await _copied(in_plans, "plans") + await _copied(in_plans, "obligations")
    return [
        _figure(f"enrol {count:,} people and open planning", enrolling + planning, appraisals + planned, budget=20),
        _figure("of it: evaluation enrols", enrolling, appraisals),
        _figure("of it: plans opens planning (plan and duty each)", planning, planned),
        _figure(f"between them: {len(rows)} events into plans' copy, one by one", taking, members),
    ]


def _figure(what: str, seconds: float, baseline: float, *, budget: float | None = None) -> Figure:
    return Figure(
        bench="enrol",
        what=what,
        measured=seconds,
        unit="s",
        baseline=baseline,
        against="bare INSERT ... SELECT of the same rows and indexes",
        budget=None if budget is None else Budget(limit=budget, kind="at most"),
    )


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    watch = room.Stopwatch.start()
    await work()
    return watch.seconds


async def _open_cycle(database: Database) -> UUID:
    office = Actor(new_id(), CITY, frozenset({Role.PERFORMANCE_OFFICE}))
    start = date(datetime.now(UTC).year, 1, 1)
    async with database.transaction(CITY, office) as session:
        return (await lifecycle.open_cycle(session, CITY, period_start=start, months=6)).id


async def _enrol(database: Database, cycle_id: UUID, count: int) -> None:
    async with database.transaction(CITY) as session:
        enrolled = await enrolment.enrol_members(session, cycle_id)
    assert enrolled.members == count


async def _take(database: Database, cycle_id: UUID, rows: list[asyncpg.Record]) -> None:
    """As the listener does: a transaction an event, with its claim."""
    async with database.transaction(CITY) as session:
        await take.take_cycle(session, cycle_opened(cycle_id))
    for row in rows:
        event = MembersEnrolled.model_validate_json(row["body"])
        async with database.transaction(CITY) as session:
            assert await first_time(session, "plans", row["event_id"])
            await take.take_members(session, event)


async def _plan(database: Database, cycle_id: UUID, count: int) -> None:
    async with database.transaction(CITY) as session:
        await open_phase(session, cycle_id, Phase.PLANNING, members=count)


async def _copied(connection: asyncpg.Connection, table: str) -> float:
    """Seconds to write the table's rows once more into a table with the same indexes."""
    await connection.execute(f"create table bench_{table} (like {table} including all)")
    watch = room.Stopwatch.start()
    await connection.execute(f"insert into bench_{table} select * from {table}")  # noqa: S608 - names of this file
    return watch.seconds
