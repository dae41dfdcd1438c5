"""Routes that score a cycle again: from its own traces, and under another policy; neither writes anything."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Role
from contracts.policy import Policy
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.paging import Paging
from kit.web import Session
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.results.queries import recomputation, simulation
from services.evaluation.results.queries.simulation import Simulated

router = web.router(tags=["rescoring"])


class DifferingResult(BaseModel):
    """A result that does not follow from its trace."""

    result_id: UUID
    servant_id: UUID
    version: int
    differences: tuple[str, ...]


class RecomputationResponse(BaseModel):
    """One page of the cycle's results, every version of each."""

    total: int
    checked: int
    differing: list[DifferingResult]
    next: str | None


class SimulationRequest(BaseModel):
    """The effective policy to try."""

    policy: Policy


class BandGroup(BaseModel):
    """How many people of a unit go from one band to another; null where no score can be made."""

    unit_id: UUID
    unit: str | None
    before: str | None
    after: str | None
    people: int


class BandChange(BaseModel):
    """A person whose band would be another."""

    appraisal_id: UUID
    servant_id: UUID
    name: str | None
    unit_id: UUID
    before_score: Decimal | None
    before: str | None
    after_score: Decimal | None
    after: str | None


class SimulationResponse(BaseModel):
    """One page of the people who have a result."""

    total: int
    checked: int
    groups: list[BandGroup]
    movers: list[BandChange]
    rescored: int
    """Whose number would be another, whatever their band."""
    moderated: int
    """Whose sources would lie too far apart."""
    next: str | None


@router.post(
    "/cycles/{cycle_id}/recomputation",
    summary="Make stored results again from their traces (performance office)",
    **permits(Relation.OFFICE, alike="computes every result again by the same rule, from what is stored"),
)
async def recompute(cycle_id: UUID, session: Session, paging: Paging) -> RecomputationResponse:
    """Answer a page of the results, and those among them that differ; nothing is written."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("recompute results", "menghitung ulang hasil"))
    await existing(session, cycle_id)
    page = await recomputation.recompute(session, cycle_id, window=paging)
    differing = [
        DifferingResult(
            result_id=one.result.id,
            servant_id=one.result.servant_id,
            version=one.result.version,
            differences=one.differences,
        )
        for one in page.items
        if one.differences
    ]
    return RecomputationResponse(total=page.total or 0, checked=len(page.items), differing=differing, next=page.next)


@router.post(
    "/cycles/{cycle_id}/simulation",
    summary="What another policy would have made of a cycle (performance office)",
    **permits(Relation.OFFICE, alike="computes what would be, and changes nothing"),
)
async def simulate(cycle_id: UUID, body: SimulationRequest, session: Session, paging: Paging) -> SimulationResponse:
    """Answer a page of people, and who among them would change bands; nothing is written."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("simulate a policy", "menyimulasikan kebijakan"))
    await existing(session, cycle_id)
    page = await simulation.simulate(session, cycle_id, body.policy, window=paging)
    return SimulationResponse(
        total=page.total or 0,
        checked=len(page.items),
        groups=_groups(page.items),
        movers=[_change(one) for one in page.items if one.before[1] != one.after.band],
        rescored=sum(one.before[0] != one.after.score for one in page.items),
        moderated=sum(one.after.moderation for one in page.items),
        next=page.next,
    )


def _groups(people: Sequence[Simulated]) -> list[BandGroup]:
    counted = Counter((one.unit_id, one.unit, one.before[1], one.after.band) for one in people)
    return [
        BandGroup(unit_id=unit_id, unit=unit, before=before, after=after, people=count)
        for (unit_id, unit, before, after), count in counted.items()
    ]


def _change(one: Simulated) -> BandChange:
    return BandChange(
        appraisal_id=one.appraisal_id,
        servant_id=one.servant_id,
        name=one.name,
        unit_id=one.unit_id,
        before_score=one.before[0],
        before=one.before[1],
        after_score=one.after.score,
        after=one.after.band,
    )
