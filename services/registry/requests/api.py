"""Routes of requests: what a person finds wrong in the record, and what the office makes of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Frozen, Relation
from contracts.evidence import Evidence, Evidences
from contracts.registry.personnel import ActingKind
from contracts.registry.requests import RequestKind, RequestState
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Acting, Session
from services.registry.requests import commands, queries
from services.registry.requests.rules import Asked, Decided

router = web.router(tags=["requests"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class RequestOrder(StrEnum):
    """What comes first in a listing."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    """As a queue is worked off."""


class CorrectionRequest(Frozen):
    """What is wrong, about whom, and what would be right."""

    kind: RequestKind
    servant_id: UUID | None = None
    """Whose rater is wrong, who is away, or whom somebody else shall rate; by default oneself."""
    unit_id: UUID | None = None
    """Which unit a member of a panel shall not visit (STEP_BACK alone)."""
    person_id: UUID | None = None
    """Who should rate or act, if that is known."""
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    """Last day of an absence."""
    reason: Reason
    evidence: Evidences = Field(default=[])

    @model_validator(mode="after")
    def _about_one(self) -> Self:
        if self.unit_id is not None and (self.kind is not RequestKind.STEP_BACK or self.servant_id is not None):
            raise ValueError("unit_id is for STEP_BACK alone, and without servant_id")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("it would end before it begins")
        return self

    def asked(self, who: UUID) -> Asked:
        """As the command takes it."""
        servant_id = self.servant_id if self.unit_id is not None else self.servant_id or who
        evidence = [one.model_dump(mode="json") for one in self.evidence]
        return Asked(self.kind, servant_id, self.unit_id, self.person_id, self.since, self.until, self.reason, evidence)


class RequestDecisionRequest(Frozen):
    """Granted or refused, and why; of what is granted, who rates or acts if that is another than was asked for."""

    granted: bool
    reason: Reason
    person_id: UUID | None = None
    since: Day | None = Field(default=None, alias="from")
    """By default the day that was asked for, else today."""
    until: Day | None = None
    acting: ActingKind = ActingKind.PLH


class RequestResponse(FromRow):
    """A request, and what became of it."""

    id: UUID
    kind: RequestKind
    asked_by: UUID
    servant_id: UUID | None
    unit_id: UUID | None
    person_id: UUID | None
    since: date | None
    until: date | None
    reason: str
    evidence: list[Evidence]
    state: RequestState
    asked_at: datetime
    closed_at: datetime | None
    decided_by: UUID | None
    decision_reason: str | None
    change_id: UUID | None
    """The change of personnel by which it was carried out (GET /servants/{servant_id}/changes)."""


@router.post(
    "/requests",
    status_code=201,
    summary="Say that a rater is wrong, that somebody should act, or that one has a conflict of interest",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.PANEL,
        note="the person, who is recorded as rater; a member of a panel of a unit",
    ),
)
async def ask(session: Session, actor: Acting, body: CorrectionRequest) -> RequestResponse:
    return RequestResponse.model_validate(await commands.ask(session, body.asked(actor.id)))


@router.get(
    "/requests",
    summary="Requests, newest first unless the oldest are asked for",
    **permits(Relation.ANYONE, note="one's own; all for the office"),
)
async def list_requests(
    session: Session,
    paging: Paging,
    state: RequestState | None = None,
    kind: RequestKind | None = None,
    asked_by: UUID | None = None,
    order: RequestOrder = RequestOrder.NEWEST,
) -> Page[RequestResponse]:
    wanted = queries.Wanted(state, kind, asked_by, oldest_first=order is RequestOrder.OLDEST)
    found = await queries.page(session, wanted, window=paging)
    return page_of(found, RequestResponse.model_validate)


@router.get("/requests/{request_id}", **permits(Relation.SELF, Relation.OFFICE, note="who asked"))
async def read_request(session: Session, request_id: UUID) -> RequestResponse:
    """Read one request with its decision."""
    return RequestResponse.model_validate(await queries.readable(session, request_id))


@router.post(
    "/requests/{request_id}/decision",
    summary="Grant or refuse a request with a reason; what is granted is recorded at once",
    **permits(Relation.OFFICE, concerns="who asked, whom it is about, who rates so far, and who shall rate or act"),
)
async def decide(session: Session, request_id: UUID, body: RequestDecisionRequest) -> RequestResponse:
    decided = Decided(body.granted, body.reason, body.person_id, body.since, body.until, body.acting)
    return RequestResponse.model_validate(await commands.decide(session, request_id, decided))


@router.post("/requests/{request_id}/withdrawal", **permits(Relation.SELF, note="who asked"))
async def withdraw(session: Session, request_id: UUID) -> RequestResponse:
    """Take back a request that waits."""
    return RequestResponse.model_validate(await commands.withdraw(session, request_id))
