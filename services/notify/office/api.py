"""What the performance office sees of its city: the feed of obligations, the delivery log, a cycle in numbers."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.base import Phase
from contracts.obligations import ObligationKind
from directory.relations import Relation, relations, require
from kit import web
from kit.db import clock
from kit.web import Acting, Session
from services.notify.notices.rules import words
from services.notify.office import queries
from services.notify.pages import Cursor, Limit, next_after

Channel = Literal["INBOX", "EMAIL"]
State = Literal["PENDING", "SENT", "FAILED"]


async def _office(acting: Acting) -> None:
    what = ("seeing what the whole city owes and was told", "melihat kewajiban dan pemberitahuan seluruh kota")
    require(relations(acting, servant_id=acting.id), Relation.OFFICE, what=what)


router = web.router(tags=["performance office"], dependencies=[Depends(_office)])


class ObligationOut(BaseModel):
    """An obligation as it now is."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    seq: int
    service: str
    kind: ObligationKind
    phase: Phase
    cycle_id: UUID
    subject_id: UUID
    about_id: UUID | None
    debtor_id: UUID
    first_debtor_id: UUID
    opened_at: AwareDatetime
    due_at: AwareDatetime
    state: Literal["OPEN", "DONE", "LAPSED", "CANCELLED"]
    late: bool
    handed_over: bool
    reminders: int
    escalations: int


class Feed(BaseModel):
    """What changed; ask again with ``after`` = ``next``. An empty page means that there is nothing new yet."""

    items: list[ObligationOut]
    next: int


class DeliveryOut(BaseModel):
    """One notice on one channel."""

    id: UUID
    notice_id: UUID
    person_id: UUID
    template: str
    channel: Channel
    address: str
    state: State
    attempts: int
    error: str | None
    created_at: AwareDatetime
    sent_at: AwareDatetime | None


class DeliveryPage(BaseModel):
    """A page of the delivery log."""

    items: list[DeliveryOut]
    next: UUID | None


class Summary(BaseModel):
    """A cycle in numbers."""

    notices: int
    mails_sent: int
    mails_failed: int
    mails_waiting: int
    reminders: int
    escalations: int
    hand_overs: int
    open: int
    closed: int
    lapsed: int
    late: int


class OwedOut(BaseModel):
    """One kind of obligation in a cycle."""

    service: str
    kind: ObligationKind
    what: str
    """In the reader's language (Accept-Language)."""
    open: int
    overdue: int
    first_due_at: AwareDatetime | None


class OverdueOut(BaseModel):
    """A person who is late."""

    debtor_id: UUID
    name: str | None
    unit: str | None
    overdue: int
    since: AwareDatetime
    """Since when the oldest of it is overdue."""
    kinds: list[ObligationKind]
    what: list[str]


class Owed(BaseModel):
    """Who owes what in a cycle."""

    at: AwareDatetime
    """Business time of this answer."""
    open: int
    overdue: int
    duties: list[OwedOut]
    most_overdue: list[OverdueOut]


@router.get("/obligations", summary="Obligations in the order of their changes, for boards and integrators")
async def read_obligations(
    session: Session,
    after: Annotated[int, Query(ge=0, description="``next`` of the page before; 0 begins.")] = 0,
    cycle_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many at once.")] = 200,
) -> Feed:
    rows = await queries.obligations(session, after=after, cycle_id=cycle_id, limit=limit)
    return Feed(items=[ObligationOut.model_validate(row) for row in rows], next=rows[-1].seq if rows else after)


@router.get("/deliveries", summary="What was sent to whom, newest first")
async def read_deliveries(
    session: Session,
    state: State | None = None,
    channel: Channel | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> DeliveryPage:
    rows = await queries.deliveries(session, state=state, channel=channel, before=cursor, limit=limit)
    items = [
        DeliveryOut.model_validate(
            delivery.model_dump()
            | {"person_id": notice.person_id, "template": notice.template, "created_at": notice.created_at}
        )
        for delivery, notice in rows
    ]
    return DeliveryPage(items=items, next=next_after(items, limit))


@router.get("/cycles/{cycle_id}/summary", summary="What was told and owed in a cycle, in numbers")
async def read_summary(cycle_id: UUID, session: Session) -> Summary:
    return Summary.model_validate(await queries.summary(session, cycle_id))


@router.get("/cycles/{cycle_id}/owed", summary="Who owes what in a cycle, by duty, and who is the longest overdue")
async def read_owed(
    cycle_id: UUID, request: Request, session: Session, people: Annotated[int, Query(ge=0, le=100)] = 10
) -> Owed:
    tongue, now = web.language(request), clock(session).now()
    duties = await queries.owed(session, cycle_id, now=now)
    late = await queries.most_overdue(session, cycle_id, now=now, limit=people)
    return Owed(
        at=now,
        open=sum(one["open"] for one in duties),
        overdue=sum(one["overdue"] for one in duties),
        duties=[OwedOut.model_validate({**one, "what": words.duty(one["kind"], tongue)}) for one in duties],
        most_overdue=[
            OverdueOut.model_validate({**one, "what": [words.duty(kind, tongue) for kind in one["kinds"]]})
            for one in late
        ],
    )
