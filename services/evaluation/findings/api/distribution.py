"""Route of the distribution: how predicates are spread over units, beside the guidance, for the office."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import OrgPerformance, Predicate, Role
from contracts.policy.distribution import Distribution
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.api.findings import ExplainedFinding, explained, page_by_id
from services.evaluation.findings.queries.distribution import UnitDistribution, units
from services.evaluation.findings.rules import distribution

router = web.router(tags=["fairness"])


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
    page = page_by_id(await units(session, cycle), paging, lambda one: one.unit_id)
    return page_of(page, lambda one: _unit(policy, one))


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
        findings=explained(distribution.deviations(policy, unit.performance, unit.counts)),
    )
