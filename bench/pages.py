"""The start page with thirty tasks: processor time of the portal for one page, beside the plainest answer of the same application."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx2
from fastapi import FastAPI

from bench import room
from bench.figures import Budget, Figure
from contracts.base import new_id
from contracts.obligations import ObligationKind
from kit.actor import Actor
from kit.db import Database
from services.portal.api import build
from services.portal.sessions.cookies import SESSION
from services.portal.sessions.store import Tokens
from services.portal.settings import PortalSettings
from services.portal.tasks.pages import OF_VISITS

CITY = "16.71"
TASKS = 30
_WARM = 50
_DUTY = """
insert into duties (tenant_id, id, service, kind, phase, cycle_id, subject_id, about_id, debtor_id, opened_at, due_at,
    state, late, handed_over, reminders, escalations)
select $1, gen_random_uuid(), 'plans', kind, 'PLANNING', gen_random_uuid(), gen_random_uuid(), $2, $2, now(),
    now() + interval '9 days', 'OPEN', false, false, 0, 0
from unnest($3::text[]) kind
"""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Milliseconds of the processor a page, with everything: session, copies, template, compression."""
    count = 50 if quick else 500
    async with (
        room.postgres() as server,
        room.opened(server, "portal") as database,
        room.superuser(server, "portal") as connection,
    ):
        person = new_id()
        # For what is owed about a visit evaluation is asked as well, which is another process, and not running here.
        kinds = ([one for one in ObligationKind if one not in OF_VISITS] * 2)[:TASKS]
        await connection.execute(_DUTY, CITY, person, [kind.value for kind in kinds])
        app = build(PortalSettings(environment="test", http_rate=0), database)
        say(f"pages: the start page with {TASKS} tasks, {count} times")
        page, bytes_ = await _spent(app, await _cookie(app, database, person), "/", count)
        plain, _ = await _spent(app, {}, "/health/live", count)
    against = "the same application: its answer that it lives"
    return [
        Figure(
            bench="pages",
            what="processor time of a page",
            measured=page,
            unit="ms",
            baseline=plain,
            against=against,
            budget=Budget(limit=15, kind="at most"),
        ),
        Figure(
            bench="pages",
            what="bytes of a page over the wire (brotli)",
            measured=bytes_,
            unit="B",
            baseline=6 * 1024,
            against="what a return visit may weigh",
            budget=Budget(limit=1, kind="at most", of="ratio"),
        ),
    ]


async def _cookie(app: FastAPI, _: Database, person: UUID) -> dict[str, str]:
    tokens = Tokens("access", "", "", datetime.now(UTC) + timedelta(hours=1))
    key = await app.state.sessions.begin(Actor(person, CITY), "bench", tokens, language="id")
    return {"Cookie": f"{SESSION}={key}", "Accept-Encoding": "br"}


async def _spent(app: FastAPI, headers: dict[str, str], path: str, count: int) -> tuple[float, float]:
    """Processor milliseconds of this process a request, and bytes of the body as it goes over the wire."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal", headers=headers) as client:
        ask: Callable[[], Awaitable[httpx2.Response]] = lambda: client.get(path)  # noqa: E731
        for _ in range(_WARM):
            answer = await ask()
        answer.raise_for_status()
        began = time.process_time()
        for _ in range(count):
            await ask()
        return (time.process_time() - began) / count * 1000, float(answer.num_bytes_downloaded)
