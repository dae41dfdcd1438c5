"""Routes that score a cycle again: from its own traces, and under another policy; neither writes anything."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.policy import Policy
from kit.web import Session, router
from services.evaluation.appraisals.commands.access import require_office
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.results.queries import recomputation, simulation
from services.evaluation.results.queries.simulation import Simulated

routes = router(tags=["rescoring"])


class Next(BaseModel):
    """Where to go on: ``next`` of the answer before."""

    after: UUID | None = None
    limit: int = Field(default=500, ge=1, le=1000)


class DifferingLine(BaseModel):
    """A result that does not follow from its trace."""

    result_id: UUID
    servant_id: UUID
    version: int
    differences: tuple[str, ...]


class Recomputation(BaseModel):
    """One page of the cycle's results, every version of each."""

    total: int
    checked: int
    differing: list[DifferingLine]
    next: UUID | None


class Trial(Next):
    """The effective policy to try."""

    policy: Policy


class Group(BaseModel):
    """How many people of a unit go from one band to another; null where no score can be made."""

    unit_id: UUID
    unit: str | None
    before: str | None
    after: str | None
    people: int


class Mover(BaseModel):
    """A person whose band would be another."""

    appraisal_id: UUID
    servant_id: UUID
    name: str | None
    unit_id: UUID
    before_score: Decimal | None
    before: str | None
    after_score: Decimal | None
    after: str | None


class SimulationPage(BaseModel):
    """One page of the people who have a result."""

    total: int
    checked: int
    groups: list[Group]
    movers: list[Mover]
    rescored: int
    """Whose number would be another, whatever their band."""
    moderated: int
    """Whose sources would lie too far apart."""
    next: UUID | None


@routes.post(
    "/cycles/{cycle_id}/recomputation", summary="Make stored results again from their traces (performance office)"
)
async def recompute(cycle_id: UUID, session: Session, body: Next | None = None) -> Recomputation:
    """Answer a page of the results, and those among them that differ; nothing is written."""
    require_office(session, ("recompute results", "menghitung ulang hasil"))
    await existing(session, cycle_id)
    asked = body or Next()
    page = await recomputation.recompute(session, cycle_id, after=asked.after, limit=asked.limit)
    lines = [
        DifferingLine(
            result_id=one.result.id,
            servant_id=one.result.servant_id,
            version=one.result.version,
            differences=one.differences,
        )
        for one in page.differing
    ]
    following = page.last if page.checked == asked.limit else None
    return Recomputation(total=page.total, checked=page.checked, differing=lines, next=following)


@routes.post(
    "/cycles/{cycle_id}/simulation", summary="What another policy would have made of a cycle (performance office)"
)
async def simulate(cycle_id: UUID, body: Trial, session: Session) -> SimulationPage:
    """Answer a page of people, and who among them would change bands; nothing is written."""
    require_office(session, ("simulate a policy", "menyimulasikan kebijakan"))
    await existing(session, cycle_id)
    page = await simulation.simulate(session, cycle_id, body.policy, after=body.after, limit=body.limit)
    return SimulationPage(
        total=page.total,
        checked=len(page.people),
        groups=_groups(page.people),
        movers=[_mover(one) for one in page.people if one.before[1] != one.after.band],
        rescored=sum(one.before[0] != one.after.score for one in page.people),
        moderated=sum(one.after.moderation for one in page.people),
        next=page.last if len(page.people) == body.limit else None,
    )


def _groups(people: Sequence[Simulated]) -> list[Group]:
    counted = Counter((one.unit_id, one.unit, one.before[1], one.after.band) for one in people)
    return [
        Group(unit_id=unit_id, unit=unit, before=before, after=after, people=count)
        for (unit_id, unit, before, after), count in counted.items()
    ]


def _mover(one: Simulated) -> Mover:
    return Mover(
        appraisal_id=one.appraisal_id,
        servant_id=one.servant_id,
        name=one.name,
        unit_id=one.unit_id,
        before_score=one.before[0],
        before=one.before[1],
        after_score=one.after.score,
        after=one.after.band,
    )
