"""Reads of support requests, coaching and results taken over, cut to what the asking person may see."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.relations import owed_by
from services.feedback.support.models import Coaching, SupportRequest, TakeOver


async def requests(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[SupportRequest]:
    """One's own and those one answers; all of them for the performance office."""
    who = actor(session)
    listed = select(SupportRequest)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(_part_in_request(who.id))
    if cycle_id is not None:
        listed = listed.where(col(SupportRequest.cycle_id) == cycle_id)
    return await read(session, listed, col(SupportRequest.id), window=window, descending=True)


async def request(session: AsyncSession, request_id: UUID) -> SupportRequest:
    """One of them; raises NotFound for what does not stand in the reader's list."""
    who = actor(session)
    wanted = select(SupportRequest).where(col(SupportRequest.id) == request_id)
    if not who.has(Role.PERFORMANCE_OFFICE):
        wanted = wanted.where(_part_in_request(who.id))
    if (found := (await session.scalars(wanted)).first()) is None:
        raise NotFound(f"no request for support {request_id}", f"permintaan dukungan {request_id} tidak ada")
    return found


def _part_in_request(person_id: UUID) -> ColumnElement[bool]:
    return (
        (col(SupportRequest.servant_id) == person_id)
        | (col(SupportRequest.leader_id) == person_id)
        | (col(SupportRequest.answered_by) == person_id)
        | owed_by(person_id, ObligationKind.ANSWER_SUPPORT, col(SupportRequest.id))
    )


async def coachings(session: AsyncSession, *, servant_id: UUID | None, window: Window) -> Found[Coaching]:
    """For the two of them, the rater and the rater's superior; nobody else, the performance office included."""
    listed = select(Coaching).where(_part_in_coaching(actor(session).id))
    if servant_id is not None:
        listed = listed.where(col(Coaching.servant_id) == servant_id)
    return await read(session, listed, col(Coaching.id), window=window, descending=True)


async def coaching(session: AsyncSession, coaching_id: UUID) -> Coaching:
    """One of them; raises NotFound for what does not stand in the reader's list."""
    wanted = select(Coaching).where(col(Coaching.id) == coaching_id, _part_in_coaching(actor(session).id))
    if (found := (await session.scalars(wanted)).first()) is None:
        raise NotFound(f"no coaching {coaching_id}", f"bimbingan {coaching_id} tidak ada")
    return found


def _part_in_coaching(person_id: UUID) -> ColumnElement[bool]:
    # No branch for the office, unlike in every other list: counselling is confidential (art. 21; L III).
    return (
        (col(Coaching.servant_id) == person_id)
        | (col(Coaching.coach_id) == person_id)
        | (col(Coaching.rater_id) == person_id)
        | (col(Coaching.authority_id) == person_id)
    )


async def take_overs(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[TakeOver]:
    """One's own and those one took over; all of them for the performance office."""
    who = actor(session)
    listed = select(TakeOver)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where((col(TakeOver.servant_id) == who.id) | (col(TakeOver.leader_id) == who.id))
    if cycle_id is not None:
        listed = listed.where(col(TakeOver.cycle_id) == cycle_id)
    return await read(session, listed, col(TakeOver.id), window=window, descending=True)
