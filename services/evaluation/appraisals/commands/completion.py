"""An appraisal is complete: score and predicate are computed, and findings go before the performance office first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.assessments import SourceDropped
from directory import queries as directory
from kit.chunks import in_chunks
from kit.db import Database, clock
from kit.outbox import emit
from obligations.legal_dates import end_of_day, local_date
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.readiness import colleagues_owe, ready, released, some_wait
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments import events
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open
from services.evaluation.findings.commands import detection
from services.evaluation.results.commands.computation import ComputedResult, compute, store
from services.evaluation.results.commands.provisional import announce

CHUNK = 1000
"""Appraisals that are loaded, computed and written together."""


async def compute_cycle(session: AsyncSession, context: CycleContext) -> None:
    """Everybody who was assessed before the phase opened."""
    # Raters may assess before the phase opens; until then nobody knew whether peers or a panel would be asked as well.
    early = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id) == context.cycle.id,
        col(Appraisal.state) == AppraisalState.OPEN.value,
        col(Appraisal.assessed_by).is_not(None),
    )
    await compute_complete(session, (await session.scalars(early)).all())


async def compute_together(database: Database, tenant_id: str) -> None:
    """Compute all that waited for the colleagues of a whole cycle, once none of these owes any more.

    Part of the sweep, in chunks of a transaction each: not in the transaction of whoever happened to be the last.
    """
    after: UUID | None = UUID(int=0)
    while after is not None:
        async with database.transaction(tenant_id) as session:
            some = await released(session, after=after, limit=CHUNK)
            await compute_complete(session, some)
        after = some[-1] if len(some) == CHUNK else None


async def next_look(session: AsyncSession) -> datetime | None:
    """When :func:`compute_together` is wanted next, should no ladder move before: at the end of the day, if any wait."""
    if not await some_wait(session):
        return None
    calendar = await directory.calendar(session)
    return end_of_day(local_date(clock(session).now(), calendar), calendar)


async def compute_complete(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> None:
    """Compute those of these appraisals that have everything; called after each fact that may have been the last."""
    for some in in_chunks(sorted(appraisal_ids), CHUNK):
        locked = await access.locked_all(session, some)
        for cycle_id in {one.cycle_id for one in locked if one.state == AppraisalState.OPEN}:
            # Before the obligations are open nobody knows yet who else will be asked. While any colleague of the cycle
            # owes an assessment nothing is computed: who is done when would tell who assessed whom.
            opened = await obligations_are_open(session, cycle_id, Phase.EVALUATION)
            if opened and not await colleagues_owe(session, cycle_id):
                ids = [one.id for one in locked if one.cycle_id == cycle_id]
                await _compute(session, cycle_id, await ready(session, ids))


async def _compute(session: AsyncSession, cycle_id: UUID, appraisals: Sequence[Appraisal]) -> None:
    if not appraisals:
        return
    context = await context_of(session, cycle_id)
    # Loaded, computed and written set by set: a few statements for a thousand people.
    computed = await compute(session, context, appraisals)
    await store(session, context, computed)
    await events.submitted_unnamed(session, context.policy, [one.appraisal for one in computed])
    for one in computed:
        _emit_dropped(session, one)
    await detection.open_about_people(session, context, [one for one in computed if one.finding is not None])
    await announce(session, context, [one.appraisal.id for one in computed if one.finding is None])
    await detection.detect_again(session, context, appraisals)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=cycle_id, phase=Phase.EVALUATION)


def _emit_dropped(session: AsyncSession, one: ComputedResult) -> None:
    appraisal = one.appraisal
    for lost in one.local.dropped:
        event = SourceDropped(
            tenant_id=appraisal.tenant_id,
            appraisal_id=appraisal.id,
            cycle_id=appraisal.cycle_id,
            servant_id=appraisal.servant_id,
            role=lost.role,
            received=lost.received,
            minimum=lost.minimum,
        )
        emit(session, event)
