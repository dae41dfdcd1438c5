"""Everybody's reminder on one instant, from the timer to the inbox, while people go on using the service's API."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any
from uuid import UUID

import asyncpg
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

from bench import load, room, visitors
from bench.figures import Budget, Figure
from bench.people import CITY, begin_cycle, populate
from contracts import workflows
from contracts.base import Phase
from contracts.plans.obligations import OBLIGATIONS
from contracts.workflows import DeadlinesStart
from kinerja.stack.postgres import database_of, roles
from kinerja.stack.stack import LocalStack
from kit.clock import Clock
from kit.db import Database
from services.plans.cycles.commands.opening import open_phase

SERVICES = ("plans", "notify")
RATE = 50.0
"""Requests a second: a hundred thousand people with five each in a working day are 17 a second; this is its rush hour."""
CONNECTIONS = 32
_WARM, _IDLE, _LONGEST = 10.0, 25.0, 120.0
"""Seconds: until it counts, of silence otherwise, and at most of the rest."""
_COPIED = ("units", "people", "policies", "calendars", "cycles", "members")
_STEPPED = OBLIGATIONS.stepped.ce_type()

_ALL_DUE = "update obligations set next_at = now() where tenant_id = $1 and state = 'OPEN'"
_EMPTY = "select not exists (select from outbox where type = $1)"
_TOLD = "select event_id from journal where type = $1"
_ITEMS = "select count(*) from journal, lateral jsonb_array_elements(body::jsonb -> 'items') where type = $1"
_HEARD = "select count(*) = cardinality($1::uuid[]) from inbox where event_id = any($1)"
_REMINDED = "select count(*) as notices, count(distinct person_id) as people from notices where template = 'reminder'"
_KNOWN = "select count(*) >= $1 from todos where opened_at is not null"
_BARE = """
create table bench_notices (like notices including all);
insert into bench_notices select * from notices where template = 'reminder';
"""


@dataclass(frozen=True)
class Rush:
    """What was seen; instants by the monotonic clock."""

    due: float
    swept: float
    """The workflow has the worker's answer: no ladder is due any more, every event is written."""
    sent: float
    """The broker has acknowledged them all."""
    notified: float
    """Everybody has the reminder in the inbox."""
    reminders: int
    events: int
    bare: float
    """Seconds for one bare INSERT of as many notices."""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Seconds from the instant to the last reminder, and the slowest hundredth of the answers meanwhile."""
    count = 10_000 if quick else 100_000
    say("rush: starting a stack of plans and notify")
    async with (
        room.stack(SERVICES) as stack,
        _connections(stack) as (plans, notify),
    ):
        drafts = await _prepared(stack, plans, notify, count, say)
        say("rush: making the visitors' requests")
        requests = iter(visitors.requests(stack, drafts))
        pace = load.Pace(stack.ports["plans-api"], requests, rate=RATE, connections=CONNECTIONS)
        say("rush: visitors alone")
        await asyncio.sleep(_WARM)
        idle = time.monotonic()
        await asyncio.sleep(_IDLE)
        rush = await _rush(stack, plans, notify, say)
        await pace.stop()
    assert {visit.status for visit in pace.visits} == {200}, {visit.status for visit in pace.visits}
    assert rush.reminders >= count
    return _figures(rush, pace.between(idle, idle + _IDLE), pace.between(rush.due, rush.notified))


def _figures(rush: Rush, idle: Sequence[float], busy: Sequence[float]) -> list[Figure]:
    against = "one bare INSERT of as many notices"
    took = f"{rush.reminders:,} due at one instant"
    figures = [
        (f"{took}: swept, {rush.events:,} events written", rush.swept - rush.due, None),
        (f"{took}: events sent", rush.sent - rush.due, None),
        (f"{took}: every reminder in an inbox", rush.notified - rush.due, Budget(limit=30, kind="at most")),
    ]
    times = [
        Figure(bench="rush", what=what, measured=seconds, unit="s", baseline=rush.bare, against=against, budget=budget)
        for what, seconds, budget in figures
    ]
    return times + [
        Figure(
            bench="rush",
            what=f"p{percent} of {len(busy):,} requests meanwhile, {RATE:.0f} a second",
            measured=_percentile(busy, percent),
            unit="ms",
            baseline=_percentile(idle, percent),
            against=f"{len(idle):,} requests before it",
            budget=Budget(limit=3, kind="at most", of="ratio") if percent == 99 else None,
        )
        for percent in (50, 99)
    ]


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return quantiles(seconds, n=100)[percent - 1] * 1000


@asynccontextmanager
async def _connections(stack: LocalStack) -> AsyncIterator[tuple[asyncpg.Connection, asyncpg.Connection]]:
    """Past row-level security: to the databases of plans and notify."""
    plans = await asyncpg.connect(stack.postgres.uri(database_of("plans")))
    notify = await asyncpg.connect(stack.postgres.uri(database_of("notify")))
    try:
        yield plans, notify
    finally:
        await plans.close()
        await notify.close()


async def _prepared(
    stack: LocalStack, plans: asyncpg.Connection, notify: asyncpg.Connection, count: int, say: room.Say
) -> list[visitors.Draft]:
    """Everybody owes a plan and is to be reminded, and notify knows it; the drafts of those who come."""
    coming = int(RATE * (_WARM + _IDLE + _LONGEST) / visitors.STEPS)
    everybody = count + coming
    say(f"rush: {everybody:,} people who owe a plan")
    await populate(plans, everybody)
    url = stack.postgres.sqlalchemy_uri(database_of("plans"), roles("plans")[1])
    database = Database(url, clock=Clock())
    try:
        cycle_id = await begin_cycle(database, plans)
        for name in _COPIED:
            await _copy(f"directory_{name}", plans, notify)
        async with database.transaction(CITY) as session:
            await open_phase(session, cycle_id, Phase.PLANNING, members=everybody)
    finally:
        await database.close()
    say("rush: until notify has it on everybody's list")
    await room.until(lambda: notify.fetchval(_KNOWN, everybody), every=0.5)
    await plans.execute(_ALL_DUE, CITY)  # nobody sweeps a city without its workflow
    for connection in (plans, notify):
        await connection.execute("vacuum analyze")  # autovacuum does it within a minute of such an opening
        await connection.execute("checkpoint")
    return await visitors.drafts(plans, coming)


async def _copy(table: str, source: asyncpg.Connection, target: asyncpg.Connection) -> None:
    rows = io.BytesIO()
    await source.copy_from_table(table, output=rows, format="binary")
    rows.seek(0)
    await target.copy_to_table(table, source=rows, format="binary")


async def _rush(stack: LocalStack, plans: asyncpg.Connection, notify: asyncpg.Connection, say: room.Say) -> Rush:
    """Let the city's own workflow begin now, and wait until everybody has the reminder."""
    due = time.monotonic()
    running = await _begin_workflow(stack)
    say("rush: sweeping")
    await room.until(lambda: _has_swept(running), every=0.5)
    swept = time.monotonic()
    say("rush: sending")
    await room.until(lambda: plans.fetchval(_EMPTY, _STEPPED), every=0.2)
    sent = time.monotonic()
    say("rush: reminding")
    events: list[UUID] = [row["event_id"] for row in await plans.fetch(_TOLD, _STEPPED)]
    await room.until(lambda: notify.fetchval(_HEARD, events), every=0.2)
    notified = time.monotonic()
    (reminded,), items = await notify.fetch(_REMINDED), await plans.fetchval(_ITEMS, _STEPPED)
    assert items == reminded["notices"] == reminded["people"], "everybody is reminded once"
    began = time.monotonic()
    await notify.execute(_BARE)
    return Rush(due, swept, sent, notified, reminded["notices"], len(events), time.monotonic() - began)


async def _has_swept(running: WorkflowHandle[Any, Any]) -> bool:
    handled: int = await running.query("handled")
    return handled > 0


async def _begin_workflow(stack: LocalStack) -> WorkflowHandle[Any, Any]:
    """It asks the worker of plans first; the services that are not here may keep it waiting then."""
    client = await Client.connect(stack.temporal, data_converter=pydantic_data_converter)
    return await client.start_workflow(
        "deadlines",
        DeadlinesStart(tenant_id=CITY),
        id=workflows.deadlines_id(CITY),
        task_queue=workflows.QUEUE,
    )
