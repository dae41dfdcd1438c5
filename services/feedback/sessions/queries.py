"""Training and socialisation sessions and who attended."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read_rows
from services.feedback.sessions.models import Attendance, TrainingSession


async def sessions(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[tuple[TrainingSession, int]]:
    """The sessions of a cycle in their order, each with how many came; anybody of the city may read them."""
    # A scalar subquery, not a join with `group by`: a session to which nobody came is there, with 0.
    came = (
        select(func.count())
        .select_from(Attendance)
        .where(col(Attendance.session_id) == col(TrainingSession.id))
        .scalar_subquery()
    )
    listed = select(TrainingSession, came).where(col(TrainingSession.cycle_id) == cycle_id)
    return await read_rows(session, listed, col(TrainingSession.ordinal), window=window)


async def attended(session: AsyncSession, session_id: UUID) -> int:
    """How many came to one session."""
    came = select(func.count()).select_from(Attendance).where(col(Attendance.session_id) == session_id)
    count: int = (await session.execute(came)).scalar_one()
    return count
