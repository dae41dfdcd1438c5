"""Route of the export to the national application."""

from uuid import UUID

from pydantic import BaseModel

from kit.web import Session, router
from services.evaluation.appraisals.commands import access
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.reports import queries as reports
from services.evaluation.reports.rules import Held, Record
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit

routes = router(tags=["export"])


class KeptLine(Answer):
    """A result that is not exported now."""

    result_id: UUID
    servant_id: UUID
    reason: Held


class Export(BaseModel):
    """A page of the newest results of a cycle: those that may go, and those that stay with a reason."""

    items: list[Record]
    held: list[KeptLine]
    next: UUID | None


@routes.get(
    "/cycles/{cycle_id}/export", summary="Final results for the national e-Kinerja (office); see docs/export.md"
)
async def export(cycle_id: UUID, session: Session, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> Export:
    access.require_office(session, ("export results", "mengekspor hasil penilaian"))
    cycle = await cycle_of(session, cycle_id)
    found = await reports.page(session, cycle, after=cursor, limit=limit)
    return Export(items=found.records, held=[KeptLine.model_validate(one) for one in found.kept], next=found.last)
