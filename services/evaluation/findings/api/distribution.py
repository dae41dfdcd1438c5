"""Route of the distribution: how predicates are spread over units, beside the guidance: for the office, and for the city's leadership."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import OrgPerformance, Predicate, Role
from contracts.policy.distribution import Distribution
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.db import actor
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.api.findings import ExplainedFinding, explained, page_by_id
from services.evaluation.findings.queries.distribution import UnitDistribution, units
from services.evaluation.findings.rules import distribution
from services.evaluation.findings.rules.cells import hidden

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
    hidden: bool = False
    """So few people that numbers would tell of a person; the city's leadership then reads none of them."""


@router.get(
    "/cycles/{cycle_id}/distribution",
    summary="Predicates of units beside the guidance (performance office, leadership)",
    **permits(Relation.OFFICE, Relation.LEADER, note="small units are hidden from the leadership"),
)
async def read_distribution(cycle_id: UUID, session: Session, paging: Paging) -> Page[UnitDistributionResponse]:
    what = ("read how predicates are spread", "membaca sebaran predikat")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    cycle = await existing(session, cycle_id)
    policy = policy_of(cycle).distribution
    found = await units(session, cycle)
    sees_all = actor(session).has(Role.PERFORMANCE_OFFICE)
    small = frozenset() if sees_all else hidden({one.unit_id: sum(one.counts.values()) for one in found})
    page = page_by_id(found, paging, lambda one: one.unit_id)
    return page_of(page, lambda one: _hidden(one) if one.unit_id in small else _unit(policy, one))


def _hidden(unit: UnitDistribution) -> UnitDistributionResponse:
    """That the unit is there, and nothing of its people."""
    return UnitDistributionResponse(
        unit_id=unit.unit_id,
        name=unit.name,
        leader_id=None,
        performance=unit.performance,
        people=0,
        checked=False,
        counts={},
        expected=None,
        findings=(),
        hidden=True,
    )


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
