"""Routes of what follows a final result: development actions and recognitions."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from kit import web
from services.feedback.development import queries
from services.feedback.development.commands import actions, recognitions
from services.feedback.development.commands.actions import Agreement
from services.feedback.shapes import Instant, Page, Paging, Shown, Text, page_of
from services.feedback.states import ActionKind

router = web.router(tags=["consequences"])


class ActionShown(Shown):
    """A development action."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    rater_id: UUID
    reason: str
    state: str
    kind: str | None
    what: str | None
    how: str | None
    due_on: date | None
    planned_by: UUID | None
    outcome: str | None
    completed_at: Instant | None


class PlanIn(BaseModel):
    """What is to be done, how, and by when."""

    kind: ActionKind
    what: Text
    how: Text
    due_on: date


class OutcomeIn(BaseModel):
    """What came of it."""

    outcome: Text


class RecognitionShown(Shown):
    """A recognition, proposed or decided."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    kind: str
    basis: str
    state: str
    decided_by: UUID | None
    decided_at: Instant | None
    reason: str | None


class RecognitionDecisionIn(BaseModel):
    """Approved or declined, with a reason."""

    approved: bool
    reason: Text


@router.get("/development-actions", summary="One's own actions and those one plans; all for the office")
async def list_actions(session: web.Session, paging: Paging, cycle_id: UUID | None = None) -> Page[ActionShown]:
    return page_of(ActionShown, await queries.development_actions(session, cycle_id=cycle_id, window=paging))


@router.post("/development-actions/{action_id}/plan", summary="Plan the action (rater or who holds the duty)")
async def plan(action_id: UUID, body: PlanIn, session: web.Session) -> ActionShown:
    agreement = Agreement(body.kind, body.what, body.how, body.due_on)
    return ActionShown.model_validate(await actions.plan(session, action_id, agreement=agreement))


@router.post("/development-actions/{action_id}/completion", summary="Record what came of the action")
async def complete(action_id: UUID, body: OutcomeIn, session: web.Session) -> ActionShown:
    return ActionShown.model_validate(await actions.complete(session, action_id, outcome=body.outcome))


@router.get("/recognitions", summary="One's own recognitions and those of people one rates; all for the office")
async def list_recognitions(
    session: web.Session, paging: Paging, cycle_id: UUID | None = None
) -> Page[RecognitionShown]:
    return page_of(RecognitionShown, await queries.recognitions(session, cycle_id=cycle_id, window=paging))


@router.post("/recognitions/{recognition_id}/decision", summary="Approve or decline (competent official)")
async def decide(recognition_id: UUID, body: RecognitionDecisionIn, session: web.Session) -> RecognitionShown:
    decided = await recognitions.decide(session, recognition_id, approved=body.approved, reason=body.reason)
    return RecognitionShown.model_validate(decided)
