"""Routes of findings: the list, the office's question, the answer and the closing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from contracts.policy import Words
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.keyset import Found, Window, cut
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.findings.commands import moderation, questions
from services.evaluation.findings.models import Moderation
from services.evaluation.findings.queries import findings, revisions
from services.evaluation.findings.rules.fairness import Finding
from services.evaluation.findings.rules.wording import in_words

router = web.router(tags=["moderation"])
Row = TypeVar("Row")


class FindingStatus(StrEnum):
    """Which findings a list has: all, or those that nobody has closed."""

    ALL = "ALL"
    OPEN = "OPEN"


class FindingSubject(StrEnum):
    """What a finding is about."""

    PERSON = "PERSON"
    RATER = "RATER"
    UNIT = "UNIT"


class ExplainedFinding(Finding):
    """A finding as measured, and in words."""

    words: Words


class ModerationResponse(FromRow):
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
    found: tuple[ExplainedFinding, ...] = ()
    revised: int = 0
    """Revisions of assessments that followed from the question."""


class QuestionRequest(BaseModel):
    """What the office wants to know."""

    question: Text


class AnswerRequest(BaseModel):
    """Why it stays, or why it was revised."""

    reason: Text


class ClosingRequest(BaseModel):
    """Why it may stand."""

    reason: Text


def explained(found: Sequence[Finding]) -> tuple[ExplainedFinding, ...]:
    """Each as measured, and in words."""
    return tuple(ExplainedFinding(**one.model_dump(), words=in_words(one)) for one in found)


def page_by_id(rows: Sequence[Row], window: Window, key: Callable[[Row], UUID]) -> Found[Row]:
    """A page of rows in the order of their ids, all of which the database has summed up already."""
    after = window.after(UUID)
    following = [one for one in rows if after is None or (key(one),) > after]
    return cut(following[: window.limit + 1], window, key=lambda one: (key(one),))


def _response(row: Moderation, revised: Mapping[UUID, int]) -> ModerationResponse:
    found = explained([Finding.model_validate(one) for one in row.findings])
    more = {"found": found, "revised": revised.get(row.id, 0)}
    return ModerationResponse.model_validate(row).model_copy(update=more)


async def _shown(session: Session, row: Moderation) -> ModerationResponse:
    return _response(row, await revisions.counted(session, [row.id]))


@router.get(
    "/moderations",
    summary="Findings that concern the reader; all for the performance office",
    **permits(Relation.ANYONE, note="findings that concern oneself; all for the office"),
)
async def list_moderations(
    session: Session,
    paging: Paging,
    cycle_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[FindingStatus, Query()] = FindingStatus.ALL,
    about: Annotated[FindingSubject | None, Query()] = None,
) -> Page[ModerationResponse]:
    only_open = state is FindingStatus.OPEN
    found = await findings.page(session, cycle_id=cycle_id, only_open=only_open, about=about, window=paging)
    revised = await revisions.counted(session, [one.id for one in found.items])
    return page_of(found, partial(_response, revised=revised))


@router.get(
    "/moderations/{moderation_id}",
    summary="One finding with its question, answer and end",
    **permits(Relation.RATER, Relation.DEBTOR, Relation.OFFICE, note="whom the finding concerns; who owes its closing"),
)
async def read(moderation_id: UUID, session: Session) -> ModerationResponse:
    return await _shown(session, await findings.one(session, moderation_id))


@router.post(
    "/moderations/{moderation_id}/question",
    summary="Ask whoever the finding concerns (performance office)",
    **permits(Relation.OFFICE, concerns="whom the finding is about, and whom it concerns"),
)
async def ask(moderation_id: UUID, body: QuestionRequest, session: Session) -> ModerationResponse:
    return await _shown(session, await questions.ask(session, moderation_id, question=body.question))


@router.post(
    "/moderations/{moderation_id}/answer",
    summary="Answer with a reason (whoever the finding concerns)",
    **permits(Relation.RATER, note="whom the finding concerns"),
)
async def answer(moderation_id: UUID, body: AnswerRequest, session: Session) -> ModerationResponse:
    return await _shown(session, await questions.answer(session, moderation_id, reason=body.reason))


@router.post(
    "/moderations/{moderation_id}/closing",
    summary="Close a finding with a reason (performance office)",
    **permits(Relation.OFFICE, concerns="whom the finding is about, and whom it concerns"),
)
async def close(moderation_id: UUID, body: ClosingRequest, session: Session) -> ModerationResponse:
    return await _shown(session, await moderation.close(session, moderation_id, reason=body.reason))
