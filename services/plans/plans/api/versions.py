"""Route of the versions of a plan: every content that was set."""

from datetime import datetime
from uuid import UUID

from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.models import PlanVersion
from services.plans.plans.queries import plans as queries
from services.plans.plans.queries.access import READERS
from services.plans.plans.rules.content import Content

router = web.router(tags=["plans"])


class PlanVersionResponse(Content):
    """A content that was set."""

    plan_version: int
    set_at: datetime
    set_by: UUID
    reason: str | None

    @classmethod
    def of(cls, kept: PlanVersion) -> "PlanVersionResponse":
        """Made from the row."""
        return cls(
            **Content.model_validate(kept.content).model_dump(),
            plan_version=kept.plan_version,
            set_at=kept.set_at,
            set_by=kept.set_by,
            reason=kept.reason,
        )


@router.get("/plans/{plan_id}/versions", summary="Every content that was set, oldest first", **permits(*READERS))
async def list_versions(plan_id: UUID, session: web.Session, paging: Paging) -> Page[PlanVersionResponse]:
    found = await queries.versions(session, plan_id, window=paging)
    await LOOKUPS.note(session, Record.PLAN_VERSIONS, [(await queries.find(session, plan_id)).servant_id])
    return page_of(found, PlanVersionResponse.of)
