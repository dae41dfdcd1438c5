"""Objections of a cycle in numbers, by unit and outcome, for the performance office."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Member
from directory.queries import known_cycle
from directory.relations import Relation, relations, require
from kit.db import actor
from services.feedback.objections.models import LateAdmission, Objection


class UnitOutcome(NamedTuple):
    """How many objections of one unit's people stand or ended so."""

    unit_id: UUID
    state: str
    """FILED, HEARING, DECIDABLE, UPHELD, AMENDED or WITHDRAWN."""
    objections: int
    overdue: int
    """Decided after their limit, or told to the office because they were not decided in time."""
    admitted_late: int


async def by_unit(session: AsyncSession, cycle_id: UUID) -> list[UnitOutcome]:
    """One line for each unit and state, in one statement; raises NotFound if the city has no such cycle."""
    who = actor(session)
    found = relations(who, servant_id=who.id)
    require(found, Relation.OFFICE, what=("read the statistics of objections", "membaca statistik keberatan"))
    await known_cycle(session, cycle_id)
    late = (col(Objection.decided_at) > col(Objection.decide_by)) | col(Objection.escalated_at).is_not(None)
    counting = (
        select(
            col(Member.unit_id),
            col(Objection.state),
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
        .group_by(col(Member.unit_id), col(Objection.state))
        .order_by(col(Member.unit_id), col(Objection.state))
    )
    return [UnitOutcome(*row) for row in (await session.execute(counting)).all()]
