"""Later versions of a result: what a decision about ratings changes, beside the version before."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Rating, new_id
from scoring.trace import Step
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.proposals.commands import proposals
from services.evaluation.results import events
from services.evaluation.results.models import Result
from services.evaluation.results.rules import rerated, retraced


async def supersede(
    session: AsyncSession,
    context: CycleContext,
    before: Result,
    *,
    ratings: tuple[Rating | None, Rating | None],
    reason: str,
    by: UUID,
    objection: bool = False,
) -> None:
    """The next version beside the one before, which is marked and kept; a ``None`` rating stays as it was.

    A version by the decision on an ``objection`` is final by itself (PermenPANRB 6/2022 art. 29).
    """
    trace = [Step.model_validate(step) for step in before.trace]
    national = rerated((before.result_rating, before.behaviour_rating), *ratings, trace=trace)
    steps = retraced(trace, national)
    row = _unchanged(before) | {
        "version": before.version + 1,
        "result_rating": national.result_rating,
        "behaviour_rating": national.behaviour_rating,
        "predicate": national.predicate,
        "trace": [step.model_dump(mode="json") for step in steps],
        "issued_at": context.now,
        "issued_by": by,
        "by_superior": objection or before.by_superior,
        "by_objection": objection,
        "reason": reason,
        "final_without_objection": objection or before.final_without_objection,
    }
    result = (await session.scalars(insert(Result).values(row).returning(Result))).one()
    # One of the few columns that the database lets change (ADDED_LATER): a version is marked, never overwritten.
    marking = update(Result).where(col(Result.id) == before.id).values(superseded_by=result.version)
    await session.execute(marking.execution_options(synchronize_session=False))
    # In this order: payroll first hears that the former version no longer counts, then of the new one.
    events.superseded(session, before, context.cycle, by=result)
    await proposals.supersede(session, context, before, by_version=result.version)
    events.issued(session, result)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.DISCLOSURE)


_SAME = (
    "tenant_id",
    "appraisal_id",
    "cycle_id",
    "servant_id",
    "rater_id",
    "authority_id",
    "local_score",
    "local_band",
    "criteria",
    "strengths",
    "areas",
)


def _unchanged(before: Result) -> dict[str, Any]:
    """What a decision about ratings does not touch: the local score stands as it was measured."""
    return {"id": new_id(), **{name: getattr(before, name) for name in _SAME}}
