"""Reminding somebody of what he or she owes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role
from contracts.calendar import LegalCalendar
from contracts.notify.nudges import Nudged
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Person
from kit.db import actor, clock, situation
from kit.errors import Forbidden, NotFound, NotReady, Refused
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.notify.notices.commands.notices import notify_of
from services.notify.nudges.models import Nudge
from services.notify.nudges.rules import nudged
from services.notify.todos.models import NAMED, Todo


async def nudge(session: AsyncSession, obligation_id: UUID, *, note: str | None = None) -> Nudge:
    """Notify the debtor now, whatever the ladder says; the ladder goes on as if nothing had happened.

    Raises NotFound for an unknown obligation and for what anonymous assessors owe, Forbidden for whoever is neither above
    the debtor nor the office, Refused where nothing is owed any more or somebody was quicker today.
    """
    # Locked, so that of two who remind at once the second is told so, and not by an error of the database.
    looking = select(Todo).where(col(Todo.id) == obligation_id, NAMED).with_for_update()
    owed = (await session.scalars(looking)).first()
    if owed is None or owed.due_at is None:
        raise NotFound(
            f"no obligation {obligation_id} in this city", f"kewajiban {obligation_id} tidak ada di kota ini"
        )
    await _require_above(session, owed.debtor_id)
    if owed.state != "OPEN":
        raise Refused("nothing is owed any more", "kewajiban ini sudah selesai", state=owed.state)
    row = await _kept(session, owed, note)
    event = Nudged(
        tenant_id=row.tenant_id,
        obligation_id=owed.id,
        kind=ObligationKind(owed.kind),
        debtor_id=owed.debtor_id,
        about_id=owed.about_id,
        by=row.nudged_by,
        note=note,
    )
    situation(session).cause = emit(session, event)
    await notify_of(session, event, nudged(event))
    return row


async def _require_above(session: AsyncSession, debtor_id: UUID) -> None:
    acting = actor(session)
    if acting.has(Role.PERFORMANCE_OFFICE):
        return
    looking = select(col(Person.rater_id), col(Person.authority_id)).where(col(Person.id) == debtor_id)
    above = (await session.execute(looking)).first()
    if above is None or acting.id not in tuple(above):
        raise Forbidden(
            "only those above, and the performance office, remind somebody",
            "hanya atasan dan pengelola kinerja yang dapat mengingatkan",
            allowed=[Relation.RATER.value, Relation.AUTHORITY.value, Relation.OFFICE.value],
        )


async def _kept(session: AsyncSession, owed: Todo, note: str | None) -> Nudge:
    try:
        calendar = await queries.calendar(session)
    except NotReady:  # a city may owe something before it has a calendar
        calendar = LegalCalendar()
    row = {
        "tenant_id": owed.tenant_id,
        "obligation_id": owed.id,
        "day": local_date(clock(session).now(), calendar),
        "debtor_id": owed.debtor_id,
        "nudged_by": actor(session).id,
        "nudged_at": clock(session).now(),
        "note": note,
    }
    made = (await session.scalars(insert(Nudge).values(row).on_conflict_do_nothing().returning(Nudge))).first()
    if made is None:
        raise Refused(
            "somebody has reminded of this today: once a day is enough, and the ladder reminds as well",
            "hari ini sudah ada yang mengingatkan: cukup sekali sehari, pengingat otomatis tetap berjalan",
        )
    return made
