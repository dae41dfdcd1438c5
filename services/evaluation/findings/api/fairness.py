"""Routes of fairness: how raters rated and how predicates are spread, for the office; one's own statistics for a rater."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from contracts.base import OrgPerformance, Predicate, Role
from contracts.policy import Policy
from contracts.policy.distribution import Distribution
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.db import actor
from kit.keyset import Found, Window, cut
from kit.paging import Page, Paging, page_of
from kit.web import Session
from scoring.numbers import rounded
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.api.findings import ExplainedFinding
from services.evaluation.findings.queries import fairness
from services.evaluation.findings.queries.fairness import UnitDistribution
from services.evaluation.findings.rules import distribution
from services.evaluation.findings.rules.fairness import (
    AllRaters,
    Finding,
    RaterStatistics,
    difference,
    findings_about,
    halo,
    is_judged,
)
from services.evaluation.findings.rules.wording import in_words

router = web.router(tags=["fairness"])
Row = TypeVar("Row")


class RaterStatisticsResponse(BaseModel):
    """One rater; below the policy's smallest group there are no numbers, and nothing is judged."""

    rater_id: UUID
    people: int
    complete: bool
    judged: bool
    mean: Decimal | None = None
    difference: Decimal | None = None
    """Points above or below the mean of all others."""
    spread: Decimal | None = None
    """Standard deviation, in points."""
    central: Decimal | None = None
    """Per cent of scores near the middle."""
    halo: Decimal | None = None
    """0 to 1."""
    source_gap: Decimal | None = None
    """Points above or below the other sources."""
    findings: tuple[ExplainedFinding, ...] = ()


class RaterStatisticsPage(Page[RaterStatisticsResponse]):
    """A page of raters with what they are compared with."""

    people: int
    mean: Decimal | None
    smallest_group: int


class UnitDistributionResponse(BaseModel):
    """One unit beside the guidance for its organisation's achievement; its head is not counted."""

    unit_id: UUID
    name: str | None
    leader_id: UUID | None
    performance: OrgPerformance | None
    people: int
    checked: bool
    counts: dict[Predicate, int]
    expected: dict[Predicate, int] | None
    findings: tuple[ExplainedFinding, ...]


@router.get("/cycles/{cycle_id}/fairness", summary="How raters rate (performance office)", **permits(Relation.OFFICE))
async def read_fairness(cycle_id: UUID, session: Session, paging: Paging) -> RaterStatisticsPage:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("read how raters rate", "membaca statistik penilai"))
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    comparison = await fairness.raters(session, cycle, policy)
    page = _cut(comparison.raters, paging, lambda one: one.rater_id)
    return RaterStatisticsPage(
        items=[_rater(policy, one, comparison.all_raters) for one in page.items],
        next=page.next,
        people=comparison.all_raters.people,
        mean=_mean(comparison.all_raters),
        smallest_group=policy.moderation.minimum_rated,
    )


@router.get(
    "/cycles/{cycle_id}/fairness/mine",
    summary="How one rates oneself, beside the mean of all others",
    **permits(Relation.ANYONE, note="one's own line"),
)
async def read_own(cycle_id: UUID, session: Session) -> RaterStatisticsResponse | None:
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    comparison = await fairness.raters(session, cycle, policy, [actor(session).id])
    return _rater(policy, comparison.raters[0], comparison.all_raters) if comparison.raters else None


@router.get(
    "/cycles/{cycle_id}/distribution",
    summary="Predicates of units beside the guidance (performance office)",
    **permits(Relation.OFFICE),
)
async def read_distribution(cycle_id: UUID, session: Session, paging: Paging) -> Page[UnitDistributionResponse]:
    what = ("read how predicates are spread", "membaca sebaran predikat")
    require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle).distribution
    page = _cut(await fairness.units(session, cycle), paging, lambda one: one.unit_id)
    return page_of(page, lambda one: _unit(policy, one))


def _cut(rows: Sequence[Row], window: Window, key: Callable[[Row], UUID]) -> Found[Row]:
    """A page of rows in the order of their ids, all of which the database has summed up already."""
    after = window.after(UUID)
    following = [one for one in rows if after is None or (key(one),) > after]
    return cut(following[: window.limit + 1], window, key=lambda one: (key(one),))


def _rater(policy: Policy, rater: RaterStatistics, all_raters: AllRaters) -> RaterStatisticsResponse:
    judged = is_judged(policy.moderation, rater)
    response = RaterStatisticsResponse(
        rater_id=rater.rater_id, people=rater.people, complete=rater.complete, judged=judged
    )
    # Of a small group no numbers at all: they say nothing about the rater, and would be read as if they did.
    if not judged:
        return response
    numbers = {
        "mean": rounded(rater.mean),
        "difference": difference(rater, all_raters),
        "spread": _rounded(rater.spread),
        "central": rounded(rater.central_points),
        "halo": _rounded(halo(rater)),
        "source_gap": _rounded(rater.gap),
    }
    found = _explained(findings_about(policy.moderation, rater, all_raters))
    return response.model_copy(update=numbers | {"findings": found})


def _unit(policy: Distribution, unit: UnitDistribution) -> UnitDistributionResponse:
    people, guide = sum(unit.counts.values()), distribution.guide_of(policy, unit.performance)
    return UnitDistributionResponse(
        unit_id=unit.unit_id,
        name=unit.name,
        leader_id=unit.leader_id,
        performance=unit.performance,
        people=people,
        checked=guide is not None and distribution.is_checked(policy, unit.counts),
        counts=unit.counts,
        expected=None if guide is None else distribution.head_counts(guide.shares, people),
        findings=_explained(distribution.deviations(policy, unit.performance, unit.counts)),
    )


def _explained(found: Sequence[Finding]) -> tuple[ExplainedFinding, ...]:
    return tuple(ExplainedFinding(**one.model_dump(), words=in_words(one)) for one in found)


def _mean(all_raters: AllRaters) -> Decimal | None:
    return rounded(all_raters.total / all_raters.people) if all_raters.people else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)
