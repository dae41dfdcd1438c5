"""The cases that proposals are made from: final results with what was known of their people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from contracts.registry.personnel import Status
from directory.models import Person
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.competences.rules import CompetenceGap
from services.evaluation.credits.queries import positions
from services.evaluation.credits.rules.parts import Held, LevelMonths, months_by_level
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.proposals.rules.case import Case, Earlier
from services.evaluation.results.models import Result


async def read_cases(session: AsyncSession, context: CycleContext, results: Sequence[Result]) -> list[Case]:
    """The case of each of these results, in their order; three statements for any number."""
    people = await _people(session, results)
    held = await positions.held_by(session, [one.servant_id for one in results])
    earlier = await _earlier(session, context, results)
    return [_case(context, result, people, held, earlier) for result in results]


_People = Mapping[UUID, Any]
_HeldBy = Mapping[UUID, Sequence[Held]]
_Earlier = Mapping[UUID, list[Earlier]]


async def _people(session: AsyncSession, results: Sequence[Result]) -> _People:
    """By appraisal: whether an innovation was recognised, its last day, and today's position and employment."""
    looking = (
        select(
            col(Appraisal.id),
            col(Appraisal.innovation_recognised),
            func.coalesce(col(Person.position_kind), "").label("position_kind"),
            func.coalesce(col(Person.employment_type), "").label("employment_type"),
            col(Appraisal.ended_on),
        )
        # Outer: where the copy of a person is missing, the result suggests what needs no position.
        .outerjoin(
            Person,
            (col(Person.tenant_id) == col(Appraisal.tenant_id)) & (col(Person.id) == col(Appraisal.servant_id)),
        )
        .where(col(Appraisal.id).in_([one.appraisal_id for one in results]))
    )
    rows = (await session.execute(looking)).all()
    return {row.id: row for row in rows}


async def _earlier(session: AsyncSession, context: CycleContext, results: Sequence[Result]) -> _Earlier:
    """Final results of other cycles, newest first; none are looked for where the policy counts a single one."""
    before: dict[UUID, list[Earlier]] = defaultdict(list)
    # Then a whole city that becomes final need not be asked for its history.
    if context.policy.consequences.promotion_results == 1:
        return before
    looking = (
        select(col(Result.servant_id), col(Result.predicate), col(Result.local_score))
        .where(
            col(Result.servant_id).in_([one.servant_id for one in results]),
            col(Result.cycle_id) != context.cycle.id,
            col(Result.finalised_at).is_not(None),
            col(Result.superseded_by).is_(None),
        )
        .order_by(col(Result.finalised_at).desc(), col(Result.id))
    )
    for row in (await session.execute(looking)).all():
        before[row.servant_id].append(Earlier(predicate=row.predicate, local_score=row.local_score))
    return before


def _case(context: CycleContext, result: Result, people: _People, held: _HeldBy, earlier: _Earlier) -> Case:
    person = people[result.appraisal_id]
    return Case(
        version=result.version,
        predicate=Predicate(result.predicate),
        result_rating=Rating(result.result_rating),
        behaviour_rating=Rating(result.behaviour_rating),
        local_score=result.local_score,
        criteria={code: None if score is None else Decimal(score) for code, score in result.criteria.items()},
        months=context.cycle.months,
        position_kind=person.position_kind,
        employment_type=person.employment_type,
        innovation_recognised=person.innovation_recognised,
        competences=tuple(CompetenceGap.model_validate(one) for one in result.competences or []),
        earlier=tuple(earlier.get(result.servant_id, ())),
        levels=_levels(context, person, held.get(result.servant_id)),
    )


def _levels(context: CycleContext, person: Any, held: Sequence[Held] | None) -> tuple[LevelMonths, ...]:
    """Of whom no change is known, what holds today has always been so; the last day that counts is known by itself."""
    always = (Held(None, person.employment_type, person.position_kind, Status.ACTIVE.value),)
    end = person.ended_on or context.cycle.period_end
    return months_by_level(held or always, context.cycle.period_start, end)
