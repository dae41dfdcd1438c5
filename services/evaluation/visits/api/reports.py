"""Routes of a visit's report and of the response of those observed."""

from uuid import UUID

from pydantic import BaseModel, Field, StrictBool

from contracts.evaluation.visits import Stance
from contracts.evidence import Evidence
from contracts.written import Day
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.visits.api.visits import VisitSummaryResponse
from services.evaluation.visits.commands import reports, responses
from services.evaluation.visits.rules.responses import Reply

router = web.router(tags=["visits"])


class NewFinding(BaseModel):
    """What was seen, and how to go on."""

    what: Text
    how: Text
    evidence: list[Evidence] = Field(default_factory=list, max_length=30)
    """Photos and documents, by where they lie."""


class VisitReportRequest(BaseModel):
    """The report of a visit that was held."""

    held_on: Day
    checklist: dict[str, StrictBool | Text] = Field(default_factory=dict, max_length=200)
    """Answers by the codes of the policy's items: true or false, or a text."""
    findings: list[NewFinding] = Field(default_factory=list, max_length=200)


class NewReply(BaseModel):
    """Agree with a finding or explain it; what will be done about it, if anything."""

    number: int = Field(ge=1, le=1_000)
    stance: Stance
    text: str = Field(default="", max_length=4000)
    action: Text | None = None


class VisitReplyRequest(BaseModel):
    """What those observed say: to findings by their numbers, and to the whole visit."""

    items: list[NewReply] = Field(default_factory=list, max_length=200)
    comment: str = Field(default="", max_length=4000)


@router.post(
    "/visits/{visit_id}/report",
    summary="Report that the visit was held (its panel)",
    **permits(Relation.DEBTOR, Relation.PANEL, note="panel: this visit's"),
)
async def report(visit_id: UUID, body: VisitReportRequest, session: Session) -> VisitSummaryResponse:
    visit = await reports.report(
        session,
        visit_id,
        held_on=body.held_on,
        checklist=body.checklist,
        findings=[one.model_dump(mode="json") for one in body.findings],
    )
    return VisitSummaryResponse.model_validate(visit)


@router.post(
    "/visits/{visit_id}/response",
    summary="Respond to the findings (the head of the unit that was visited)",
    **permits(Relation.SELF, Relation.DEBTOR, note="self: who heads the unit that was visited"),
)
async def respond(visit_id: UUID, body: VisitReplyRequest, session: Session) -> VisitSummaryResponse:
    replies = [Reply.model_validate(one, from_attributes=True) for one in body.items]
    visit = await responses.respond(session, visit_id, replies, comment=body.comment)
    return VisitSummaryResponse.model_validate(visit)
