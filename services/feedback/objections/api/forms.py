"""What the document of a decided objection says (form D.1.3): bodies, and how they are made from what was read."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Predicate, Rating
from contracts.evidence import Evidence
from kit.responses import FromRow
from services.feedback.fields import Instant
from services.feedback.objections.api.objections import StatementResponse
from services.feedback.objections.queries.documents import Document
from services.feedback.objections.rules.decisions import ScoredDecision
from services.feedback.objections.rules.hearings import Side


class DocumentedPerson(BaseModel):
    """Who somebody was at the decision."""

    id: UUID
    name: str
    nip: str
    position: str
    grade: str
    unit: str


class DocumentedResult(FromRow):
    """One version of the result."""

    result_id: UUID
    version: int
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    criteria: dict[str, Decimal | None]


class Signature(BaseModel):
    """One of the three: the act by which each side stood for its part, under its own account."""

    side: str
    person: DocumentedPerson
    signed_at: Instant | None
    """Null for a side that said nothing in its time."""


class ObjectionDocumentResponse(BaseModel):
    """The grounds, what both sides explained, the decision, the changed result, and three signatures."""

    form: str = "D.1.3"
    objection_id: UUID
    cycle_id: UUID
    cycle: str
    period_start: date
    period_end: date
    servant: DocumentedPerson
    rater: DocumentedPerson
    authority: DocumentedPerson
    """Who decided."""
    contested: DocumentedResult
    filed_at: Instant
    grounds: str
    contested_items: list[str]
    evidence: list[Evidence]
    servant_explained: StatementResponse | None
    rater_explained: StatementResponse | None
    decided_at: Instant | None
    decision: ScoredDecision
    changed: DocumentedResult | None
    """The version that the decision made; null where the result was upheld."""
    signatures: list[Signature]


def response_of(found: Document) -> ObjectionDocumentResponse:
    """The answer."""
    objection, cycle = found.case.objection, found.cycle
    people = {side: DocumentedPerson.model_validate(one) for side, one in found.parties.items()}
    said = {one.side: StatementResponse.model_validate(one) for one in found.case.statements}
    rater = said.get(Side.RATER.value)
    signed = {"SERVANT": objection.filed_at, "RATER": None if rater is None else rater.at}
    signed["AUTHORITY"] = objection.decided_at
    return ObjectionDocumentResponse(
        objection_id=objection.id,
        cycle_id=cycle.id,
        cycle=cycle.name,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        servant=people["SERVANT"],
        rater=people["RATER"],
        authority=people["AUTHORITY"],
        contested=DocumentedResult.model_validate(found.case.result),
        filed_at=objection.filed_at,
        grounds=objection.grounds,
        contested_items=objection.items,
        evidence=[Evidence.model_validate(one) for one in objection.evidence],
        servant_explained=said.get(Side.SERVANT.value),
        rater_explained=rater,
        decided_at=objection.decided_at,
        decision=found.decision,
        changed=None if found.changed is None else DocumentedResult.model_validate(found.changed),
        signatures=[Signature(side=side, person=people[side], signed_at=at) for side, at in signed.items()],
    )
