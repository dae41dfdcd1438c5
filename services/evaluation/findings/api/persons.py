"""The route by which the performance office closes the finding about one person's sources."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.findings.commands import moderation

router = web.router(tags=["appraisals"])


class PersonModerationRequest(BaseModel):
    """Why the result may stand."""

    reason: Text


class PersonModerationResponse(FromRow):
    """A finding about one person and what the office made of it."""

    appraisal_id: UUID
    finding: str
    reason: str | None
    decided_by: UUID | None
    decided_at: datetime | None


@router.post(
    "/appraisals/{appraisal_id}/moderation",
    summary="Moderate a finding (performance office)",
    **permits(Relation.OFFICE, concerns="whose sources they are, and who assessed as the superior"),
)
async def moderate(appraisal_id: UUID, body: PersonModerationRequest, session: Session) -> PersonModerationResponse:
    closed = await moderation.moderate(session, appraisal_id, reason=body.reason)
    return PersonModerationResponse.model_validate(closed)
