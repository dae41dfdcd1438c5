"""The achievement of the organisation: set by the performance office, or taken from last year when it is not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import OrgPerformance, Phase
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.organisations import OrgPerformanceSet
from contracts.obligations import ObligationKind
from directory.offices import arrived, require_some_office
from kit.conflicts import Offices
from kit.db import actor
from kit.errors import Invalid, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.queries.context import CycleContext, context_of, open_context, phase_row
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.organisations.queries.heads import heads

LAST_YEARS = "last year's achievement: this year's was not set in time (L IV.B.1.f)"


_WHAT = ("set the achievement of units", "menetapkan capaian organisasi")


class AchievementsSet(NamedTuple):
    """What a call has done."""

    missing: int
    """Units that are still without."""
    left_out: tuple[UUID, ...]
    """Units that another officer sets, because the head of one is rated by it."""


async def ask(session: AsyncSession, context: CycleContext, offices: Offices) -> None:
    """The office owes the achievement of every unit; of a unit whose head an officer is tied to, another one owes it."""
    debtors = {arrived(offices, *people) for people in (await heads(session, context.cycle.id)).values()}
    owing = [NewObligation(context.cycle.id, one, None, None, one) for one in sorted(debtors)]
    # What is not out when the window ends is replaced by last year's (L IV.B.1.f): the ladder ends with the window.
    window = (await phase_row(session, context.cycle.id, Phase.EVALUATION)).due_at
    await obligations.owe_all(session, context, ObligationKind.SET_ORG_PERFORMANCE, owing, until=window)


async def set_achievements(
    session: AsyncSession,
    cycle_id: UUID,
    performances: dict[UUID, OrgPerformance],
    *,
    recommendation: str = "",
) -> AchievementsSet:
    """Set units' achievement; when every unit has one the obligation is done.

    The head of a unit is rated by it: units are left out about whose head the actor may not act for the office. Raises
    Forbidden where that leaves nothing to set.
    """
    await require_some_office(session, what=_WHAT)
    context = await open_context(session, cycle_id)
    await access.claimed(session, ObligationKind.SET_ORG_PERFORMANCE, [cycle_id])
    leading, offices = await heads(session, cycle_id), await in_cycle(session, cycle_id)
    _require_known(performances.keys() - leading.keys())
    # Locked before their states are read: a head's result may be computed from the old achievement at this moment.
    locked = await _locked_heads(session, cycle_id, performances)
    before = await _set(session, cycle_id)
    wanted = {unit: value for unit, value in performances.items() if before.get(unit) != value}
    left_out = _left_out(session, wanted, leading, offices)
    changed = {unit: value for unit, value in wanted.items() if unit not in left_out}
    _require_unrated(one for one in locked if one.unit_id in changed)
    await _keep(session, context, changed, recommendation)
    missing = leading.keys() - before.keys() - changed.keys()
    await _close(session, context, {arrived(offices, *leading[unit]) for unit in missing}, offices)
    await completion.compute_complete(session, [one.id for one in locked if one.unit_id not in left_out])
    return AchievementsSet(len(missing), tuple(sorted(left_out)))


def _left_out(
    session: AsyncSession, wanted: Collection[UUID], leading: Mapping[UUID, Collection[UUID]], offices: Offices
) -> set[UUID]:
    who = actor(session)
    found = {unit for unit in wanted if not offices.may_act(who, *leading[unit])}
    if found and found == set(wanted):
        raise offices.refusal(who, (one for unit in sorted(found) for one in leading[unit]), _WHAT)
    return found


async def _close(session: AsyncSession, context: CycleContext, waited_for: Collection[UUID], offices: Offices) -> None:
    """Whoever has no unit left has done his or her part; when no unit is left, everybody has."""
    kind, tenant_id = ObligationKind.SET_ORG_PERFORMANCE, context.tenant_id
    if not waited_for:
        await close_obligations(session, OBLIGATIONS, kind, [context.cycle.id], tenant_id=tenant_id)
    for one in offices.everybody - set(waited_for):
        await close_obligations(session, OBLIGATIONS, kind, [context.cycle.id], tenant_id=tenant_id, debtor_id=one)


def _require_known(unknown: Collection[UUID]) -> None:
    for unit_id in sorted(unknown)[:1]:
        raise Invalid(f"unit {unit_id} takes no part in this cycle", f"unit {unit_id} tidak ikut siklus", where="items")


def _require_unrated(heads: Iterable[Appraisal]) -> None:
    """What a head's result was made from is not changed below it (art. 24)."""
    for unit_id in sorted(one.unit_id for one in heads if one.state != AppraisalState.OPEN)[:1]:
        raise Refused(
            f"the head of unit {unit_id} was rated by it already", f"pimpinan unit {unit_id} sudah dinilai dengannya"
        )


async def _set(session: AsyncSession, cycle_id: UUID) -> dict[UUID, OrgPerformance]:
    looking = select(UnitPerformance).where(col(UnitPerformance.cycle_id) == cycle_id)
    rows = (await session.scalars(looking, execution_options={"populate_existing": True})).all()
    return {row.unit_id: OrgPerformance(row.performance) for row in rows}


async def _locked_heads(session: AsyncSession, cycle_id: UUID, units: Collection[UUID]) -> Sequence[Appraisal]:
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
        missing = (await heads(session, context.cycle.id)).keys() - (await _set(session, context.cycle.id)).keys()
        last = await _last(session, missing)
        taken = {unit: last.get(unit, OrgPerformance.GOOD) for unit in sorted(missing)}
        locked = await _locked_heads(session, context.cycle.id, taken)
        await _keep(session, context, taken, LAST_YEARS)
        await completion.compute_complete(session, [one.id for one in locked])


async def _last(session: AsyncSession, units: Collection[UUID]) -> dict[UUID, OrgPerformance]:
    looking = (
        select(col(UnitPerformance.unit_id), col(UnitPerformance.performance))
        .where(col(UnitPerformance.unit_id).in_(units))
        # The newest row of each unit, read along its index (unit_id, set_at).
        .ext(distinct_on(col(UnitPerformance.unit_id)))
        .order_by(col(UnitPerformance.unit_id), col(UnitPerformance.set_at).desc())
    )
    return {row.unit_id: OrgPerformance(row.performance) for row in (await session.execute(looking)).all()}
