"""Routes of dialogues about a plan."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from kit import web
from services.plans.dialogues import commands
from services.plans.plans.api.responses import DialogueShown
from services.plans.shapes import Text

router = web.router(tags=["dialogues"])


class Purpose(StrEnum):
    """Why one talks."""

    SET = "SET"
    CLARIFY = "CLARIFY"
    FEEDBACK = "FEEDBACK"
    RESULT = "RESULT"


class DialogueIn(BaseModel):
    """What was said and agreed."""

    held_on: date
    summary: Text
    agreed: Text
    purpose: Purpose = Purpose.SET


@router.post("/plans/{plan_id}/dialogues", status_code=201, summary="Record a dialogue between servant and leader")
async def record(plan_id: UUID, body: DialogueIn, session: web.Session) -> DialogueShown:
    dialogue = await commands.record(session, plan_id, **body.model_dump())
    return DialogueShown.model_validate(dialogue)


@router.post("/dialogues/{dialogue_id}/confirmation", summary="Confirm a dialogue that the other side recorded")
async def confirm(dialogue_id: UUID, session: web.Session) -> DialogueShown:
    return DialogueShown.model_validate(await commands.confirm(session, dialogue_id))
