"""Later versions of a result: what a decision about ratings changes, beside the version before."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.amendments import ScoreChange
from contracts.base import Phase, Rating, new_id
from scoring.trace import NATIONAL, Step
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.proposals.commands import proposals
from services.evaluation.results import events
from services.evaluation.results.commands import amendments
from services.evaluation.results.commands.amendments import Scored
from services.evaluation.results.commands.computation import local_columns, local_score, traced
from services.evaluation.results.models import Result
from services.evaluation.results.queries import inputs
from services.evaluation.results.rules import decisions_of, rerated, retraced


async def supersede(
    session: AsyncSession,
    context: CycleContext,
    before: Result,
    *,
    ratings: tuple[Rating | None, Rating | None],
    reason: str,
    by: UUID,
    changes: Sequence[ScoreChange] = (),
    objection_id: UUID | None = None,
) -> None:
    """The next version beside the one before, which is marked and kept; a ``None`` rating stays as it was.

    What ``changes`` set anew is scored anew, and the score stands as it was measured where there are none. A version by
    the decision on an objection is final by itself (PermenPANRB 6/2022 art. 29).
    """
    objection = objection_id is not None
    scored = await _scored(session, context, before, changes)
    trace = [Step.model_validate(step) for step in scored.pop("trace")]
    national = rerated((before.result_rating, before.behaviour_rating), *ratings, trace=trace)
    steps = retraced(trace, national)
    row = (
        _unchanged(before)
        | scored
        | {
            "version": before.version + 1,
            "result_rating": national.result_rating,
            "behaviour_rating": national.behaviour_rating,
            "predicate": national.predicate,
            "trace": [step.model_dump(mode="json") for step in steps],
            "issued_at": context.now,
            "issued_by": by,
            "by_superior": objection or before.by_superior,
            "by_objection": objection,
            "objection_id": objection_id,
            "reason": reason,
            "final_without_objection": objection or before.final_without_objection,
        }
    )
    result = (await session.scalars(insert(Result).values(row).returning(Result))).one()
    # One of the few columns that the database lets change (ADDED_LATER): a version is marked, never overwritten.
    marking = update(Result).where(col(Result.id) == before.id).values(superseded_by=result.version)
    await session.execute(marking.execution_options(synchronize_session=False))
    # In this order: payroll first hears that the former version no longer counts, then of the new one.
    events.superseded(session, before, context.cycle, by=result)
    await proposals.supersede(session, context, before, by_version=result.version)
    events.issued(session, result)
    if changes:
        after = Scored.of(result)
        await amendments.tell(session, result.appraisal_id, Scored.of(before), after, objection=objection)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.DISCLOSURE)


_SAME = (
    "tenant_id",
    "appraisal_id",
    "cycle_id",
    "servant_id",
    "rater_id",
    "authority_id",
    "competences",
)
_SCORED = ("local_score", "local_band", "criteria", "strengths", "areas", "trace")


def _unchanged(before: Result) -> dict[str, Any]:
    """What no decision touches."""
    return {"id": new_id(), **{name: getattr(before, name) for name in _SAME}}


async def _scored(
    session: AsyncSession, context: CycleContext, before: Result, changes: Sequence[ScoreChange]
) -> dict[str, Any]:
    """The score with its trace: as it was measured, or anew with what was decided."""
    if not changes:
        return {name: getattr(before, name) for name in _SCORED}
    # From the same inputs as the version before: they cannot have moved since, as nothing is measured after the signature.
    appraisal = (await session.scalars(select(Appraisal).where(col(Appraisal.id) == before.appraisal_id))).one()
    given = await inputs.assessments(session, [appraisal.id])
    decided = decisions_of(before.trace).and_then(changes)
    local = local_score(context.policy, appraisal, given[appraisal.id], decisions=decided)
    national = [step for step in before.trace if step["code"] in NATIONAL]
    row = {name: value for name, value in local_columns(local, context.policy).items() if name in _SCORED}
    return row | {"local_score": local.score, "trace": traced(local, given[appraisal.id]) + national}
