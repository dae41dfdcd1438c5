"""Routes of what follows a final result: development actions and recognitions."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from contracts.evidence import Evidence
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.development import queries
from services.feedback.development.commands import actions, recognitions
from services.feedback.development.commands.actions import Agreement
from services.feedback.development.rules.states import ActionKind, RecognitionState
from services.feedback.fields import Instant, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record

router = web.router(tags=["consequences"])


class DevelopmentActionResponse(FromRow):
    """A development action."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    rater_id: UUID
    proposal_id: UUID | None
    need: str
    reason: str
    state: str
    kind: str | None
    what: str | None
    how: str | None
    due_on: date | None
    planned_by: UUID | None
    outcome: str | None
    completed_at: Instant | None
    ended_at: Instant | None


class DevelopmentPlanRequest(BaseModel):
    """What is to be done, how, and by when."""

    kind: ActionKind
    what: Text
    how: Text
    due_on: Day


class DevelopmentOutcomeRequest(BaseModel):
    """What came of it; or, where it was not held, why."""

    outcome: Text
    held: bool = True


class RecognitionResponse(FromRow):
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
    proposal_id: UUID | None
    document: Evidence | None


class RecognitionDecisionRequest(BaseModel):
    """Approved or declined, with a reason; what is approved with its decree, where that is there already."""

    approved: bool
    reason: Text
    document: Evidence | None = None


class RecognitionDocumentRequest(BaseModel):
    """The decree or certificate."""

    document: Evidence


@router.get(
    "/development-actions",
    summary="One's own actions and those one plans; all for the office",
    **permits(Relation.ANYONE, note="one's own and those one plans; all for the office"),
)
async def list_actions(
    session: web.Session, paging: Paging, cycle_id: UUID | None = None, servant_id: UUID | None = None
) -> Page[DevelopmentActionResponse]:
    found = await queries.development_actions(session, cycle_id=cycle_id, servant_id=servant_id, window=paging)
    await note(session, Record.DEVELOPMENT_ACTION, [one.servant_id for one in found.items])
    return page_of(found, DevelopmentActionResponse.model_validate)


@router.get(
    "/development-actions/{action_id}",
    summary="One action",
    **permits(Relation.SELF, Relation.RATER, Relation.DEBTOR, Relation.OFFICE),
)
async def read_action(action_id: UUID, session: web.Session) -> DevelopmentActionResponse:
    found = await queries.development_action(session, action_id)
    await note(session, Record.DEVELOPMENT_ACTION, [found.servant_id])
    return DevelopmentActionResponse.model_validate(found)


@router.post(
    "/development-actions/{action_id}/plan",
    summary="Plan the action (rater or who owes it)",
    **permits(Relation.RATER, Relation.DEBTOR, concerns="the servant, where it fell to the office"),
)
async def plan(action_id: UUID, body: DevelopmentPlanRequest, session: web.Session) -> DevelopmentActionResponse:
    agreement = Agreement(body.kind, body.what, body.how, body.due_on)
    return DevelopmentActionResponse.model_validate(await actions.plan(session, action_id, agreement=agreement))


@router.post(
    "/development-actions/{action_id}/completion",
    summary="Record what came of the action, or why it was not held (rater or who owes it)",
    **permits(Relation.RATER, Relation.DEBTOR, concerns="the servant, where it fell to the office"),
)
async def complete(action_id: UUID, body: DevelopmentOutcomeRequest, session: web.Session) -> DevelopmentActionResponse:
    return DevelopmentActionResponse.model_validate(
        await actions.complete(session, action_id, outcome=body.outcome, held=body.held)
    )


@router.get(
    "/recognitions",
    summary="One's own recognitions and those of people one rates; all for the office",
    **permits(Relation.ANYONE, note="one's own and of those one rates; all for the office"),
)
async def list_recognitions(
    session: web.Session,
    paging: Paging,
    cycle_id: UUID | None = None,
    servant_id: UUID | None = None,
    state: RecognitionState | None = None,
) -> Page[RecognitionResponse]:
    found = await queries.recognitions(session, cycle_id=cycle_id, servant_id=servant_id, state=state, window=paging)
    await note(session, Record.RECOGNITION, [one.servant_id for one in found.items])
    return page_of(found, RecognitionResponse.model_validate)


@router.post(
    "/recognitions/{recognition_id}/decision",
    summary="Approve or decline (competent official)",
    **permits(
        Relation.OFFICE,
        Relation.APPOINTING,
        note="the office only where the city has declared no appointing authority",
        concerns="whom the recognition is for",
    ),
)
async def decide(recognition_id: UUID, body: RecognitionDecisionRequest, session: web.Session) -> RecognitionResponse:
    decided = await recognitions.decide(
        session, recognition_id, approved=body.approved, reason=body.reason, document=body.document
    )
    return RecognitionResponse.model_validate(decided)


@router.post(
    "/recognitions/{recognition_id}/document",
    summary="Add the decree or certificate of what was approved (competent official)",
    **permits(Relation.OFFICE, concerns="whom the recognition is for"),
)
async def add_document(
    recognition_id: UUID, body: RecognitionDocumentRequest, session: web.Session
) -> RecognitionResponse:
    documented = await recognitions.add_document(session, recognition_id, document=body.document)
    return RecognitionResponse.model_validate(documented)
