"""Takes in changes of personnel: effective at once, or planned until their day has come, and taken back before it."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.calendar import LegalCalendar
from contracts.registry.personnel import AT_WORK, ChangeKind, Status
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from obligations.legal_dates import local_date
from services.registry.bulk import plan_for_sets
from services.registry.calendars.rules.zones import zone_of
from services.registry.lock import lock_city
from services.registry.personnel.commands.effects import apply
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import changes, lines
from services.registry.personnel.rules.effects import Effect, Wanted, check
from services.registry.personnel.rules.states import Act, ChangeState, move
from services.registry.servants.rules.ranks import may_rate
from services.registry.servants.rules.relations import RelationSource
from services.registry.units.models import Unit

_RECORD = ("record changes of personnel", "mencatat perubahan kepegawaian")


def today_in(session: AsyncSession) -> date:
    """The date in the zone of the transaction's city."""
    return local_date(clock(session).now(), LegalCalendar(zone=zone_of(actor(session).tenant_id)))


async def record_change(session: AsyncSession, wanted: Wanted) -> PersonnelChange:
    """Record what changes from a day on; in the past or today it takes effect at once, else on its day.

    Asked twice it is recorded once. Raises Forbidden, NotFound, Invalid, or Refused where the rules forbid it now.
    """
    require_role(session, Role.PERFORMANCE_OFFICE, what=_RECORD)
    check(wanted)
    await lock_city(session)
    await _require_known(session, wanted)
    if (same := await _same(session, wanted)) is not None:
        return same
    change = _row(session, wanted)
    session.add(change)
    ending = _ending(session, wanted, change)
    if ending is not None:
        session.add(ending)
    # Written before it is applied: relations refer to the change, in plain SQL that flushes nothing.
    await session.flush()
    await plan_for_sets(session)
    for one in (change, ending):
        if one is not None and one.effective_on <= today_in(session):
            await apply(session, one)
    return change


async def cancel_change(session: AsyncSession, change_id: UUID, *, reason: str) -> PersonnelChange:
    """Take back a planned change before its day, with what would have ended it; cancelled twice, cancelled once."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_RECORD)
    await lock_city(session)
    change = await changes.change(session, change_id)
    if change.state == ChangeState.CANCELLED:
        return change
    followers = select(PersonnelChange).where(
        col(PersonnelChange.follows) == change.id, col(PersonnelChange.state) == ChangeState.PLANNED.value
    )
    for one in [change, *(await session.scalars(followers)).all()]:
        one.state, one.note = move(one.state, Act.CANCEL).value, reason
    return change


async def apply_due(session: AsyncSession) -> int:
    """Let every planned change of the city whose day has come take effect, in order; returns how many were tried.

    What the rules forbid by then is refused with a note for the office, and stops no other.
    """
    await lock_city(session)
    due = (
        select(PersonnelChange)
        .where(
            col(PersonnelChange.state) == ChangeState.PLANNED.value,
            col(PersonnelChange.effective_on) <= today_in(session),
        )
        .order_by(col(PersonnelChange.effective_on), col(PersonnelChange.recorded_at), col(PersonnelChange.id))
    )
    # The city is locked and not the rows: an applied change may concern anybody in it.
    planned = (await session.scalars(due)).all()
    for change in planned:
        await _try(session, change)
    return len(planned)


async def _try(session: AsyncSession, change: PersonnelChange) -> None:
    # A savepoint: what a refused change had written goes, what was applied before it stays.
    attempt = await session.begin_nested()
    try:
        await apply(session, change)
        await attempt.commit()
    except (Refused, NotFound) as error:
        await attempt.rollback()
        await session.refresh(change)
        change.state, change.note = move(change.state, Act.REFUSE).value, f"{error.en} / {error.indonesian}"


async def _require_known(session: AsyncSession, wanted: Wanted) -> None:
    """Everybody and every unit that it names exists, and whoever shall lead can."""
    await lines.servant(session, wanted.servant_id)
    effect = wanted.effect
    for leader in (effect.rater_id, effect.successor_id, effect.acting_id):
        if leader is not None and Status((found := await lines.servant(session, leader)).status) not in AT_WORK:
            raise Refused(
                f"{found.name} is {found.status.lower()} and cannot lead anybody",
                f"{found.name} berstatus {found.status} dan tidak dapat memimpin",
            )
    await _require_rank(session, wanted)
    if effect.unit_id is not None:
        known = select(col(Unit.id)).where(col(Unit.id) == effect.unit_id)
        if (await session.scalars(known)).first() is None:
            raise NotFound(f"no unit {effect.unit_id} in this city", f"unit {effect.unit_id} tidak ada di kota ini")


async def _require_rank(session: AsyncSession, wanted: Wanted) -> None:
    """Whoever rates by the hierarchy is at least pejabat pengawas; anybody below is a delegate (L IV.A)."""
    effect = wanted.effect
    by_hierarchy = wanted.kind is ChangeKind.TRANSFER or effect.source is RelationSource.HIERARCHY
    if effect.rater_id is None or not by_hierarchy:
        return
    rater = await lines.servant(session, effect.rater_id)
    if not may_rate(rater.position_kind, is_head=rater.is_head):
        raise Refused(
            f"{rater.name} ranks below pejabat pengawas: record a delegation",
            f"{rater.name} di bawah pejabat pengawas: catat sebagai pendelegasian",
        )


async def _same(session: AsyncSession, wanted: Wanted) -> PersonnelChange | None:
    """This very change, with the same reason, if it was recorded before and not taken back."""
    looking = select(PersonnelChange).where(
        col(PersonnelChange.servant_id) == wanted.servant_id,
        col(PersonnelChange.kind) == wanted.kind.value,
        col(PersonnelChange.effective_on) == wanted.effective_on,
        col(PersonnelChange.follows).is_(None),
        col(PersonnelChange.state).in_((ChangeState.PLANNED.value, ChangeState.APPLIED.value)),
    )
    for one in await session.scalars(looking):
        effect = Effect.model_validate(one.payload).model_copy(update={"moved": ()})
        if (effect, one.reason, one.until) == (wanted.effect, wanted.reason, wanted.until):
            return one
    return None


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
