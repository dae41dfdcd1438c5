"""Scores the people of a cycle again under another policy, a page at a time; nothing is written."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.plans.plans import IndicatorState
from contracts.policy import Policy
from directory.models import Person, Unit
from kit.keyset import Found, Window, read_rows
from scoring.formula import Formula
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import LocalScore, score_by
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment
from services.evaluation.results.models import Result
from services.evaluation.results.queries.inputs import assessments
from services.evaluation.results.rules import Decisions, decisions_of


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


async def simulate(session: AsyncSession, cycle_id: UUID, policy: Policy, *, window: Window) -> Found[Simulated]:
    """What the newest results would be; scores for criteria that the policy does not know are left out.

    Counts the people of the whole cycle who have a result. Raises Invalid where the policy has no band for a score.
    """
    found = await read_rows(session, _newest(cycle_id), col(Result.appraisal_id), window=window, counted=True)
    formula = Formula.of(policy)
    given = await assessments(session, [appraisal.id for _, appraisal, *_ in found.items])
    people = [
        Simulated(
            appraisal_id=appraisal.id,
            servant_id=appraisal.servant_id,
            name=name,
            unit_id=appraisal.unit_id,
            unit=unit,
            before=(result.local_score, result.local_band),
            after=score_by(formula, _inputs(formula, appraisal, given[appraisal.id], decisions_of(result.trace))),
        )
        for result, appraisal, name, unit in found.items
    ]
    return Found(people, found.next, found.total)


def _newest(cycle_id: UUID) -> Select[Result, Appraisal, str | None, str | None]:
    # Outer joins: whoever has left the city, or whose unit is gone, was scored all the same.
    return (
        select(Result, Appraisal, col(Person.name), col(Unit.name))
        .join(Appraisal, col(Appraisal.id) == col(Result.appraisal_id))
        .outerjoin(Person, col(Person.id) == col(Result.servant_id))
        .outerjoin(Unit, col(Unit.id) == col(Appraisal.unit_id))
        .where(col(Result.cycle_id) == cycle_id, col(Result.superseded_by).is_(None))
    )


def _inputs(formula: Formula, appraisal: Appraisal, given: Sequence[Assessment], decisions: Decisions) -> ScoreInputs:
    """What was known when the result was issued, and decided since, as far as the formula asks for it."""
    roles, asked = {one.role for one in formula.sources}, {one.code for one in formula.criteria if not one.measured}
    plan = [MeasuredIndicator.of(IndicatorState.model_validate(one)) for one in appraisal.plan or []]
    return ScoreInputs(
        decided={code: score for code, score in decisions.scores.items() if code in asked},
        indicators=tuple(decisions.applied(one) for one in plan),
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
