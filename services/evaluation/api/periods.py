"""Routes of periodic evaluations inside a cycle."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Predicate, Rating
from directory.relations import require
from kit.web import Session, router
from services.evaluation.api.cycles import Text
from services.evaluation.api.shapes import Answer, Page
from services.evaluation.commands import periodic
from services.evaluation.queries import appraisals

routes = router(tags=["periodic evaluations"])
_READ = ("read periodic evaluations", "membaca evaluasi kinerja periodik")


class NewEvaluation(BaseModel):
    """How results and behaviour were against the leader's expectation, and why."""

    result_rating: Rating
    behaviour_rating: Rating
    note: Text


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
    evaluated_by: UUID | None
    evaluated_at: datetime | None


@routes.get("/appraisals/{appraisal_id}/periods", summary="The periodic evaluations of an appraisal")
async def list_periods(appraisal_id: UUID, session: Session) -> Page[PeriodLine]:
    found = await appraisals.one(session, appraisal_id)
    require(await appraisals.standing(session, found), *sorted(appraisals.READERS), what=_READ)
    rows = await appraisals.periods(session, appraisal_id)
    return Page(items=[PeriodLine.model_validate(row) for row in rows])


@routes.post("/appraisals/{appraisal_id}/periods/{number}", summary="Evaluate one report period inside the cycle")
async def evaluate(appraisal_id: UUID, number: int, body: NewEvaluation, session: Session) -> PeriodLine:
    row = await periodic.evaluate(
        session,
        appraisal_id,
        number,
        result=body.result_rating,
        behaviour=body.behaviour_rating,
        note=body.note,
    )
    return PeriodLine.model_validate(row)
