"""Route of the export to the national application."""

from uuid import UUID

from contracts.base import Role
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record as Read
from services.evaluation.reports.queries import exports as reports
from services.evaluation.reports.rules.records import HoldReason, Record

router = web.router(tags=["export"])
_EXPORTERS = (Role.PERFORMANCE_OFFICE, Role.INTEGRATOR)


class HeldResult(FromRow):
    """A result that is not exported now."""

    result_id: UUID
    servant_id: UUID
    reason: HoldReason


class ExportResponse(Page[Record]):
    """A page of the newest results of a cycle: those that may go, and those that stay with a reason."""

    held: list[HeldResult]


@router.get(
    "/cycles/{cycle_id}/export",
    summary="Final results for the national e-Kinerja (office); see docs/export.md",
    **permits(Relation.OFFICE, Relation.INTEGRATOR, note="final results for the national application"),
)
async def export(cycle_id: UUID, session: Session, paging: Paging) -> ExportResponse:
    require_role(session, *_EXPORTERS, what=("export results", "mengekspor hasil penilaian"))
    cycle = await cycle_of(session, cycle_id)
    found = await reports.page(session, cycle, window=paging)
    await LOOKUPS.note_list(session, Read.EXPORT, found.servants, all_for=_EXPORTERS, cycle_id=cycle_id)
    return ExportResponse(
        items=found.records, held=[HeldResult.model_validate(one) for one in found.held], next=found.next
    )
