"""Routes of periodic evaluations inside a cycle."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field, model_validator
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
from services.evaluation.periods import queries
from services.evaluation.periods.commands import evaluations, many
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
    (evaluated,) = await _responses(session, [await evaluations.evaluate(session, appraisal_id, number, body.given)])
    return evaluated


class ManyEvaluationsItem(BaseModel):
    """One person of the call; what is not said is as said for all."""

    appraisal_id: UUID
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    as_before: bool | None = None
    note: Text | None = None


class ManyEvaluationsRequest(BaseModel):
    """One period of many people: what holds for all, and what is otherwise for some.

    ``as_before`` gives the ratings of the period before: the rater's own are given again, another's are taken over by
    agreement, of which the note says what was agreed (L IV.A).
    """

    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    as_before: bool = False
    note: Text | None = None
    items: list[ManyEvaluationsItem] = Field(min_length=1, max_length=1000)

    def given(self) -> dict[UUID, many.ManyGiven]:
        """By appraisal, as the command takes it; of one that is named twice the last counts."""
        return {one.appraisal_id: self._of(one) for one in self.items}

    def _of(self, one: ManyEvaluationsItem) -> many.ManyGiven:
        own = one.result_rating is not None or one.behaviour_rating is not None
        as_before = self.as_before and not own if one.as_before is None else one.as_before
        ratings = (one.result_rating or self.result_rating, one.behaviour_rating or self.behaviour_rating)
        return many.ManyGiven(None if as_before else ratings, one.note or self.note or "")


class EvaluatedAppraisal(FromRow):
    """What became of one appraisal in the call."""

    appraisal_id: UUID
    outcome: many.EvaluationOutcome
    predicate: Predicate | None
    as_before: bool


class ManyEvaluationsResponse(BaseModel):
    """The outcome of each."""

    items: list[EvaluatedAppraisal]


@router.post(
    "/cycles/{cycle_id}/periods/{number}",
    summary="Evaluate one report period of many people, with an outcome for each",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        note="of each one's own people; who is not is told so, the others are evaluated",
        concerns="each servant whom nobody rates or the office took over",
    ),
)
async def evaluate_many(
    cycle_id: UUID, number: Annotated[int, Path(ge=1, le=100)], body: ManyEvaluationsRequest, session: Session
) -> ManyEvaluationsResponse:
    done = await many.evaluate(session, cycle_id, number, body.given())
    return ManyEvaluationsResponse(items=[EvaluatedAppraisal.model_validate(one) for one in done])


async def _responses(session: AsyncSession, rows: Sequence[PeriodicEvaluation]) -> list[PeriodEvaluationResponse]:
    due = await queries.limits(session, rows)
    return [
        PeriodEvaluationResponse.model_validate(row).model_copy(update={"due_at": due.get(row.id, row.due_at)})
        for row in rows
    ]
