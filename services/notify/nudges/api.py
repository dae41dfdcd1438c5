"""Route by which somebody above, or the office, reminds a person of what is owed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, StringConstraints

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.notify.nudges import commands

router = web.router(tags=["to-do list"])


class NudgeRequest(BaseModel):
    """A word beside the reminder, if any."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None = None


class NudgeResponse(FromRow):
    """Somebody was reminded."""

    obligation_id: UUID
    day: date
    debtor_id: UUID
    nudged_by: UUID
    nudged_at: AwareDatetime
    note: str | None


@router.post(
    "/obligations/{obligation_id}/nudge",
    summary="Remind somebody of what is owed; at most once a day and obligation",
    **permits(
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        note="of the one who owes it, as of today; never what anonymous assessors owe",
        alike="a reminder decides nothing about anybody",
    ),
)
async def nudge(obligation_id: UUID, body: NudgeRequest, session: Session) -> NudgeResponse:
    return NudgeResponse.model_validate(await commands.nudge(session, obligation_id, note=body.note))
