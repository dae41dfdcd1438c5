"""Routes of fairness: how raters rated and how predicates are spread, for the office; one's own statistics for a rater."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Role
from contracts.policy import Policy
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.db import actor
from kit.errors import Forbidden
from kit.paging import Page, Paging
from kit.web import Session
from scoring.numbers import rounded
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.api.findings import ExplainedFinding, explained, page_by_id
from services.evaluation.findings.queries import fairness
from services.evaluation.findings.rules.cells import SMALLEST, hidden
from services.evaluation.findings.rules.fairness import (
    AllRaters,
    RaterStatistics,
    difference,
    findings_about,
    halo,
    is_judged,
)

router = web.router(tags=["fairness"])


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


class RaterComparisonResponse(Page[RaterStatisticsResponse]):
    """A page of raters with what they are compared with."""

    people: int
    mean: Decimal | None
    smallest_group: int


@router.get("/cycles/{cycle_id}/fairness", summary="How raters rate (performance office)", **permits(Relation.OFFICE))
async def read_fairness(cycle_id: UUID, session: Session, paging: Paging) -> RaterComparisonResponse:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("read how raters rate", "membaca statistik penilai"))
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    comparison = await fairness.raters(session, cycle, policy)
    page = page_by_id(comparison.raters, paging, lambda one: one.rater_id)
    return RaterComparisonResponse(
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
    "/cycles/{cycle_id}/fairness/branch",
    summary="How the raters of one's own branch rate, beside the mean of all others",
    **permits(Relation.AUTHORITY, note="who leads raters in this cycle; groups below five people without numbers"),
)
async def read_branch(cycle_id: UUID, session: Session, paging: Paging) -> RaterComparisonResponse:
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    below = await fairness.raters_below(session, cycle, actor(session).id)
    if not below:
        raise Forbidden(
            "you lead nobody who rates in this cycle",
            "tidak ada pejabat penilai di bawah Anda pada siklus ini",
            allowed=[Relation.AUTHORITY.value],
        )
    comparison = await fairness.raters(session, cycle, policy, below)
    unseen = hidden({one.rater_id: one.people for one in comparison.raters})
    page = page_by_id(comparison.raters, paging, lambda one: one.rater_id)
    all_raters = comparison.all_raters
    return RaterComparisonResponse(
        items=[_of_branch(policy, one, all_raters, numbers=one.rater_id not in unseen) for one in page.items],
        next=page.next,
        people=all_raters.people,
        mean=_mean(all_raters) if all_raters.people >= SMALLEST else None,
        smallest_group=max(policy.moderation.minimum_rated, SMALLEST),
    )


def _of_branch(
    policy: Policy, rater: RaterStatistics, all_raters: AllRaters, *, numbers: bool
) -> RaterStatisticsResponse:
    """Findings are questions of the office; the gap to other sources would tell a leader what colleagues gave."""
    if not numbers:
        people, complete = rater.people, rater.complete
        return RaterStatisticsResponse(rater_id=rater.rater_id, people=people, complete=complete, judged=False)
    return _rater(policy, rater, all_raters).model_copy(update={"findings": (), "source_gap": None})


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
    found = explained(findings_about(policy.moderation, rater, all_raters))
    return response.model_copy(update=numbers | {"findings": found})


def _mean(all_raters: AllRaters) -> Decimal | None:
    return rounded(all_raters.total / all_raters.people) if all_raters.people else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)
