"""Route by which results are signed."""

from uuid import UUID

from pydantic import BaseModel, Field

from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.web import Session
from services.evaluation.results.commands import signing

router = web.router(tags=["results"])


class SigningRequest(BaseModel):
    """Which results to sign; the note says e.g. that they were discussed."""

    cycle_id: UUID
    appraisal_ids: list[UUID] = Field(min_length=1, max_length=1000)
    note: str | None = Field(default=None, max_length=4000)


class SignedAppraisal(BaseModel):
    """What became of one appraisal in the call."""

    appraisal_id: UUID
    outcome: signing.SigningOutcome
    result_id: UUID | None


class SigningResponse(BaseModel):
    """The outcome of each."""

    items: list[SignedAppraisal]


@router.post(
    "/results/issue",
    summary="Sign results, with an outcome for each (rater or debtor of the obligation)",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        note="who assessed, or holds the obligation to sign",
        concerns="each servant whom nobody rates or the office took over",
    ),
)
async def issue(body: SigningRequest, session: Session) -> SigningResponse:
    signed = await signing.issue(session, body.cycle_id, body.appraisal_ids, note=body.note)
    items = [
        SignedAppraisal(appraisal_id=one.appraisal_id, outcome=one.outcome, result_id=one.result_id) for one in signed
    ]
    return SigningResponse(items=items)
