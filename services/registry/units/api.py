"""Units over HTTP."""

from uuid import UUID

from contracts.base import Frozen
from kit.web import Session, router
from services.registry.paging import Cursor, Limit, Page, pack, unpack
from services.registry.units import queries
from services.registry.units.models import Unit

routes = router(tags=["units"])


class UnitView(Frozen):
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
    def of(cls, unit: Unit) -> "UnitView":
        """From its row."""
        return cls.model_validate(unit.model_dump())


class UnitPage(Page):
    """Units by code."""

    items: list[UnitView]


@routes.get("/units")
async def list_units(session: Session, cursor: Cursor = None, limit: Limit = 200) -> UnitPage:
    """List the city's units, for everybody in it."""
    after = unpack(cursor, 1)[0] if cursor else None
    rows = await queries.units(session, after=after, limit=limit + 1)
    more = pack(rows[limit - 1].code) if len(rows) > limit else None
    return UnitPage(items=[UnitView.of(row) for row in rows[:limit]], next=more)
