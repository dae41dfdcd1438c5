"""Route of the servant's answer to a plan that was set."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.plans.confirmations import Answer
from kit import web
from kit.access import permits
from kit.responses import FromRow
from services.plans.confirmations import commands
from services.plans.plans.rules.texts import LONGEST_TEXT

router = web.router(tags=["plans"])


class ConfirmationRequest(BaseModel):
    """Whether the plan is what was agreed on; a disagreement says why."""

    answer: Literal[Answer.AGREED, Answer.DISAGREED]
    reason: str | None = Field(default=None, max_length=LONGEST_TEXT)
    plan_version: int | None = Field(default=None, ge=1, le=1_000_000)
    """The version that was read; without it the present one is meant."""


class ConfirmationResponse(FromRow):
    """What was said of one version of a plan."""

    plan_version: int
    answer: Answer
    reason: str | None
    answered_at: datetime
    late: bool


@router.post(
    "/plans/{plan_id}/confirmation",
    summary="Agree with the plan that was set, or disagree with a reason that stays with it",
    **permits(Relation.SELF, assisted=True),
)
async def confirm(plan_id: UUID, body: ConfirmationRequest, session: web.Session) -> ConfirmationResponse:
    said = await commands.answer(
        session, plan_id, answer=body.answer, reason=body.reason, plan_version=body.plan_version
    )
    return ConfirmationResponse.model_validate(said)
