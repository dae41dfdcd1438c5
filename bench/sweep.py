"""A sweep over due obligations, events written, against one bare UPDATE of as many rows."""

import json
from datetime import datetime, timedelta

import asyncpg

from bench import room
from bench.figures import Budget, Figure
from bench.people import CITY
from contracts.plans.obligations import OBLIGATIONS
from kit.clock import Clock
from kit.db import Database
from obligations.sweep import sweep
from services.plans.cycles.commands.lapses import LAPSES

OTHER_CITY = "13.73"
_FILL = """
with one as (select uuidv7() as cycle_id, uuidv7() as office_id)
insert into obligations (tenant_id, id, kind, phase, cycle_id, subject_id, about_id, first_debtor_id, debtor_id,
    superior_id, office_id, opened_at, due_at, rungs, rung, next_at, state)
select $1, uuidv7(), 'PROPOSE_PLAN', 'PLANNING', one.cycle_id, uuidv7(), who, who, who, uuidv7(), one.office_id,
    $2::timestamptz - interval '5 days', $2::timestamptz + interval '3 days', $3::jsonb, 0,
    $2::timestamptz - interval '1 hour', 'OPEN'
from one, lateral (select uuidv7() as who from generate_series(1, $4::int)) people
"""
_BARE = """
update obligations set rung = rung + 1, next_at = (rungs -> (rung + 1) ->> 'at')::timestamptz
where tenant_id = $1 and state = 'OPEN' and next_at <= $2
"""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Seconds for the first reminder of everybody in a city."""
    count = 10_000 if quick else 100_000
    async with (
        room.postgres() as server,
        room.opened(server, "plans") as database,
        room.superuser(server, "plans") as connection,
    ):
        now = Clock().now()
        say(f"sweep: {count:,} due obligations in each of two cities")
        for city in (CITY, OTHER_CITY):
            await _fill(connection, city, now, count)
        await connection.execute("analyze obligations")
        say("sweep: one bare UPDATE")
        bare = await _bare(connection, now)
        say("sweep: reminding everybody")
        swept = await _swept(database, count)
        events = await connection.fetchval("select count(*) from outbox")
    return [
        Figure(
            bench="sweep",
            what=f"{count:,} due obligations, {events:,} events",
            measured=swept,
            unit="s",
            baseline=bare,
            against="one bare UPDATE of as many rows, no event",
            budget=Budget(limit=30, kind="at most"),
        )
    ]


async def _fill(connection: asyncpg.Connection, city: str, now: datetime, count: int) -> None:
    steps = ((timedelta(hours=-1), "REMIND"), (timedelta(days=3), "REMIND"), (timedelta(days=5), "ESCALATE"))
    rungs = [{"at": (now + after).isoformat(), "step": step} for after, step in steps]
    await connection.execute(_FILL, city, now, json.dumps(rungs), count)


async def _bare(connection: asyncpg.Connection, now: datetime) -> float:
    watch = room.Stopwatch.start()
    await connection.execute(_BARE, OTHER_CITY, now)
    return watch.seconds


async def _swept(database: Database, count: int) -> float:
    watch = room.Stopwatch.start()
    handled, _ = await sweep(database, OBLIGATIONS, LAPSES, tenant_id=CITY)
    assert handled == count
    return watch.seconds
