"""What every service shows of itself: its journal to auditors and to whom a line concerns, its health to whoever runs it."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from sqlalchemy import Select, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role
from kit import journal, timeline
from kit.access import permits, require_role
from kit.db import clock
from kit.guarded import Guarded
from kit.journal import Journal, JournalHead
from kit.keyset import Window, read
from kit.lookups.noting import Looked, Lookups
from kit.paging import Page, Paging, page_of
from kit.releases import VERSION, newest_revision
from kit.responses import FromRow

router = APIRouter(route_class=Guarded, prefix="/v1", tags=["oversight"])
"""Of the kit's own making: ``kit.web`` adds it to every application."""
apart = APIRouter(route_class=Guarded, prefix="/v1", tags=["oversight"])
"""The same of a service that knows of nobody who rates whom: there the journal is for auditors alone."""

_JOURNAL = ("read the journal", "membaca jurnal")
_FURTHEST = 2**31 - 1
"""Positions are counted by city, whose journal grows by some millions a year."""
After = Annotated[int, Query(ge=0, le=_FURTHEST, description="Lines after this position alone.")]
_HEALTH = ("read how the system does", "membaca kesehatan sistem")
# Each by the end of an index: a journal has millions of rows. Ids of events are made in the order of time.
_COUNTED = text(
    """
    select (select count(id) from outbox) as waiting, (select min(time) from outbox) as oldest,
        (select count(id) from outbox_dead) as dead,
        (select j.time from journal j where j.tenant_id = :tenant order by j.position desc limit 1) as last_sent,
        (select i.claimed_at from inbox i where i.consumer = :consumer order by i.event_id desc limit 1) as last_taken
    """
)


class JournalEntryResponse(FromRow):
    """That something happened: what, about whom, by whom and why; the contents are not in it."""

    position: int
    event_id: str
    type: str
    subject: str
    actor: str
    reason: str | None
    time: datetime
    hash: str
    """Of the chain up to here; ``kinerja events verify`` proves it."""
    about: dict[str, str]
    """Ids of the things that it is about, by which lines belong together: a plan, a result, an objection."""

    @classmethod
    def of(cls, row: Journal) -> "JournalEntryResponse":
        """From its row."""
        fields = row.model_dump(exclude={"body"})
        return cls.model_validate({**fields, "event_id": str(row.event_id), "about": timeline.things(row)})


class OperationsResponse(BaseModel):
    """How one service does in this city, in numbers."""

    outbox_waiting: int
    """Events that are written and not sent yet; what stays is a relay that stands still."""
    outbox_oldest_at: datetime | None
    """Since when the oldest of them waits."""
    outbox_lag_seconds: int
    """The same as an age; 0 where nothing waits."""
    outbox_dead: int
    """Events that an earlier relay set aside; nobody has ever got them."""
    last_event_at: datetime | None
    """When the newest event was sent."""
    last_taken_at: datetime | None
    """When this service last took an event of another, of whatever city; null where it hears none."""
    version: str
    """Of the software that answers."""
    schema_revision: str
    """The newest migration that this software knows; a database that lacks it does not answer."""


class BreakResponse(BaseModel):
    """A place where the chain does not hold."""

    position: int
    event_id: UUID | None
    what: str


class ChainResponse(BaseModel):
    """Whether the city's chain holds, link by link, and where it ends: to be kept and compared with a later one."""

    service: str
    city: str
    rows: int
    position: int | None
    """Of the last row; null where nothing was recorded yet."""
    hash: str | None
    """Of the last row."""
    hash_at: str | None
    """Of the row at the position that was asked for: whoever has kept an earlier end finds its hash there still."""
    breaks: list[BreakResponse]
    verified_at: datetime


@router.get(
    "/journal",
    summary="What happened about one person or thing, oldest first; the whole journal of the city for auditors",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        Relation.AUDITOR,
        note="of one person; without a subject the city's, for auditors alone; not the contents, nor who owes what",
    ),
)
async def read_journal(
    request: Request, paging: Paging, subject: UUID | None = None, about: UUID | None = None, after: After = 0
) -> Page[JournalEntryResponse]:
    """``about`` narrows the lines of a subject to those that name one thing, e.g. an objection."""
    session: AsyncSession = request.state.session
    if subject is None:
        require_role(session, Role.AUDITOR, what=_JOURNAL)
        looking = select(Journal).where(col(Journal.type).in_(timeline.told(withheld=True)))
    else:
        lookups: Lookups | None = getattr(request.app.state, "lookups", None)
        people = timeline.PEOPLE if lookups is None else lookups.people
        everything = await timeline.require_party(session, subject, people)
        told = col(Journal.type).in_(timeline.told(withheld=everything))
        looking = timeline.of_subject(select(Journal).where(told), subject, about)
        if lookups is not None:
            await lookups.note_known(session, Looked.TIMELINE, subject)
    return await _page(session, looking, paging, after)


async def _page(
    session: AsyncSession, looking: Select[Journal], window: Window, after: int
) -> Page[JournalEntryResponse]:
    if after:
        looking = looking.where(col(Journal.position) > after)
    return page_of(await read(session, looking, col(Journal.position), window=window), JournalEntryResponse.of)


@apart.get(
    "/journal",
    summary="The journal of the city, oldest first (auditor)",
    **permits(Relation.AUDITOR, note="what, about whom, by whom and why; not the contents"),
)
async def read_whole_journal(request: Request, paging: Paging, after: After = 0) -> Page[JournalEntryResponse]:
    session: AsyncSession = request.state.session
    require_role(session, Role.AUDITOR, what=_JOURNAL)
    looking = select(Journal).where(col(Journal.type).in_(timeline.told(withheld=True)))
    return await _page(session, looking, paging, after)


@apart.get(
    "/journal/verification",
    summary="Whether the city's chain holds, computed anew from its first row (auditor)",
    **permits(Relation.AUDITOR, note="digests alone"),
)
@router.get(
    "/journal/verification",
    summary="Whether the city's chain holds, computed anew from its first row (auditor)",
    **permits(Relation.AUDITOR, note="digests alone"),
)
async def verify_journal(
    request: Request,
    at: Annotated[int | None, Query(ge=0, le=_FURTHEST, description="Position of an earlier end.")] = None,
) -> ChainResponse:
    """Against who cannot compute hashes; ``kinerja events verify`` compares with the ends that were signed outside as well."""
    session: AsyncSession = request.state.session
    require_role(session, Role.AUDITOR, what=_JOURNAL)
    rows, breaks = await journal.verify(await session.connection())
    head = (await session.scalars(select(JournalHead))).first()
    earlier = None
    if at is not None:
        earlier = (await session.scalars(select(col(Journal.hash)).where(col(Journal.position) == at))).first()
    return ChainResponse(
        service=request.app.state.service,
        city=request.state.actor.tenant_id,
        rows=rows,
        position=head.position if head else None,
        hash=head.hash if head else None,
        hash_at=earlier,
        breaks=[BreakResponse(position=one.position, event_id=one.event_id, what=one.what) for one in breaks],
        verified_at=clock(session).now(),
    )


@apart.get(
    "/operations",
    summary="How this service does, in numbers (operations)",
    **permits(Relation.OPERATIONS, note="counts alone"),
)
@router.get(
    "/operations",
    summary="How this service does, in numbers (operations)",
    **permits(Relation.OPERATIONS, note="counts alone"),
)
async def read_operations(request: Request) -> OperationsResponse:
    session: AsyncSession = request.state.session
    require_role(session, Role.OPERATIONS, what=_HEALTH)
    asked = {"tenant": request.state.actor.tenant_id, "consumer": request.app.state.service}
    row = (await session.execute(_COUNTED, asked)).one()
    waited = timedelta() if row.oldest is None else clock(session).now() - row.oldest
    return OperationsResponse(
        outbox_waiting=row.waiting,
        outbox_oldest_at=row.oldest,
        outbox_lag_seconds=max(0, round(waited.total_seconds())),
        outbox_dead=row.dead,
        last_event_at=row.last_sent,
        last_taken_at=row.last_taken,
        version=VERSION,
        schema_revision=newest_revision(request.app.state.service),
    )
