"""Routes of fairness: how raters rated and how predicates are spread, for the office; one's own line for a rater."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import OrgPerformance, Predicate
from contracts.policy import Policy
from contracts.policy.distribution import Distribution
from kit.db import actor
from kit.web import Session, router
from scoring.numbers import rounded
from services.evaluation.appraisals.commands.access import require_office
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.api.findings import FindingShown
from services.evaluation.findings.queries import fairness
from services.evaluation.findings.queries.fairness import Rated, UnitLine
from services.evaluation.findings.rules import distribution
from services.evaluation.findings.rules.fairness import (
    Everybody,
    Finding,
    RaterLine,
    difference,
    findings,
    halo,
    is_judged,
)
from services.evaluation.findings.rules.wording import told
from services.evaluation.shapes import DEFAULT_LIMIT, Cursor, Limit, Page, paged

routes = router(tags=["fairness"])
_WHAT = ("read how raters rate", "membaca statistik penilai")


class RaterShown(BaseModel):
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
    findings: tuple[FindingShown, ...] = ()


class Raters(Page[RaterShown]):
    """A page of raters with what they are compared with."""

    people: int
    mean: Decimal | None
    smallest_group: int


class UnitShown(BaseModel):
    """One unit beside the guidance for its organisation's achievement; its head is not counted."""

    unit_id: UUID
    name: str | None
    leader_id: UUID | None
    performance: OrgPerformance | None
    people: int
    checked: bool
    counts: dict[Predicate, int]
    expected: dict[Predicate, int] | None
    findings: tuple[FindingShown, ...]


@routes.get("/cycles/{cycle_id}/fairness", summary="How raters rate (performance office)")
async def read_fairness(
    cycle_id: UUID, session: Session, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Raters:
    require_office(session, _WHAT)
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    rated = await fairness.raters(session, cycle, policy)
    lines = [line for line in rated.lines if cursor is None or line.rater_id > cursor][:limit]
    shown = [_rater(policy, line, rated.everybody) for line in lines]
    page = paged(shown, lines[-1].rater_id if lines else None, limit)
    return Raters(
        items=page.items,
        next=page.next,
        people=rated.everybody.people,
        mean=_mean(rated.everybody),
        smallest_group=policy.moderation.minimum_rated,
    )


@routes.get("/cycles/{cycle_id}/fairness/mine", summary="How one rates oneself, beside the mean of all others")
async def read_own(cycle_id: UUID, session: Session) -> RaterShown | None:
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle)
    rated: Rated = await fairness.raters(session, cycle, policy, [actor(session).id])
    return _rater(policy, rated.lines[0], rated.everybody) if rated.lines else None


@routes.get("/cycles/{cycle_id}/distribution", summary="Predicates of units beside the guidance (performance office)")
async def read_distribution(
    cycle_id: UUID, session: Session, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[UnitShown]:
    require_office(session, ("read how predicates are spread", "membaca sebaran predikat"))
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle).distribution
    lines = [line for line in await fairness.units(session, cycle) if cursor is None or line.unit_id > cursor][:limit]
    return paged([_unit(policy, line) for line in lines], lines[-1].unit_id if lines else None, limit)


def _rater(policy: Policy, line: RaterLine, everybody: Everybody) -> RaterShown:
    judged = is_judged(policy.moderation, line)
    shown = RaterShown(rater_id=line.rater_id, people=line.people, complete=line.complete, judged=judged)
    if not judged:
        return shown
    numbers = {
        "mean": rounded(line.mean),
        "difference": difference(line, everybody),
        "spread": _rounded(line.spread),
        "central": rounded(line.central_points),
        "halo": _rounded(halo(line)),
        "source_gap": _rounded(line.gap),
    }
    return shown.model_copy(update=numbers | {"findings": _shown(findings(policy.moderation, line, everybody))})


def _unit(policy: Distribution, line: UnitLine) -> UnitShown:
    people, guide = sum(line.counts.values()), distribution.guide_of(policy, line.performance)
    return UnitShown(
        unit_id=line.unit_id,
        name=line.name,
        leader_id=line.leader_id,
        performance=line.performance,
        people=people,
        checked=guide is not None and distribution.is_checked(policy, line.counts),
        counts=line.counts,
        expected=None if guide is None else distribution.head_counts(guide.shares, people),
        findings=_shown(distribution.deviations(policy, line.performance, line.counts)),
    )


def _shown(found: Sequence[Finding]) -> tuple[FindingShown, ...]:
    return tuple(FindingShown(**one.model_dump(), words=told(one)) for one in found)


def _mean(everybody: Everybody) -> Decimal | None:
    return rounded(everybody.total / everybody.people) if everybody.people else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)
