"""Units over HTTP."""

from uuid import UUID

from contracts.base import Frozen, Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.registry.units import queries
from services.registry.units.models import Unit

router = web.router(tags=["units"])


class UnitResponse(Frozen):
    """A unit with what applies to it."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    scope: str
    period_months: int
    work_days: list[int] | None = None
    """Weekdays worked, Monday = 0; None is the city's week."""
    revision: int

    @classmethod
    def of(cls, unit: Unit) -> "UnitResponse":
        """From its row."""
        return cls.model_validate(unit.model_dump())


@router.get("/units", **permits(Relation.ANYONE))
async def list_units(session: Session, paging: Paging) -> Page[UnitResponse]:
    """List the city's units by code, for everybody in it."""
    return page_of(await queries.page(session, window=paging), UnitResponse.of)
