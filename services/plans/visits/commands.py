"""Keeps the copy of visits."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.visits import (
    PanelChanged,
    PanelConflictDeclared,
    VisitConcluded,
    VisitDateSet,
    VisitNotHeld,
    VisitScheduled,
)
from services.plans.visits.models import PanelBar, PanelVisit

_KEY = ["tenant_id", "id"]


async def take(session: AsyncSession, event: VisitScheduled | VisitDateSet | PanelChanged) -> None:
    """Who the panel is from now on; of a visit that was planned before this copy was kept, its date tells."""
    await _keep(session, event, over=False)


async def end(session: AsyncSession, event: VisitNotHeld | VisitConcluded) -> None:
    """Its panel has nothing left to do."""
    await _keep(session, event, over=True)


async def take_conflict(session: AsyncSession, event: PanelConflictDeclared) -> None:
    """Of a person; a member who is not independent of a unit leaves its panel, which is told as well."""
    if event.servant_id is None:
        return
    row = {
        "tenant_id": event.tenant_id,
        "id": event.conflict_id,
        "member_id": event.member_id,
        "servant_id": event.servant_id,
    }
    await session.execute(insert(PanelBar).values(row).on_conflict_do_nothing(index_elements=_KEY))


async def _keep(
    session: AsyncSession,
    event: VisitScheduled | VisitDateSet | PanelChanged | VisitNotHeld | VisitConcluded,
    *,
    over: bool,
) -> None:
    row = {
        "tenant_id": event.tenant_id,
        "id": event.visit_id,
        "cycle_id": event.cycle_id,
        "unit_id": event.unit_id,
        "panel": list(event.panel),
        "over": over,
    }
    keeping = insert(PanelVisit).values(row)
    again = {"panel": keeping.excluded.panel} | ({"over": True} if over else {})
    await session.execute(keeping.on_conflict_do_update(index_elements=_KEY, set_=again))
