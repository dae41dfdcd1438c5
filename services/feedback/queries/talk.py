"""Reads of sessions, feedback, ideas and clarifications, cut to what the asking person may see."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Member
from directory.relations import Relation, relations, require
from kit.db import actor
from services.feedback.models import Attendance, Clarification, FeedbackItem, Idea, TrainingSession
from services.feedback.queries.held import held_by
from services.feedback.queries.pages import Found, Window, page
from services.feedback.rules.states import Visibility


async def sessions(session: AsyncSession, cycle_id: UUID) -> list[Row[TrainingSession, int]]:
    """The sessions of a cycle in their order, each with how many came; anybody of the city may read them."""
    came = (
        select(func.count())
        .select_from(Attendance)
        .where(col(Attendance.session_id) == col(TrainingSession.id))
        .scalar_subquery()
    )
    listed = select(TrainingSession, came).where(col(TrainingSession.cycle_id) == cycle_id)
    return list((await session.execute(listed.order_by(col(TrainingSession.ordinal)))).all())


async def attended(session: AsyncSession, session_id: UUID) -> int:
    """How many came to one session."""
    came = select(func.count()).select_from(Attendance).where(col(Attendance.session_id) == session_id)
    count: int = (await session.execute(came)).scalar_one()
    return count


@dataclass(frozen=True, slots=True)
class Told:
    """Feedback as far as one may read it, and how much there is."""

    page: Found[FeedbackItem]
    counts: dict[str, int]


async def feedback(session: AsyncSession, cycle_id: UUID, *, about_id: UUID, window: Window) -> Told:
    """Items for the one concerned and the line above, numbers for the performance office."""
    about = await queries.member(session, cycle_id, about_id)
    found = relations(actor(session), servant_id=about_id, rater_id=about.rater_id, authority_id=about.authority_id)
    readers = (Relation.SELF, Relation.RATER, Relation.AUTHORITY)
    require(found, *readers, Relation.OFFICE, what=("read feedback", "membaca umpan balik"))
    items: Found[FeedbackItem] = Found([], None)
    if not found.isdisjoint(readers):
        items = await _items(session, about, window, everything=Relation.SELF in found)
    return Told(items, await _counts(session, about))


async def _items(session: AsyncSession, about: Member, window: Window, *, everything: bool) -> Found[FeedbackItem]:
    listed = select(FeedbackItem).where(
        col(FeedbackItem.cycle_id) == about.cycle_id, col(FeedbackItem.about_id) == about.servant_id
    )
    if not everything:
        listed = listed.where(col(FeedbackItem.visibility) == Visibility.LINE.value)
    return await page(session, listed, col(FeedbackItem.id), window)


async def _counts(session: AsyncSession, about: Member) -> dict[str, int]:
    counting = (
        select(col(FeedbackItem.direction), func.count())
        .where(col(FeedbackItem.cycle_id) == about.cycle_id, col(FeedbackItem.about_id) == about.servant_id)
        .group_by(col(FeedbackItem.direction))
    )
    counted: dict[str, int] = dict(list((await session.execute(counting)).all()))
    return counted


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
        | held_by(who.id, ObligationKind.ANSWER_IDEA, col(Idea.id))
    )
    listed, counting = select(Idea).where(mine), select(func.count(), func.count(col(Idea.answer)))
    if not who.has(Role.PERFORMANCE_OFFICE):
        counting = counting.where(mine)
    if cycle_id is not None:
        listed, counting = listed.where(col(Idea.cycle_id) == cycle_id), counting.where(col(Idea.cycle_id) == cycle_id)
    submitted, answered = (await session.execute(counting.select_from(Idea))).one()
    return IdeaLog(await page(session, listed, col(Idea.id), window), submitted, answered)


async def clarifications(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[Clarification]:
    """One's own questions and those one is to answer; all of them for the performance office."""
    who = actor(session)
    listed = select(Clarification)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(
            (col(Clarification.servant_id) == who.id)
            | (col(Clarification.rater_id) == who.id)
            | (col(Clarification.answered_by) == who.id)
            | held_by(who.id, ObligationKind.ANSWER_CLARIFICATION, col(Clarification.id))
        )
    if cycle_id is not None:
        listed = listed.where(col(Clarification.cycle_id) == cycle_id)
    return await page(session, listed, col(Clarification.id), window)
