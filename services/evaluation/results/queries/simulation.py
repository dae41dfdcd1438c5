"""Scores the people of a cycle again under another policy, a page at a time; nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.plans.plans import IndicatorState
from contracts.policy import Policy
from directory.models import Person, Unit
from scoring.formula import Formula
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import LocalScore, score_by
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment
from services.evaluation.results.models import Result


class Simulated(NamedTuple):
    """One person before and after; None where something is missing."""

    appraisal_id: UUID
    servant_id: UUID
    name: str | None
    unit_id: UUID
    unit: str | None
    before: tuple[Decimal | None, str | None]
    """Score and band as issued."""
    after: LocalScore


class Page(NamedTuple):
    """The next people of the cycle."""

    total: int
    """People of the whole cycle who have a result."""
    people: list[Simulated]
    last: UUID | None


async def simulate(session: AsyncSession, cycle_id: UUID, policy: Policy, *, after: UUID | None, limit: int) -> Page:
    """What the newest results would be; scores for criteria that the policy does not know are left out.

    Raises Invalid where the policy has no band for a score.
    """
    issued = (col(Result.cycle_id) == cycle_id, col(Result.superseded_by).is_(None))
    total = (await session.execute(select(func.count()).select_from(Result).where(*issued))).scalar_one()
    looking: Select[Any, Any, Any, Any] = (
        select(Result, Appraisal, col(Person.name), col(Unit.name).label("unit"))
        .join(Appraisal, col(Appraisal.id) == col(Result.appraisal_id))
        .outerjoin(Person, col(Person.id) == col(Result.servant_id))
        .outerjoin(Unit, col(Unit.id) == col(Appraisal.unit_id))
        .where(*issued)
        .order_by(col(Result.appraisal_id))
        .limit(limit)
    )
    if after is not None:
        looking = looking.where(col(Result.appraisal_id) > after)
    rows = (await session.execute(looking)).all()
    formula, given = Formula.of(policy), await _given(session, [row.Appraisal.id for row in rows])
    people = [
        Simulated(
            appraisal_id=appraisal.id,
            servant_id=appraisal.servant_id,
            name=name,
            unit_id=appraisal.unit_id,
            unit=unit,
            before=(result.local_score, result.local_band),
            after=score_by(formula, _inputs(formula, appraisal, given.get(appraisal.id, ()))),
        )
        for result, appraisal, name, unit in rows
    ]
    return Page(total, people, people[-1].appraisal_id if people else None)


async def _given(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> Mapping[UUID, list[Assessment]]:
    looking = select(Assessment).where(col(Assessment.appraisal_id).in_(appraisal_ids))
    found: dict[UUID, list[Assessment]] = defaultdict(list)
    for one in (await session.scalars(looking)).all():
        found[one.appraisal_id].append(one)
    return found


def _inputs(formula: Formula, appraisal: Appraisal, given: Sequence[Assessment]) -> ScoreInputs:
    """What was known when the result was issued, as far as the formula asks for it."""
    roles = {one.role for one in formula.sources}
    return ScoreInputs(
        indicators=tuple(MeasuredIndicator.of(IndicatorState.model_validate(one)) for one in appraisal.plan or []),
        assessments=tuple(
            AssessorScores.model_validate(
                {
                    "source": one.role,
                    "scores": {code: one.scores[code] for code in one.scores if code in formula.scored},
                }
            )
            for one in given
            if AssessorRole(one.role) in roles
        ),
        innovation_recognised=appraisal.innovation_recognised,
    )
