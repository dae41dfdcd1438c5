"""Recognitions: proposed by the policy, decided by the performance office as the competent official."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.development import RecognitionDecided
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from services.feedback.access import standing
from services.feedback.development.models import Recognition
from services.feedback.states import RecognitionState
from services.feedback.words import REASON, required


async def decide(session: AsyncSession, recognition_id: UUID, *, approved: bool, reason: str) -> Recognition:
    """Approve or decline with a reason, once; nobody decides about himself or herself."""
    proposed = await _locked(session, recognition_id)
    found = await standing(session, servant_id=proposed.servant_id)
    require(found, Relation.OFFICE, what=("decide on a recognition", "memutus penghargaan"))
    if Relation.SELF in found:
        raise Refused("conflict of interest: this recognition is your own", "benturan kepentingan: penghargaan sendiri")
    why = required(reason, name=REASON)
    wanted = RecognitionState.APPROVED if approved else RecognitionState.DECLINED
    if proposed.state != RecognitionState.PROPOSED:
        return _if_same(proposed, wanted, why)
    proposed.state, proposed.reason = wanted.value, why
    proposed.decided_by, proposed.decided_at = actor(session).id, clock(session).now()
    told = RecognitionDecided(
        tenant_id=proposed.tenant_id,
        cycle_id=proposed.cycle_id,
        servant_id=proposed.servant_id,
        recognition_id=proposed.id,
        approved=approved,
        reason=why,
    )
    emit(session, told, reason=why)
    return proposed


def _if_same(proposed: Recognition, wanted: RecognitionState, reason: str) -> Recognition:
    if (proposed.state, proposed.reason) == (wanted, reason):
        return proposed
    if proposed.state == RecognitionState.SUPERSEDED:
        raise Refused("its result got a newer version", "hasilnya sudah digantikan versi baru")
    raise Refused("this recognition was decided already", "penghargaan ini sudah diputus")


async def _locked(session: AsyncSession, recognition_id: UUID) -> Recognition:
    one = select(Recognition).where(col(Recognition.id) == recognition_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no recognition {recognition_id}", f"penghargaan {recognition_id} tidak ada")
    return found
