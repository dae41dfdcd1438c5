"""The achievement of the organisation: set by the performance office, or taken from last year when it is not."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import OrgPerformance, Role
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.organisations import OrgPerformanceSet
from contracts.obligations import ObligationKind
from kit.access import require_role
from kit.db import actor
from kit.errors import Invalid, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import ObligationRow
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.queries.context import CycleContext, context_of, open_context
from services.evaluation.organisations.models import UnitPerformance

LAST_YEARS = "last year's achievement: this year's was not set in time (L IV.B.1.f)"


async def set_achievements(
    session: AsyncSession,
    cycle_id: UUID,
    performances: dict[UUID, OrgPerformance],
    *,
    recommendation: str = "",
) -> int:
    """Set units' achievement; when every unit has one the obligation is done. Returns how many units are still without."""
    require_role(
        session, Role.PERFORMANCE_OFFICE, what=("set the achievement of units", "menetapkan capaian organisasi")
    )
    context = await open_context(session, cycle_id)
    await access.claimed(session, ObligationKind.SET_ORG_PERFORMANCE, [cycle_id])
    units = await _units(session, cycle_id)
    _require_known(performances.keys() - units)
    # Locked before their states are read: a head's result may be computed from the old achievement at this moment.
    heads = await _locked_heads(session, cycle_id, performances)
    before = await _set(session, cycle_id)
    changed = {unit: value for unit, value in performances.items() if before.get(unit) != value}
    _require_unrated(one for one in heads if one.unit_id in changed)
    await _keep(session, context, changed, recommendation)
    missing = units - before.keys() - performances.keys()
    if not missing:
        await close_obligations(
            session, OBLIGATIONS, ObligationKind.SET_ORG_PERFORMANCE, [cycle_id], tenant_id=context.tenant_id
        )
    await completion.compute_complete(session, [one.id for one in heads])
    return len(missing)


def _require_known(unknown: Collection[UUID]) -> None:
    for unit_id in sorted(unknown)[:1]:
        raise Invalid(f"unit {unit_id} takes no part in this cycle", f"unit {unit_id} tidak ikut siklus", where="items")


def _require_unrated(heads: Iterable[Appraisal]) -> None:
    """What a head's result was made from is not changed below it (art. 24)."""
    for unit_id in sorted(one.unit_id for one in heads if one.state != AppraisalState.OPEN)[:1]:
        raise Refused(
            f"the head of unit {unit_id} was rated by it already", f"pimpinan unit {unit_id} sudah dinilai dengannya"
        )


async def _units(session: AsyncSession, cycle_id: UUID) -> set[UUID]:
    looking = select(col(Appraisal.unit_id)).where(col(Appraisal.cycle_id) == cycle_id).distinct()
    return set((await session.scalars(looking)).all())


async def _set(session: AsyncSession, cycle_id: UUID) -> dict[UUID, OrgPerformance]:
    looking = select(UnitPerformance).where(col(UnitPerformance.cycle_id) == cycle_id)
    rows = (await session.scalars(looking, execution_options={"populate_existing": True})).all()
    return {row.unit_id: OrgPerformance(row.performance) for row in rows}


async def _locked_heads(
    session: AsyncSession, cycle_id: UUID, units: dict[UUID, OrgPerformance]
) -> Sequence[Appraisal]:
    looking = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id) == cycle_id, col(Appraisal.is_head), col(Appraisal.unit_id).in_(units)
    )
    return await access.locked_all(session, (await session.scalars(looking)).all())


async def _keep(
    session: AsyncSession, context: CycleContext, performances: dict[UUID, OrgPerformance], recommendation: str
) -> None:
    if not performances:
        return
    rows: list[dict[str, Any]] = [
        {
            "tenant_id": context.tenant_id,
            "cycle_id": context.cycle.id,
            "unit_id": unit_id,
            "performance": performance.value,
            "recommendation": recommendation,
            "set_by": actor(session).id,
            "set_at": context.now,
        }
        for unit_id, performance in performances.items()
    ]
    # An upsert: the office may correct what it set until the head of the unit is rated by it.
    keeping = insert(UnitPerformance).values(rows)
    changes = {name: keeping.excluded[name] for name in ("performance", "recommendation", "set_by", "set_at")}
    await session.execute(
        keeping.on_conflict_do_update(index_elements=["tenant_id", "cycle_id", "unit_id"], set_=changes)
    )
    for unit_id, performance in performances.items():
        emit(session, _set_event(context, unit_id, performance, set_by=actor(session).id))


def _set_event(context: CycleContext, unit_id: UUID, performance: OrgPerformance, *, set_by: UUID) -> OrgPerformanceSet:
    return OrgPerformanceSet(
        tenant_id=context.tenant_id,
        cycle_id=context.cycle.id,
        unit_id=unit_id,
        performance=performance,
        set_by=set_by,
    )


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Units without an achievement get their last one; good, where there has never been one."""
    for row in rows:
        context = await context_of(session, row.subject_id)
        missing = await _units(session, context.cycle.id) - (await _set(session, context.cycle.id)).keys()
        last = await _last(session, missing)
        taken = {unit: last.get(unit, OrgPerformance.GOOD) for unit in sorted(missing)}
        heads = await _locked_heads(session, context.cycle.id, taken)
        await _keep(session, context, taken, LAST_YEARS)
        await completion.compute_complete(session, [one.id for one in heads])


async def _last(session: AsyncSession, units: set[UUID]) -> dict[UUID, OrgPerformance]:
    looking = (
        select(col(UnitPerformance.unit_id), col(UnitPerformance.performance))
        .where(col(UnitPerformance.unit_id).in_(units))
        # The newest row of each unit, read along its index (unit_id, set_at).
        .ext(distinct_on(col(UnitPerformance.unit_id)))
        .order_by(col(UnitPerformance.unit_id), col(UnitPerformance.set_at).desc())
    )
    return {row.unit_id: OrgPerformance(row.performance) for row in (await session.execute(looking)).all()}
