"""Whether a change of personnel is asked for a second time: the same was recorded, and nothing has come between."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.calendars.queries import today
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import lines
from services.registry.personnel.rules.effects import Wanted
from services.registry.personnel.rules.repeats import alike, is_repeat
from services.registry.personnel.rules.states import ChangeState

_IN_FORCE = (ChangeState.PLANNED.value, ChangeState.APPLIED.value)


async def repeated(
    session: AsyncSession, wanted: Wanted, *, of_file: frozenset[UUID] | None = None
) -> PersonnelChange | None:
    """The change that was recorded before, if this is the same asked for again; ``of_file`` as ``is_repeat`` reads it."""
    recorded = await _recorded(session, wanted.servant_id)
    newest = next((one for one in reversed(recorded) if alike(one, wanted)), None)
    if newest is None:
        return None
    rater_id = (await lines.servant(session, wanted.servant_id)).rater_id
    same = is_repeat(newest, recorded, rater_id=rater_id, today=today(session), of_file=of_file)
    return newest if same else None


async def known(session: AsyncSession, wanted: Sequence[Wanted]) -> frozenset[UUID]:
    """The changes that these have recorded before: whoever sends a file again finds all of its lines."""
    servants = {one.servant_id for one in wanted}
    looking = select(PersonnelChange).where(
        col(PersonnelChange.servant_id).in_(servants), col(PersonnelChange.state).in_(_IN_FORCE)
    )
    rows = (await session.scalars(looking)).all()
    of: dict[UUID, list[Wanted]] = {}
    for one in wanted:
        of.setdefault(one.servant_id, []).append(one)
    return frozenset(row.id for row in rows if any(alike(row, one) for one in of[row.servant_id]))


async def _recorded(session: AsyncSession, servant_id: UUID) -> Sequence[PersonnelChange]:
    """What was recorded about the person and not taken back, in that order; not what only ends another change."""
    looking = select(PersonnelChange).where(
        col(PersonnelChange.servant_id) == servant_id,
        col(PersonnelChange.follows).is_(None),
        col(PersonnelChange.state).in_(_IN_FORCE),
    )
    return (await session.scalars(looking.order_by(col(PersonnelChange.recorded_at), col(PersonnelChange.id)))).all()
