"""Results become final: received, the window for an objection over, and no objection open."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from kit.db import clock
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import Act, AppraisalState, can, move
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.models import CyclePhase
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.proposals.commands import proposals
from services.evaluation.results import events
from services.evaluation.results.models import Result

CHUNK = 2000
"""Results that become final with one statement."""


async def begin(session: AsyncSession, context: CycleContext) -> None:
    """The phase opens: everything that can be final becomes so."""
    await finalise(session, context)


async def finalise(session: AsyncSession, context: CycleContext, appraisal_ids: Sequence[UUID] | None = None) -> int:
    """Finalise all of the cycle (or of these appraisals) that can be, in chunks; nothing before the phase has opened."""
    if context.cycle.state == CycleState.CANCELLED or not await obligations_are_open(
        session, context.cycle.id, Phase.FINALISATION
    ):
        return 0
    done = 0
    while True:
        some = await _chunk(session, context, appraisal_ids)
        done += some
        if some < CHUNK:
            break
    if done:
        progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.FINALISATION)
    return done


async def _chunk(session: AsyncSession, context: CycleContext, appraisal_ids: Sequence[UUID] | None) -> int:
    # Only ids, without a lock; they are locked below, in the one order in which everybody locks appraisals.
    looking = (
        select(col(Appraisal.id))
        .join(Result, col(Result.appraisal_id) == col(Appraisal.id))
        .where(
            col(Appraisal.cycle_id) == context.cycle.id,
            col(Appraisal.state) == AppraisalState.RECEIVED.value,
            ~col(Appraisal.objection_open),
            _may_be_final(context.now),
        )
        .order_by(col(Appraisal.id))
        .limit(CHUNK)
    )
    if appraisal_ids is not None:
        looking = looking.where(col(Appraisal.id).in_(appraisal_ids))
    candidates = (await session.scalars(looking)).all()
    # An objection may have come in while the lock was waited for, so the rows decide again once they are held.
    appraisals = [
        one
        for one in await access.locked_all(session, candidates)
        if can(one.state, Act.FINALISE) and not one.objection_open
    ]
    if not appraisals:
        return 0
    # The condition again in the update: the rows were read before the lock was held.
    finalising = (
        update(Result)
        .where(col(Result.appraisal_id).in_([one.id for one in appraisals]), _may_be_final(context.now))
        .values(finalised_at=context.now)
        .returning(Result)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    results = (await session.scalars(finalising)).all()
    final = {result.appraisal_id for result in results}
    for appraisal in (one for one in appraisals if one.id in final):
        appraisal.state = move(appraisal.state, Act.FINALISE)
    await session.flush()
    # After the flush, and all events in the order of ids.
    replaced = await _replaced(session, results)
    for result in sorted(results, key=lambda one: one.id):
        events.finalised(session, result, context.cycle, at=context.now, replaces=replaced.get(result.appraisal_id))
    # In the same transaction: there is no final result without its proposals.
    await proposals.propose(session, context, results)
    return len(candidates)


async def _replaced(session: AsyncSession, results: Sequence[Result]) -> dict[UUID, UUID]:
    """By appraisal, the version before; most have none."""
    later = [one for one in results if one.version > 1]
    if not later:
        return {}
    looking = select(col(Result.appraisal_id), col(Result.id)).where(
        col(Result.appraisal_id).in_([one.appraisal_id for one in later]),
        col(Result.superseded_by).is_not(None),
    )
    rows = (await session.execute(looking.order_by(col(Result.version)))).all()
    return {row.appraisal_id: row.id for row in rows}


def _may_be_final(now: datetime) -> ColumnElement[bool]:
    """The newest version, received and past its window; one that decides an objection is final by itself."""
    past = or_(col(Result.final_without_objection), col(Result.object_until) < now)
    return (
        col(Result.finalised_at).is_(None)
        & col(Result.superseded_by).is_(None)
        & or_(col(Result.by_objection), col(Result.received_at).is_not(None) & past)
    )


async def finalise_due(session: AsyncSession) -> int:
    """Finalise what came due in any cycle of the city."""
    # Cycles and not results: what becomes final is decided under the lock, cycle by cycle.
    due = select(col(Result.cycle_id)).where(col(Result.object_until) < clock(session).now(), *_waiting()).distinct()
    cycles = (await session.scalars(due)).all()
    return sum([await finalise(session, await context_of(session, cycle_id)) for cycle_id in cycles])


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next window for an objection ends in a cycle that finalises."""
    open_phases = select(col(CyclePhase.cycle_id)).where(
        col(CyclePhase.phase) == Phase.FINALISATION.value, col(CyclePhase.duties_opened_at).is_not(None)
    )
    earliest = select(func.min(col(Result.object_until))).where(
        col(Result.cycle_id).in_(open_phases), col(Result.object_until) >= clock(session).now(), *_waiting()
    )
    found: datetime | None = (await session.execute(earliest)).scalar_one()
    return found


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return col(Result.finalised_at).is_(None), col(Result.superseded_by).is_(None)
