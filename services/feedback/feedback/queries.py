"""Feedback, for those whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries
from directory.models import Member
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.feedback.models import FeedbackItem
from services.feedback.feedback.rules import Visibility, readable_authors

READERS = (Relation.SELF, Relation.RATER, Relation.AUTHORITY)
"""Who reads what was said; the office reads numbers."""


@dataclass(frozen=True, slots=True)
class ReadableFeedback:
    """Feedback as far as one may read it, and how much there is."""

    page: Found[FeedbackItem]
    counts: dict[str, int]


async def feedback(
    session: AsyncSession, cycle_id: UUID, *, about_id: UUID, activity_id: UUID | None = None, window: Window
) -> ReadableFeedback:
    """Items for the one concerned and the line above, numbers for the performance office."""
    about = await queries.member(session, cycle_id, about_id)
    found = relations(actor(session), servant_id=about_id, rater_id=about.rater_id, authority_id=about.authority_id)
    require(found, *READERS, Relation.OFFICE, what=("read feedback", "membaca umpan balik"))
    items: Found[FeedbackItem] = Found([])
    # The office has none of these relations: it reads how much was said, never what (arts 17-19).
    if not found.isdisjoint(READERS):
        items = await _items(session, about, activity_id, window, everything=Relation.SELF in found)
    return ReadableFeedback(items, await _counts(session, about))


async def one(session: AsyncSession, feedback_id: UUID) -> FeedbackItem:
    """One feedback as the one concerned and the line above may read it; what is said without a name is never found."""
    named = col(FeedbackItem.visibility) != Visibility.UNNAMED.value
    given = (await session.scalars(select(FeedbackItem).where(col(FeedbackItem.id) == feedback_id, named))).first()
    if given is None:
        raise NotFound(f"no feedback {feedback_id}", f"umpan balik {feedback_id} tidak ada")
    about = await queries.member(session, given.cycle_id, given.about_id)
    line: dict[str, UUID | None] = {"rater_id": about.rater_id, "authority_id": about.authority_id}
    # What is said to a leader is for that one alone: nobody above finds it either.
    if given.visibility != Visibility.LINE:
        line = {}
    found = relations(actor(session), servant_id=given.about_id, **line) - {Relation.OFFICE}
    require(found, *READERS, what=("read feedback", "membaca umpan balik"))
    return given


async def _items(
    session: AsyncSession, about: Member, activity_id: UUID | None, window: Window, *, everything: bool
) -> Found[FeedbackItem]:
    listed = select(FeedbackItem).where(
        col(FeedbackItem.cycle_id) == about.cycle_id, col(FeedbackItem.about_id) == about.servant_id
    )
    if activity_id is not None:
        listed = listed.where(col(FeedbackItem.activity_id) == activity_id)
    # What is said without a name has a reading of its own, for which nobody need know its moment.
    listed = listed.where(col(FeedbackItem.visibility) != Visibility.UNNAMED.value)
    # The line above reads neither what was said upward nor counts it among its pages: left out in SQL, not after.
    if not everything:
        listed = listed.where(col(FeedbackItem.visibility) == Visibility.LINE.value)
    return await read(session, listed, col(FeedbackItem.id), window=window, descending=True)


async def _counts(session: AsyncSession, about: Member) -> dict[str, int]:
    counting = (
        select(col(FeedbackItem.direction), func.count())
        .where(
            col(FeedbackItem.cycle_id) == about.cycle_id,
            col(FeedbackItem.about_id) == about.servant_id,
            col(FeedbackItem.visibility) != Visibility.UNNAMED.value,
        )
        .group_by(col(FeedbackItem.direction))
    )
    counted: dict[str, int] = dict(list((await session.execute(counting)).all()))
    return counted


@dataclass(frozen=True, slots=True)
class UnnamedFeedback:
    """What subordinates said to a leader, as far as enough of them spoke."""

    minimum: int
    authors: int
    said: Sequence[FeedbackItem]


async def upward(session: AsyncSession, cycle_id: UUID) -> UnnamedFeedback:
    """What was said upward to the acting person in a cycle: in an order that tells nothing of moments or authors."""
    cycle = await queries.cycle(session, cycle_id)
    minimum = (await queries.cycle_policy(session, cycle_id)).listening.upward_minimum
    listed = select(FeedbackItem).where(
        col(FeedbackItem.cycle_id) == cycle_id,
        col(FeedbackItem.about_id) == actor(session).id,
        col(FeedbackItem.visibility) == Visibility.UNNAMED.value,
    )
    items = (await session.scalars(listed.order_by(col(FeedbackItem.given_at), col(FeedbackItem.id)))).all()
    authors = list(dict.fromkeys(one.author_id for one in items))
    # A city that named authors before has none of these, whatever the minimum is today.
    readable = authors[: readable_authors(len(authors), minimum=max(minimum, 2), over=cycle.closed)]
    said = sorted((one for one in items if one.author_id in readable), key=lambda one: (one.what, one.how))
    return UnnamedFeedback(minimum, len(readable), said)
