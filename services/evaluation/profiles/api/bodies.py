"""What a profile answers: a person's results with each criterion's standing, and what lasts from one to the next."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Words
from contracts.policy import Axis
from scoring.names import Names
from services.evaluation.competences.rules import CompetenceGap
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.profiles.queries import Profiled
from services.evaluation.profiles.rules import Observed, Standing, course, standing
from services.evaluation.results.models import Result


class ProfiledCriterion(BaseModel):
    """One criterion of one result."""

    code: str
    label: Words
    axis: Axis | None
    score: Decimal | None
    """Points of 0 to 120."""
    standing: Standing


class ProfiledResult(BaseModel):
    """The newest version of one cycle's result."""

    cycle_id: UUID
    cycle: str
    period_start: date
    period_end: date
    result_id: UUID
    version: int
    result_rating: str
    behaviour_rating: str
    predicate: str
    local_score: Decimal | None
    local_band: str | None
    final: bool
    none_stands_out: bool
    """No criterion is a strength or an area to improve."""
    criteria: list[ProfiledCriterion]
    competences: list[CompetenceGap]
    """Of the post: required level, assessed level and gap."""


class ProfileResponse(BaseModel):
    """A person across cycles, the newest period first."""

    servant_id: UUID
    name: str
    position: str
    results: list[ProfiledResult]
    lasting_strengths: list[Words]
    lasting_areas: list[Words]
    improved: list[Words]
    """To improve before, and no longer."""
    declined: list[Words]
    """A strength before, and now to improve."""


def profile_of(found: Profiled) -> ProfileResponse:
    """The answer; a criterion is called as the newest cycle that rated it calls it."""
    results = [_result(result, cycle) for result, cycle in found.results]
    seen = [Observed({one.code: one.standing for one in result.criteria}) for result in results]
    labels = {one.code: one.label for result in reversed(results) for one in result.criteria}

    def called(codes: Iterable[str]) -> list[Words]:
        return [labels[code] for code in codes]

    return ProfileResponse(
        servant_id=found.person.id,
        name=found.person.name,
        position=found.person.position,
        results=results,
        **{name: called(codes) for name, codes in course(seen)._asdict().items()},
    )


_SAME = ("version", "result_rating", "behaviour_rating", "predicate", "local_score", "local_band")


def _result(result: Result, cycle: Cycle) -> ProfiledResult:
    policy = policy_of(cycle)
    names, axes = Names(policy), {one.code: one.axis for one in policy.criteria}
    order = {one.code: place for place, one in enumerate(policy.criteria)}
    criteria = [
        ProfiledCriterion(
            code=code,
            label=names(code),
            axis=axes.get(code),
            score=None if score is None else Decimal(score),
            standing=standing(code, score, strengths=result.strengths, areas=result.areas),
        )
        for code, score in sorted(result.criteria.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    ]
    return ProfiledResult(
        cycle_id=cycle.id,
        cycle=cycle.name,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        result_id=result.id,
        final=result.finalised_at is not None,
        none_stands_out=not result.strengths and not result.areas,
        criteria=criteria,
        competences=[CompetenceGap.model_validate(one) for one in result.competences or []],
        **{name: getattr(result, name) for name in _SAME},
    )
