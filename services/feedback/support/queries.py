"""Reads of support requests, coaching and results taken over, cut to what the asking person may see."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.keyset import Found, Window, read
from services.feedback.relations import owed_by
from services.feedback.support.models import Coaching, SupportRequest, TakeOver


async def requests(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[SupportRequest]:
    """One's own and those one answers; all of them for the performance office."""
    who = actor(session)
    listed = select(SupportRequest)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(
            (col(SupportRequest.servant_id) == who.id)
            | (col(SupportRequest.leader_id) == who.id)
            | (col(SupportRequest.answered_by) == who.id)
            | owed_by(who.id, ObligationKind.ANSWER_SUPPORT, col(SupportRequest.id))
        )
    if cycle_id is not None:
        listed = listed.where(col(SupportRequest.cycle_id) == cycle_id)
    return await read(session, listed, col(SupportRequest.id), window=window, descending=True)


async def coachings(session: AsyncSession, *, servant_id: UUID | None, window: Window) -> Found[Coaching]:
    """For the two of them, the rater and the rater's superior; nobody else, the performance office included."""
    who = actor(session).id
    # No branch for the office, unlike in every other list: counselling is confidential (art. 21; L III).
    listed = select(Coaching).where(
        (col(Coaching.servant_id) == who)
        | (col(Coaching.coach_id) == who)
        | (col(Coaching.rater_id) == who)
        | (col(Coaching.authority_id) == who)
    )
    if servant_id is not None:
        listed = listed.where(col(Coaching.servant_id) == servant_id)
    return await read(session, listed, col(Coaching.id), window=window, descending=True)


async def take_overs(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[TakeOver]:
    """One's own and those one took over; all of them for the performance office."""
    who = actor(session)
    listed = select(TakeOver)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where((col(TakeOver.servant_id) == who.id) | (col(TakeOver.leader_id) == who.id))
    if cycle_id is not None:
        listed = listed.where(col(TakeOver.cycle_id) == cycle_id)
    return await read(session, listed, col(TakeOver.id), window=window, descending=True)
