"""Verifying initiatives: the rater, or who holds the obligation, recognises one or says why not."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from contracts.plans.initiatives import InitiativeVerified
from contracts.plans.obligations import OBLIGATIONS
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.queries import owes
from services.plans.cycles.rules import require_before_moderation
from services.plans.initiatives.models import Initiative
from services.plans.plans.commands.locks import lock_duty
from services.plans.plans.queries.access import stands_to
from services.plans.plans.rules.states import InitiativeState, decided

_NO_REASON = {"where": "reason", "detail": "required when it is not recognised"}


async def verify(
    session: AsyncSession, initiative_id: UUID, *, recognised: bool, document: str | None, reason: str | None
) -> Initiative:
    """Recognise it or say why not; what lapsed unverified may still be verified before the evaluation ends."""
    await lock_duty(session, ObligationKind.VERIFY_INITIATIVE, initiative_id)
    initiative = await _locked(session, initiative_id)
    await _require_verifier(session, initiative)
    state = decided(recognised=recognised)
    if initiative.verified_by is not None:
        return _unchanged(initiative, state)
    if not recognised and not (reason or "").strip():
        raise Invalid("say why it is not recognised", "sebutkan alasan tidak diakui", errors=[_NO_REASON])
    if initiative.state != InitiativeState.RECORDED:
        require_before_moderation((await directory.cycle(session, initiative.cycle_id)).phase)
    initiative.state, initiative.document, initiative.reason = state, document, reason
    initiative.verified_by, initiative.verified_at = actor(session).id, clock(session).now()
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.VERIFY_INITIATIVE, [initiative.id], tenant_id=initiative.tenant_id
    )
    emit(session, verified(initiative, verified_by=initiative.verified_by), reason=reason)
    return initiative


def verified(initiative: Initiative, *, verified_by: UUID) -> InitiativeVerified:
    """What is told of a decision."""
    return InitiativeVerified(
        tenant_id=initiative.tenant_id,
        initiative_id=initiative.id,
        cycle_id=initiative.cycle_id,
        servant_id=initiative.servant_id,
        kind=initiative.kind,
        title=initiative.title,
        recognised=initiative.state == InitiativeState.RECOGNISED,
        verified_by=verified_by,
        document=initiative.document,
    )


async def _locked(session: AsyncSession, initiative_id: UUID) -> Initiative:
    lock = select(Initiative).where(col(Initiative.id) == initiative_id).with_for_update(key_share=True)
    found = (await session.scalars(lock)).first()
    if found is None:
        raise NotFound(f"no initiative {initiative_id} in this city", f"inisiatif {initiative_id} tidak ada")
    return found


async def _require_verifier(session: AsyncSession, initiative: Initiative) -> None:
    acting = actor(session).id
    found = stands_to(
        session,
        servant_id=initiative.servant_id,
        rater_id=initiative.rater_id,
        authority_id=initiative.authority_id,
    )
    held = await owes(session, ObligationKind.VERIFY_INITIATIVE, initiative.id, acting)
    if held or acting == initiative.verified_by:
        found |= {Relation.DEBTOR}
    require(found, Relation.RATER, Relation.DEBTOR, what=("verify this initiative", "memverifikasi inisiatif ini"))


def _unchanged(initiative: Initiative, state: InitiativeState) -> Initiative:
    """Asked twice it is the same answer; another one needs an objection."""
    if initiative.state != state:
        raise Refused(
            "it was decided the other way: that decision stands", "sudah diputuskan lain: keputusan itu berlaku"
        )
    return initiative
