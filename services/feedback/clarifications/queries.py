"""Clarifications, for those whom they concern."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.keyset import Found, Window, read
from services.feedback.clarifications.models import Clarification
from services.feedback.relations import owed_by


async def clarifications(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[Clarification]:
    """One's own questions and those one is to answer; all of them for the performance office."""
    who = actor(session)
    listed = select(Clarification)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(
            (col(Clarification.servant_id) == who.id)
            | (col(Clarification.rater_id) == who.id)
            | (col(Clarification.answered_by) == who.id)
            | owed_by(who.id, ObligationKind.ANSWER_CLARIFICATION, col(Clarification.id))
        )
    if cycle_id is not None:
        listed = listed.where(col(Clarification.cycle_id) == cycle_id)
    return await read(session, listed, col(Clarification.id), window=window, descending=True)
