"""Facts from other services about the work: indicators, actuals, innovations that were recognised, results that were taken over."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.support import WorkResultTakenOver
from contracts.plans.initiatives import InitiativeVerified
from contracts.plans.plans import IndicatorState, PlanSet
from contracts.plans.reports import ActualsReported
from kit.db import clock
from services.evaluation.appraisals.commands import completion
from services.evaluation.appraisals.models import Appraisal, TakenOver
from services.evaluation.appraisals.rules.states import Act, AppraisalState, can
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.results.commands.provisional import recompute

_IDEAS = frozenset({"INNOVATION", "IDEA"})
"""Kinds that meet the condition of PP 30/2019 art. 41(5) once recognised; an initiative alone does not."""


async def take_plan(session: AsyncSession, event: PlanSet) -> None:
    """The expectation is set (again); actuals that are known already stay."""
    appraisal = await _of(session, event.cycle_id, event.servant_id)
    if appraisal is None or not can(appraisal.state, Act.MEASURE):
        return
    # A plan may be amended after actuals were reported: what is known stays with its indicator.
    known = {one["id"]: one for one in appraisal.plan or []}
    appraisal.plan = [_with_actual(one, known) for one in event.indicators]


async def take_actuals(session: AsyncSession, event: ActualsReported) -> None:
    """Actuals are in; the last ones may have been what the appraisal waited for."""
    appraisal = await _of(session, event.cycle_id, event.servant_id)
    if appraisal is None or not can(appraisal.state, Act.MEASURE):
        return
    appraisal.plan = [one.model_dump(mode="json") for one in event.indicators]
    appraisal.final_actuals = appraisal.final_actuals or event.final
    await session.flush()
    if appraisal.state == AppraisalState.OPEN:
        await completion.compute_complete(session, [appraisal.id])
    else:
        await recompute(session, await context_of(session, appraisal.cycle_id), appraisal)


async def take_initiative(session: AsyncSession, event: InitiativeVerified) -> None:
    """A recognised innovation or idea meets the condition of the best band."""
    if not event.recognised or event.kind not in _IDEAS:
        return
    appraisal = await _of(session, event.cycle_id, event.servant_id)
    if appraisal is None or not can(appraisal.state, Act.MEASURE) or appraisal.innovation_recognised:
        return
    appraisal.innovation_recognised = True
    await session.flush()
    await recompute(session, await context_of(session, appraisal.cycle_id), appraisal)


async def take_taken_over(session: AsyncSession, event: WorkResultTakenOver) -> None:
    """The leader took over a work result: the note stands on the form and counts in the evaluation (art. 20)."""
    appraisal = await _of(session, event.cycle_id, event.servant_id)
    if appraisal is None:
        return
    noting = insert(TakenOver).values(
        tenant_id=event.tenant_id,
        id=event.take_over_id,
        appraisal_id=appraisal.id,
        leader_id=event.leader_id,
        result=event.result,
        note=event.note,
        told_at=clock(session).now(),
    )
    await session.execute(noting.on_conflict_do_nothing())


# Locked like every appraisal that a command changes; see appraisals/commands/access.py.
_OF = (
    select(Appraisal)
    .where(col(Appraisal.cycle_id) == bindparam("cycle_id"), col(Appraisal.servant_id) == bindparam("servant_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


async def _of(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> Appraisal | None:
    """The person's appraisal, locked; None for who takes no part in the cycle."""
    return (await session.scalars(_OF, {"cycle_id": cycle_id, "servant_id": servant_id})).first()


def _with_actual(one: IndicatorState, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    new = one.model_dump(mode="json")
    before = known.get(new["id"])
    if before is not None and new["actual"] is None:
        new |= {name: before[name] for name in ("actual", "reason", "evidence") if name in before}
    return new
