"""Records that a person leaves for another city, or came from one; matched by the number that the person had there."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.registry.moves import MoveKind
from contracts.registry.personnel import ChangeKind, Status
from kit.db import actor, clock
from kit.outbox import emit
from services.registry.lock import lock_city
from services.registry.moves import queries
from services.registry.moves.events import moved
from services.registry.moves.models import Move
from services.registry.moves.rules import Moving, require_other
from services.registry.personnel.commands.changes import record_change
from services.registry.personnel.queries.offices import offices, require_some_office
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.servants.models import Servant
from services.registry.servants.queries import servant as servant_of
from services.registry.servants.rules import nip as nips

_RECORD = ("record a move between cities", "mencatat perpindahan antarkota")


async def release(session: AsyncSession, moving: Moving) -> Move:
    """Let a person go to another city: of this city no longer from that day on, what was recorded here stays here.

    Raises Forbidden, NotFound, Invalid. Asked twice it is recorded once; after it was taken back, it is planned again.
    """
    person = await _judged(session, moving)
    before = await queries.recorded(session, MoveKind.RELEASE, moving)
    if before is not None and not await queries.taken_back(session, before):
        return before
    if person.status != Status.MOVED_AWAY:
        effect = Effect(status=Status.MOVED_AWAY)
        wanted = Wanted(moving.servant_id, ChangeKind.STATUS, moving.moved_on, effect, moving.reason)
        await record_change(session, wanted)
    return before or _keep(session, MoveKind.RELEASE, moving, nip=person.nip)


async def arrive(session: AsyncSession, moving: Moving, *, former_nip: str) -> Move:
    """Take in a person from another city, who was recorded here before: service here counts from that day on.

    What that city recorded of the same number for this one is linked when it is read, whichever of the two came first.
    Raises Forbidden, NotFound, Invalid. Asked twice it is recorded once.
    """
    await _judged(session, moving)
    before = await queries.recorded(session, MoveKind.ARRIVAL, moving)
    if before is not None and not await queries.taken_back(session, before):
        return before
    wanted = Wanted(moving.servant_id, ChangeKind.ENTRY, moving.moved_on, Effect(), moving.reason)
    await record_change(session, wanted)
    return before or _keep(session, MoveKind.ARRIVAL, moving, nip=nips.tidy(former_nip))


async def _judged(session: AsyncSession, moving: Moving) -> Servant:
    await require_some_office(session, what=_RECORD)
    here = await lock_city(session)
    person = await servant_of(session, moving.servant_id)
    (await offices(session)).require(actor(session), moving.servant_id, what=_RECORD)
    require_other(moving.other_city, here)
    return person


def _keep(session: AsyncSession, kind: MoveKind, moving: Moving, *, nip: str) -> Move:
    who = actor(session)
    row = Move(
        tenant_id=who.tenant_id,
        id=new_id(),
        servant_id=moving.servant_id,
        kind=kind.value,
        other_city=moving.other_city,
        nip=nip,
        moved_on=moving.moved_on,
        reason=moving.reason,
        document=moving.document,
        recorded_at=clock(session).now(),
        recorded_by=who.id,
    )
    session.add(row)
    emit(session, moved(row), reason=moving.reason)
    return row
