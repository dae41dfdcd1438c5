"""Ideas and their answers."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.keyset import Found, Window, read
from services.feedback.ideas.models import Idea
from services.feedback.relations import owed_by


@dataclass(frozen=True, slots=True)
class IdeaLog:
    """Ideas as far as one may read them, and how many of them were answered."""

    page: Found[Idea]
    submitted: int
    answered: int


async def ideas(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> IdeaLog:
    """One's own ideas and those one leads or holds; the performance office sees the answer rate of all."""
    who = actor(session)
    mine = (
        (col(Idea.author_id) == who.id)
        | (col(Idea.leader_id) == who.id)
        | (col(Idea.answered_by) == who.id)
        | owed_by(who.id, ObligationKind.ANSWER_IDEA, col(Idea.id))
    )
    listed, counting = select(Idea).where(mine), select(func.count(), func.count(col(Idea.answer)))
    if not who.has(Role.PERFORMANCE_OFFICE):
        counting = counting.where(mine)
    if cycle_id is not None:
        listed, counting = listed.where(col(Idea.cycle_id) == cycle_id), counting.where(col(Idea.cycle_id) == cycle_id)
    # Counted over the whole list, not over the page; an answer that is null is none.
    submitted, answered = (await session.execute(counting.select_from(Idea))).one()
    return IdeaLog(await read(session, listed, col(Idea.id), window=window, descending=True), submitted, answered)
