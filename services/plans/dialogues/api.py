"""Routes of dialogues about a plan."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.responses import FromRow
from services.plans.dialogues import commands
from services.plans.dialogues.rules import Purpose
from services.plans.plans.queries.access import LEADERS
from services.plans.plans.rules.texts import Text

router = web.router(tags=["dialogues"])


class DialogueRequest(BaseModel):
    """What was said and agreed."""

    held_on: Day
    summary: Text
    agreed: Text
    purpose: Purpose = Purpose.SET


class DialogueResponse(FromRow):
    """A dialogue, and whether the other side confirmed it."""

    id: UUID
    plan_id: UUID
    round: int
    purpose: str
    held_on: date
    summary: str
    agreed: str
    recorded_by: UUID
    recorded_at: datetime
    confirmed_by: UUID | None
    confirmed_at: datetime | None


@router.post(
    "/plans/{plan_id}/dialogues",
    status_code=201,
    summary="Record a dialogue between servant and leader",
    **permits(Relation.SELF, *LEADERS, note="debtor of the obligation to answer"),
)
async def record(plan_id: UUID, body: DialogueRequest, session: web.Session) -> DialogueResponse:
    dialogue = await commands.record(session, plan_id, **body.model_dump())
    return DialogueResponse.model_validate(dialogue)


@router.post(
    "/dialogues/{dialogue_id}/confirmation",
    summary="Confirm a dialogue that the other side recorded",
    **permits(Relation.SELF, *LEADERS, note="the side that did not record it"),
)
async def confirm(dialogue_id: UUID, session: web.Session) -> DialogueResponse:
    return DialogueResponse.model_validate(await commands.confirm(session, dialogue_id))
