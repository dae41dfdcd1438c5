"""Objections of a cycle in numbers, by unit and outcome, for the performance office."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.models import Member
from directory.queries import known_cycle
from kit.access import require_role
from kit.keyset import Found, Window, read_rows
from services.feedback.objections.models import LateAdmission, Objection


class UnitOutcome(NamedTuple):
    """How many objections of one unit's people stand or ended so."""

    unit_id: UUID
    state: str
    """FILED, HEARING, DECIDABLE, UPHELD, AMENDED or WITHDRAWN."""
    objections: int
    overdue: int
    """Decided after their limit, or reported to the office because they were not decided in time."""
    admitted_late: int


async def by_unit(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[UnitOutcome]:
    """One line for each unit and state, in one statement; raises NotFound if the city has no such cycle."""
    what = ("read the statistics of objections", "membaca statistik keberatan")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    await known_cycle(session, cycle_id)
    late = (col(Objection.decided_at) > col(Objection.decide_by)) | col(Objection.escalated_at).is_not(None)
    key = (col(Member.unit_id), col(Objection.state))
    # The unit is that of the membership, not of the person today: an objection counts where the work was rated.
    counting = (
        select(
            *key,
            func.count(),
            func.count().filter(late),
            func.count(col(LateAdmission.result_id)),
        )
        .join(
            Member,
            (col(Member.cycle_id) == col(Objection.cycle_id)) & (col(Member.servant_id) == col(Objection.servant_id)),
        )
        .outerjoin(LateAdmission, col(LateAdmission.result_id) == col(Objection.result_id))
        .where(col(Objection.cycle_id) == cycle_id)
        .group_by(*key)
    )
    found = await read_rows(session, counting, *key, window=window)
    return Found([UnitOutcome(*row) for row in found.items], found.next)
