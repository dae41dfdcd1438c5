"""Clarifications, for those whom they concern."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.relations import Relation, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.clarifications.models import Clarification
from services.feedback.relations import acting_relations, owed_by

READERS = (Relation.SELF, Relation.RATER, Relation.DEBTOR, Relation.OFFICE)
"""Who reads a question: whoever asked, whoever answers or has answered, and the performance office."""


async def clarification(session: AsyncSession, clarification_id: UUID) -> Clarification:
    """One question with its answer, for its readers; raises NotFound."""
    one = select(Clarification).where(col(Clarification.id) == clarification_id)
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound(f"no clarification {clarification_id}", f"klarifikasi {clarification_id} tidak ada")
    related = await acting_relations(
        session,
        servant_id=found.servant_id,
        rater_id=found.rater_id,
        obligation=ObligationKind.ANSWER_CLARIFICATION,
        subject_id=found.id,
        done_by=found.answered_by,
    )
    require(related, *READERS, what=("read a clarification", "membaca klarifikasi"))
    return found


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
