"""Routes of periodic evaluations inside a cycle."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from directory.relations import require
from kit.web import Session, router
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.cycles.api.cycles import Text
from services.evaluation.periods import commands
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.periods.rules import Given
from services.evaluation.shapes import Answer, Page

routes = router(tags=["periodic evaluations"])
_READ = ("read periodic evaluations", "membaca evaluasi kinerja periodik")


class NewEvaluation(BaseModel):
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


class PeriodLine(Answer):
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


@routes.get("/appraisals/{appraisal_id}/periods", summary="The periodic evaluations of an appraisal")
async def list_periods(appraisal_id: UUID, session: Session) -> Page[PeriodLine]:
    found = await appraisals.one(session, appraisal_id)
    require(await appraisals.standing(session, found), *sorted(appraisals.READERS), what=_READ)
    return Page(items=await _lines(session, await appraisals.periods(session, appraisal_id)))


@routes.post("/appraisals/{appraisal_id}/periods/{number}", summary="Evaluate one report period inside the cycle")
async def evaluate(appraisal_id: UUID, number: int, body: NewEvaluation, session: Session) -> PeriodLine:
    (line,) = await _lines(session, [await commands.evaluate(session, appraisal_id, number, body.given)])
    return line


async def _lines(session: AsyncSession, rows: Sequence[PeriodicEvaluation]) -> list[PeriodLine]:
    due = await appraisals.limits(session, rows)
    return [PeriodLine.model_validate(row).model_copy(update={"due_at": due.get(row.id, row.due_at)}) for row in rows]
