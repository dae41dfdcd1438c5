"""Routes of periodic evaluations inside a cycle."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating, Relation
from directory.relations import require
from kit import web
from kit.access import permits
from kit.paging import Page, Paging
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.fields import Text
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.periods import commands, queries
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.periods.rules import Given

router = web.router(tags=["periodic evaluations"])
_READ = ("read periodic evaluations", "membaca evaluasi kinerja periodik")


class PeriodEvaluationRequest(BaseModel):
    """How results and behaviour were against the leader's expectation, and why.

    Of an employee who moved, the new rater may instead take over the last period's ratings (``as_before``), and the note
    says what was agreed (L IV.A).
    """

    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    as_before: bool = False
    note: Text

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        rated = (self.result_rating is not None, self.behaviour_rating is not None)
        if rated != (not self.as_before, not self.as_before):
            raise ValueError("give both ratings, or neither and as_before: true")
        return self

    @property
    def given(self) -> Given:
        """As the command takes it."""
        if self.result_rating is None or self.behaviour_rating is None:
            return Given(None, self.note)
        return Given((self.result_rating, self.behaviour_rating), self.note)


class PeriodEvaluationResponse(FromRow):
    """One period; without ratings until somebody has evaluated it."""

    number: int
    starts_on: date
    ends_on: date
    due_at: datetime
    result_rating: Rating | None
    behaviour_rating: Rating | None
    predicate: Predicate | None
    note: str | None
    as_before: bool
    evaluated_by: UUID | None
    evaluated_at: datetime | None


@router.get(
    "/appraisals/{appraisal_id}/periods",
    summary="The periodic evaluations of an appraisal",
    **permits(*sorted(appraisals.READERS)),
)
async def list_periods(appraisal_id: UUID, session: Session, paging: Paging) -> Page[PeriodEvaluationResponse]:
    found = await appraisals.one(session, appraisal_id)
    require(await appraisals.relations_of(session, found), *sorted(appraisals.READERS), what=_READ)
    await LOOKUPS.note(session, Record.PERIODIC_EVALUATION, [found.servant_id])
    rows = await queries.page(session, appraisal_id, window=paging)
    return Page(items=await _responses(session, rows.items), next=rows.next)


@router.post(
    "/appraisals/{appraisal_id}/periods/{number}",
    summary="Evaluate one report period inside the cycle",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        note="the office for a person without a rater",
        concerns="the person, where nobody rates him or her",
    ),
)
async def evaluate(
    appraisal_id: UUID, number: Annotated[int, Path(ge=1, le=100)], body: PeriodEvaluationRequest, session: Session
) -> PeriodEvaluationResponse:
    (evaluated,) = await _responses(session, [await commands.evaluate(session, appraisal_id, number, body.given)])
    return evaluated


async def _responses(session: AsyncSession, rows: Sequence[PeriodicEvaluation]) -> list[PeriodEvaluationResponse]:
    due = await queries.limits(session, rows)
    return [
        PeriodEvaluationResponse.model_validate(row).model_copy(update={"due_at": due.get(row.id, row.due_at)})
        for row in rows
    ]
