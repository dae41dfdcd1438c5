"""Routes of findings: the list, the office's question, the answer, closing, and the revision of an assessment."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from contracts.policy import Words
from kit.web import Session, router
from services.evaluation.assessments.api import AssessmentRequest, AssessmentResponse
from services.evaluation.assessments.commands import revision
from services.evaluation.assessments.rules.form import Form
from services.evaluation.findings.commands import moderation, questions
from services.evaluation.findings.models import Moderation
from services.evaluation.findings.queries import findings
from services.evaluation.findings.rules.fairness import Finding
from services.evaluation.findings.rules.wording import told
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, Text, paged

routes = router(tags=["moderation"])


class Standing(StrEnum):
    """Which findings are listed."""

    ALL = "ALL"
    OPEN = "OPEN"


class FindingShown(Finding):
    """A finding as measured, and in words."""

    words: Words


class ModerationShown(Answer):
    """A finding with its question, answer and end."""

    id: UUID
    cycle_id: UUID
    appraisal_id: UUID | None
    unit_id: UUID | None
    concerns_id: UUID | None
    required_at: datetime
    question: str | None
    asked_by: UUID | None
    asked_at: datetime | None
    outcome: str | None
    answer: str | None
    answered_by: UUID | None
    answered_at: datetime | None
    reason: str | None
    decided_by: UUID | None
    decided_at: datetime | None
    found: tuple[FindingShown, ...] = ()


class Question(BaseModel):
    """What the office wants to know."""

    question: Text


class Reason(BaseModel):
    """Why it stays, or why it was revised."""

    reason: Text


class Revision(AssessmentRequest):
    """The superior's new assessment, complete, and why."""

    reason: Text


def _shown(row: Moderation) -> ModerationShown:
    found = [Finding.model_validate(one) for one in row.findings]
    lines = tuple(FindingShown(**one.model_dump(), words=told(one)) for one in found)
    return ModerationShown.model_validate(row).model_copy(update={"found": lines})


@routes.get("/moderations", summary="Findings that concern the reader; all for the performance office")
async def list_moderations(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[Standing, Query()] = Standing.ALL,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ModerationShown]:
    rows = await findings.page(session, cycle_id=cycle_id, only_open=state is Standing.OPEN, after=cursor, limit=limit)
    return paged([_shown(row) for row in rows], rows[-1].id if rows else None, limit)


@routes.post("/moderations/{moderation_id}/question", summary="Ask whom the finding concerns (performance office)")
async def ask(moderation_id: UUID, body: Question, session: Session) -> ModerationShown:
    return _shown(await questions.ask(session, moderation_id, question=body.question))


@routes.post("/moderations/{moderation_id}/answer", summary="Answer with a reason (whom the finding concerns)")
async def answer(moderation_id: UUID, body: Reason, session: Session) -> ModerationShown:
    return _shown(await questions.answer(session, moderation_id, reason=body.reason))


@routes.post("/moderations/{moderation_id}/closing", summary="Settle a finding with a reason (performance office)")
async def close(moderation_id: UUID, body: Reason, session: Session) -> ModerationShown:
    return _shown(await moderation.close(session, moderation_id, reason=body.reason))


@routes.post(
    "/appraisals/{appraisal_id}/revision", summary="Revise one's own assessment after a question (who assessed)"
)
async def revise(appraisal_id: UUID, body: Revision, session: Session) -> AssessmentResponse:
    form = Form.model_validate(body.model_dump(exclude={"reason"}))
    return AssessmentResponse.model_validate(await revision.revise(session, appraisal_id, form, reason=body.reason))
