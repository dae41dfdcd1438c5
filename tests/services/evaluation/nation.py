"""A cycle with final results for the national application, many of them if wanted, and a gateway that really listens."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import uvicorn
from sqlalchemy import text
from starlette.types import ASGIApp

from contracts.base import Phase
from kinerja.national.entries import Entries
from kinerja.national.faults import Faults
from kinerja.national.gateway import access, build
from kinerja.stack.ports import HOST, choose
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.moments import Moments
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock


async def concluded(database: Database, client_of: ClientOf, clock: SetClock, *, people: int = 2) -> Scene:
    """Results of so many people are final, and that of one whose objection may still come is not."""
    made = await evaluating(database, client_of, clock)
    *others, late = made.office.staff[: people + 1]
    await made.lead(Phase.DISCLOSURE)
    for servant in others:
        await made.received(servant)
    await made.provisional(late)
    await made.issue(late, made.rater)
    await made.end(Phase.DISCLOSURE)
    await made.through(Phase.OBJECTION)
    clock.advance(days=40)
    await made.lead(Phase.FINALISATION)
    return made


# Everybody is a copy of one person, with a number and ids of their own.
_CROWD = text(
    """
    with crowd as materialized (
        select gen_random_uuid() as person, gen_random_uuid() as appraisal, gen_random_uuid() as result,
            '19900101201501' || (1000 + n) as nip
        from generate_series(1, :count) as n
    ), people as (
        insert into directory_people
        select (jsonb_populate_record(p, jsonb_build_object('id', crowd.person, 'nip', crowd.nip))).*
        from directory_people p cross join crowd where p.id = :servant
    ), appraised as (
        insert into appraisals
        select (jsonb_populate_record(a, jsonb_build_object('id', crowd.appraisal, 'servant_id', crowd.person))).*
        from appraisals a cross join crowd where a.servant_id = :servant
    ), concluded as (
        insert into results
        select (jsonb_populate_record(r, jsonb_build_object(
            'id', crowd.result, 'appraisal_id', crowd.appraisal, 'servant_id', crowd.person))).*
        from results r cross join crowd where r.servant_id = :servant
    )
    select nip from crowd order by nip
    """
)


async def crowded(here: Scene, count: int) -> Sequence[str]:
    """So many more with a final result; their NIPs."""
    async with here.database.transaction(here.tenant_id) as session:
        found = await session.execute(_CROWD, {"count": count, "servant": here.ani})
        return [row[0] for row in found.all()]


@dataclass
class Nation:
    """A gateway that listens, and what it has."""

    entries: Entries
    faults: Faults
    address: str
    moments: Moments

    @property
    def access(self) -> dict[str, str]:
        return access(self.address)


@asynccontextmanager
async def nation(
    entries: Entries | None = None, faults: Faults | None = None, *, strangers: frozenset[str] = frozenset()
) -> AsyncIterator[Nation]:
    entries, faults = entries or Entries(), faults or Faults()
    port = choose(["national"], {})["national"]
    moments = Moments(build(entries, faults, strangers=strangers))
    async with _served(moments, port):
        yield Nation(entries, faults, f"http://{HOST}:{port}", moments)


class _Server(uvicorn.Server):
    """Leaves the signals to the tests."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _served(app: ASGIApp, port: int) -> AsyncIterator[None]:
    server = _Server(uvicorn.Config(app, host=HOST, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it notifies nobody
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        await serving


async def rows(here: Scene, batch: UUID | str) -> list[Any]:
    """Every row of a batch, as the office reads them."""
    found, more = list[Any](), dict[str, Any]()
    while True:
        page = await here.get(here.office.office, f"/national-batches/{batch}/rows", limit=500, **more)
        found += page["items"]
        if page["next"] is None:
            return found
        more = {"cursor": page["next"]}
