"""Recognitions: proposed by the policy, decided by the appointing authority, or the office where the city has declared none."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.development import RecognitionDecided
from directory.offices import require_decision, require_some_office
from kit.db import actor, clock
from kit.errors import NotFound
from kit.outbox import emit
from services.feedback.development.models import Recognition
from services.feedback.development.rules.states import RecognitionState, decided
from services.feedback.texts import REASON, required

_WHAT = ("decide on a recognition", "memutus penghargaan")


async def decide(session: AsyncSession, recognition_id: UUID, *, approved: bool, reason: str) -> Recognition:
    """Approve or decline with a reason, once; never with a conflict of interest."""
    await require_some_office(session, what=_WHAT)
    proposed = await _locked(session, recognition_id)
    await require_decision(session, proposed.servant_id, cycle_id=proposed.cycle_id, what=_WHAT)
    why = required(reason, name=REASON)
    wanted = RecognitionState.APPROVED if approved else RecognitionState.DECLINED
    if (proposed.state, proposed.reason) == (wanted, why):
        return proposed
    proposed.state, proposed.reason = decided(proposed.state, approved=approved), why
    proposed.decided_by, proposed.decided_at = actor(session).id, clock(session).now()
    event = RecognitionDecided(
        tenant_id=proposed.tenant_id,
        cycle_id=proposed.cycle_id,
        servant_id=proposed.servant_id,
        recognition_id=proposed.id,
        approved=approved,
        reason=why,
    )
    emit(session, event, reason=why)
    return proposed


async def _locked(session: AsyncSession, recognition_id: UUID) -> Recognition:
    # Locked: a newer version of the result supersedes it before the decision or after, never between check and write.
    one = select(Recognition).where(col(Recognition.id) == recognition_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no recognition {recognition_id}", f"penghargaan {recognition_id} tidak ada")
    return found
