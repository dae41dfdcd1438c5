"""Moves between cities over HTTP: what each of the two offices records, and a person's history with it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation, Role
from contracts.registry.moves import MoveKind
from contracts.written import Day
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Acting, Session
from services.registry.lookups.commands import LOOKUPS
from services.registry.lookups.rules import Record
from services.registry.moves import commands, queries
from services.registry.moves.rules import Moving
from services.registry.personnel.rules.states import ChangeState
from services.registry.servants import queries as servants

router = web.router(tags=["personnel"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
Document = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
City = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=5)]


class _MoveRequest(Frozen):
    since: Day = Field(alias="from")
    """The first day in the other city, or in this one."""
    city: City
    """The other city, by its Kemendagri code."""
    reason: Reason
    document: Document

    def moving(self, servant_id: UUID) -> Moving:
        """As the command takes it."""
        return Moving(servant_id, self.city, self.since, self.reason, self.document)


class ReleaseRequest(_MoveRequest):
    """The city lets a person go to another one, which then may find this link by the number."""


class ArrivalRequest(_MoveRequest):
    """A person came from another city, where this was the number."""

    former_nip: Annotated[str, StringConstraints(strip_whitespace=True, min_length=18, max_length=30)]


class MoveResponse(FromRow):
    """A move, and of an arrival what the other city recorded for this one."""

    id: UUID
    servant_id: UUID
    kind: MoveKind
    other_city: str
    nip: str
    """In the city that was left."""
    moved_on: date
    reason: str
    document: str
    recorded_at: datetime
    recorded_by: UUID
    former_servant_id: UUID | None = None
    """Whom the person was there; None as long as that city has not recorded the release."""
    released_on: date | None = None
    change_state: ChangeState | None = None
    """What became of the change that it recorded, in lists; None where the person had left before."""


@router.post("/servants/{servant_id}/releases", status_code=201, **permits(Relation.OFFICE, concerns="the person"))
async def release(session: Session, servant_id: UUID, body: ReleaseRequest) -> MoveResponse:
    """Record that a person leaves for another city from a day on; all that was recorded here stays here."""
    return MoveResponse.model_validate(await commands.release(session, body.moving(servant_id)))


@router.post("/servants/{servant_id}/arrivals", status_code=201, **permits(Relation.OFFICE, concerns="the person"))
async def arrive(session: Session, servant_id: UUID, body: ArrivalRequest) -> MoveResponse:
    """Record from which city a person came, and under which number: the earlier service is linked, nothing of it is read."""
    row = await commands.arrive(session, body.moving(servant_id), former_nip=body.former_nip)
    return MoveResponse.model_validate(row)


@router.get("/servants/{servant_id}/moves", **permits(Relation.SELF, Relation.OFFICE))
async def list_moves(session: Session, actor: Acting, paging: Paging, servant_id: UUID) -> Page[MoveResponse]:
    """List a person's moves from and to other cities, in the order in which they were recorded."""
    if actor.id != servant_id:
        what = ("read the moves of somebody else", "membaca perpindahan pegawai lain")
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    await servants.servant(session, servant_id)
    await LOOKUPS.note(session, Record.CHANGES, [servant_id])
    return page_of(await queries.page(session, servant_id, window=paging), MoveResponse.model_validate)


@router.get("/moves", **permits(Relation.OFFICE))
async def list_city_moves(
    session: Session, paging: Paging, kind: MoveKind | None = None, *, waiting: bool = False
) -> Page[MoveResponse]:
    """List the city's releases and arrivals, the newest record first, each arrival with what the other city recorded.

    With `waiting` those alone whose day has not come, or whom the other city has not released.
    """
    what = ("read the moves of a city", "membaca perpindahan pegawai sekota")
    require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    found = await queries.every(session, kind=kind, waiting=waiting, window=paging)
    await LOOKUPS.note(session, Record.CHANGES, [one.servant_id for one in found.items])
    return page_of(found, MoveResponse.model_validate)
