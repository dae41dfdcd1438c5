"""Records changes of personnel, effective at once or planned until their day has come, and takes planned ones back."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.registry.personnel import ChangeKind, Status
from kit.db import actor, clock
from services.registry.bulk import plan_for_sets
from services.registry.calendars.queries import today
from services.registry.lock import lock_city
from services.registry.personnel.commands.effects import apply
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import changes
from services.registry.personnel.queries.concerned import concerned
from services.registry.personnel.queries.offices import offices, require_some_office
from services.registry.personnel.queries.references import require_known
from services.registry.personnel.queries.repeats import repeated
from services.registry.personnel.rules.effects import Effect, Wanted, check
from services.registry.personnel.rules.states import Act, ChangeState, move
from services.registry.servants.rules.relations import RelationSource

RECORD = ("record changes of personnel", "mencatat perubahan kepegawaian")


async def record_change(
    session: AsyncSession, wanted: Wanted, *, of_file: frozenset[UUID] | None = None
) -> PersonnelChange:
    """Record what changes from a day on; in the past or today it takes effect at once, else on its day.

    Asked twice it is recorded once, unless something came between: then the second asks for something new. ``of_file``
    says that a file asks, and which changes its lines have recorded before (see ``queries/repeats.py``).
    Raises Forbidden, NotFound, Invalid, or Refused where the rules forbid it now.
    """
    await require_some_office(session, what=RECORD)
    check(wanted)
    await lock_city(session)
    if of_file is None:
        await _require_office(session, wanted)
    await require_known(session, wanted)
    if (same := await repeated(session, wanted, of_file=of_file)) is not None:
        return same
    # A line of a file that changes nothing is no act: it may be sent again by any officer.
    if of_file is not None:
        await _require_office(session, wanted)
    return await _recorded(session, wanted)


async def record_own(session: AsyncSession, wanted: Wanted) -> PersonnelChange:
    """The same of oneself, where that is one's own to say (``own_leave``); the city is locked, and no office asked."""
    check(wanted)
    await require_known(session, wanted)
    if (same := await repeated(session, wanted, of_file=None)) is not None:
        return same
    return await _recorded(session, wanted)


async def _recorded(session: AsyncSession, wanted: Wanted) -> PersonnelChange:
    change = _row(session, wanted)
    session.add(change)
    ending = _ending(session, wanted, change)
    if ending is not None:
        session.add(ending)
    # Written before it is applied: relations refer to the change, in plain SQL that flushes nothing.
    await session.flush()
    await plan_for_sets(session)
    for one in (change, ending):
        if one is not None and one.effective_on <= today(session):
            await apply(session, one)
    return change


async def cancel_change(session: AsyncSession, change_id: UUID, *, reason: str) -> PersonnelChange:
    """Take back a planned change before its day, with what would have ended it; cancelled twice, cancelled once."""
    await require_some_office(session, what=RECORD)
    await lock_city(session)
    change = await changes.change(session, change_id)
    await _require_office(session, _as_wanted(change))
    if change.state == ChangeState.CANCELLED:
        return change
    followers = select(PersonnelChange).where(
        col(PersonnelChange.follows) == change.id, col(PersonnelChange.state) == ChangeState.PLANNED.value
    )
    for one in [change, *(await session.scalars(followers)).all()]:
        one.state, one.note = move(one.state, Act.CANCEL).value, reason
    return change


async def _require_office(session: AsyncSession, wanted: Wanted) -> None:
    """Raises Forbidden unless the actor may act for the office about everybody whom the change concerns."""
    found = await offices(session)
    about = await concerned(session, wanted)
    found.require(actor(session), wanted.servant_id, named=about[1:], what=RECORD)


def _as_wanted(change: PersonnelChange) -> Wanted:
    effect = Effect.model_validate(change.payload)
    kind = ChangeKind(change.kind)
    return Wanted(change.servant_id, kind, change.effective_on, effect, change.reason, change.until)


def _row(session: AsyncSession, wanted: Wanted, *, follows: UUID | None = None) -> PersonnelChange:
    who = actor(session)
    return PersonnelChange(
        tenant_id=who.tenant_id,
        id=new_id(),
        servant_id=wanted.servant_id,
        kind=wanted.kind.value,
        effective_on=wanted.effective_on,
        until=wanted.until,
        payload=wanted.effect.model_dump(mode="json", exclude_none=True),
        reason=wanted.reason,
        state=ChangeState.PLANNED.value,
        follows=follows,
        recorded_at=clock(session).now(),
        recorded_by=who.id,
    )


def _ending(session: AsyncSession, wanted: Wanted, change: PersonnelChange) -> PersonnelChange | None:
    """What ends by itself: an acting official, a delegate, a status for a time."""
    if wanted.until is None:
        return None
    if wanted.kind is ChangeKind.STATUS:
        kind, effect = ChangeKind.STATUS, Effect(status=Status.ACTIVE)
    elif wanted.kind is ChangeKind.ACTING or wanted.effect.source is RelationSource.DELEGATION:
        kind, effect = ChangeKind.ACTING_ENDED, Effect()
    else:
        return None
    day = wanted.until + timedelta(days=1)
    return _row(session, Wanted(wanted.servant_id, kind, day, effect, wanted.reason), follows=change.id)
