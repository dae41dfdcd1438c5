"""Lets planned changes of a city take effect when their day has come."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound, Refused
from services.registry.calendars.queries import today
from services.registry.lock import lock_city
from services.registry.personnel.commands.effects import apply
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.states import Act, ChangeState, move


async def apply_due(session: AsyncSession) -> int:
    """Let every planned change of the city whose day has come take effect, in order; returns how many were tried.

    What the rules forbid by then is refused with a note for the office, and stops no other.
    """
    await lock_city(session)
    due = (
        select(PersonnelChange)
        .where(
            col(PersonnelChange.state) == ChangeState.PLANNED.value,
            col(PersonnelChange.effective_on) <= today(session),
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
