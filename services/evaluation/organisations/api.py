"""Routes of the organisations' achievement: the units of a cycle, and what each of them achieved."""

from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import OrgPerformance, Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.queries import context
from services.evaluation.organisations import commands
from services.evaluation.organisations.queries import achievements

router = web.router(tags=["cycles"])


class CycleUnitResponse(FromRow):
    """A unit that takes part."""

    unit_id: UUID
    name: str | None
    members: int
    performance: OrgPerformance | None


class UnitAchievement(BaseModel):
    """The achievement of one unit."""

    unit_id: UUID
    performance: OrgPerformance


class AchievementsRequest(BaseModel):
    """The achievement of units, with who recommended it."""

    items: list[UnitAchievement] = Field(min_length=1, max_length=5000)
    recommendation: str = Field(default="", max_length=4000)


class AchievementsResponse(BaseModel):
    """What became of it."""

    missing: int
    """Units that are still without."""
    left_out: list[UUID] = []
    """Units that another officer sets, because of a conflict of interest with the head who is rated by it."""


@router.get(
    "/cycles/{cycle_id}/units", summary="The units of a cycle with their achievement", **permits(Relation.ANYONE)
)
async def list_units(cycle_id: UUID, session: Session, paging: Paging) -> Page[CycleUnitResponse]:
    await context.cycle(session, cycle_id)
    return page_of(await achievements.units(session, cycle_id, window=paging), CycleUnitResponse.model_validate)


@router.post(
    "/cycles/{cycle_id}/org-performance",
    summary="Set the achievement of units (performance office)",
    **permits(Relation.OFFICE, concerns="the head of each unit, who is rated by it; such a unit is left out"),
)
async def set_achievements(cycle_id: UUID, body: AchievementsRequest, session: Session) -> AchievementsResponse:
    achieved = {one.unit_id: one.performance for one in body.items}
    done = await commands.set_achievements(session, cycle_id, achieved, recommendation=body.recommendation)
    return AchievementsResponse(missing=done.missing, left_out=list(done.left_out))
