"""Ideas and their answers."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.models import Member
from directory.queries import known_cycle
from kit.db import actor
from kit.keyset import Found, Window, read, read_rows
from services.feedback.cycles.queries.context import own_membership
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


async def of_own_unit(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[Idea]:
    """Shared ideas of the colleagues of the acting person's unit in that cycle, newest first."""
    mine = await own_membership(session, cycle_id)
    colleagues = select(col(Member.servant_id)).where(
        col(Member.cycle_id) == cycle_id, col(Member.unit_id) == mine.unit_id
    )
    listed = select(Idea).where(col(Idea.cycle_id) == cycle_id, col(Idea.shared), col(Idea.author_id).in_(colleagues))
    return await read(session, listed, col(Idea.id), window=window, descending=True)


class IdeaRate(NamedTuple):
    """How a unit's leaders answer: of so many ideas."""

    unit_id: UUID
    submitted: int
    answered: int
    adopted: int


async def rates(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[IdeaRate]:
    """One line for each unit from which ideas came, for everybody of the city; no idea and no author is named."""
    await known_cycle(session, cycle_id)
    counting = (
        select(
            col(Member.unit_id),
            func.count(),
            func.count(col(Idea.answer)),
            func.count().filter(col(Idea.adopted).is_(True)),
        )
        .join(Idea, (col(Idea.cycle_id) == col(Member.cycle_id)) & (col(Idea.author_id) == col(Member.servant_id)))
        .where(col(Member.cycle_id) == cycle_id)
        .group_by(col(Member.unit_id))
    )
    found = await read_rows(session, counting, col(Member.unit_id), window=window)
    return Found([IdeaRate(*row) for row in found.items], found.next)
