"""Makes the public report of a cycle, once, when it closes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.publication import PublicReportMade
from kit.db import clock
from kit.outbox import emit
from services.evaluation.cycles.models import Cycle
from services.evaluation.publication import queries
from services.evaluation.publication.models import PublicReport
from services.evaluation.publication.rules import LEAST, listed, of_all, shown


async def publish(session: AsyncSession, cycle: Cycle) -> None:
    """Keep and tell the figures as they are now; a cycle has one report, whatever changes later."""
    by_predicate = await queries.predicates(session, cycle.id)
    people = sum(by_predicate.values())
    row = {
        "tenant_id": cycle.tenant_id,
        "cycle_id": cycle.id,
        "least": LEAST,
        "people": people if people >= LEAST else None,
        "predicates": shown(by_predicate),
        "figures": await _figures(session, cycle, people),
        "made_at": clock(session).now(),
        **await _units(session, cycle),
    }
    await session.execute(insert(PublicReport).values(row).on_conflict_do_nothing())
    told = {name: row[name] for name in ("tenant_id", "cycle_id", "people", "least", "predicates")}
    emit(session, PublicReportMade(**told))


async def _figures(session: AsyncSession, cycle: Cycle, people: int) -> Mapping[str, int | None]:
    about_people, others = await queries.figures(session, cycle.id)
    return {name: of_all(count, people) for name, count in about_people.items()} | others


async def _units(session: AsyncSession, cycle: Cycle) -> dict[str, Any]:
    large, elsewhere = listed(await queries.units(session, cycle.id))
    as_written = [{**asdict(one), "mean": None if one.mean is None else str(one.mean)} for one in large]
    return {"units": as_written, "elsewhere": elsewhere}
