"""Verifying initiatives: the rater, or the debtor of the obligation, recognises one or says why not."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, fault
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.queries import owes
from services.plans.cycles.rules import require_before_moderation
from services.plans.initiatives import events
from services.plans.initiatives.commands.initiatives import locked
from services.plans.initiatives.models import Initiative
from services.plans.initiatives.rules import MOVES, Act, InitiativeState, verified
from services.plans.plans.commands.locks import lock_obligation
from services.plans.plans.queries.access import owed_relation, personal_relations

NOT_VERIFIED = "not verified in time"
BY_RATER = "written down by the rater"
_AFTER = MOVES[InitiativeState.RECORDED]
_NO_REASON = fault("reason", "required when it is not recognised", "wajib bila tidak diakui")


async def verify(
    session: AsyncSession, initiative_id: UUID, *, recognised: bool, document: str | None, reason: str | None
) -> Initiative:
    """Recognise it or say why not; what lapsed unverified may still be verified before the evaluation ends."""
    await lock_obligation(session, ObligationKind.VERIFY_INITIATIVE, initiative_id)
    initiative = await locked(session, initiative_id)
    await _require_verifier(session, initiative)
    decided = initiative.verified_by is not None
    state = verified(initiative.state, recognised=recognised, decided=decided)
    if decided:
        return initiative
    if not recognised and not (reason or "").strip():
        raise Invalid("say why it is not recognised", "sebutkan alasan tidak diakui", errors=[_NO_REASON])
    if initiative.state != InitiativeState.RECORDED:
        require_before_moderation((await directory.cycle(session, initiative.cycle_id)).phase)
    initiative.state, initiative.document, initiative.reason = state, document, reason
    initiative.verified_by, initiative.verified_at = actor(session).id, clock(session).now()
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.VERIFY_INITIATIVE, [initiative.id], tenant_id=initiative.tenant_id
    )
    emit(session, events.verified(initiative, verified_by=initiative.verified_by), reason=reason)
    return initiative


async def lapse(session: AsyncSession, initiative_ids: Sequence[UUID]) -> None:
    """Nobody verified them in time: they do not count, and the reason says that nobody looked.

    What the rater wrote down has been looked at by who would verify it, and is recognised.
    """
    by_rater = col(Initiative.recorded_by) == col(Initiative.rater_id)
    # One statement that also asks for the state: what somebody decided since the sweep chose its obligations is decided.
    refusing = (
        update(Initiative)
        .where(col(Initiative.id).in_(initiative_ids), col(Initiative.state) == InitiativeState.RECORDED.value)
        .values(
            state=case((by_rater, _AFTER[Act.RECOGNISE].value), else_=_AFTER[Act.LAPSE].value),
            reason=case((by_rater, BY_RATER), else_=NOT_VERIFIED),
            verified_by=case((by_rater, col(Initiative.recorded_by))),
            verified_at=case((by_rater, clock(session).now())),
        )
        .returning(Initiative)
        .execution_options(synchronize_session=False)
    )
    for initiative in (await session.scalars(refusing)).all():
        verified_by = initiative.verified_by or actor(session).id
        emit(session, events.verified(initiative, verified_by=verified_by), reason=initiative.reason)


async def _require_verifier(session: AsyncSession, initiative: Initiative) -> None:
    acting = actor(session).id
    found = await personal_relations(
        session,
        servant_id=initiative.servant_id,
        rater_id=initiative.rater_id,
        authority_id=initiative.authority_id,
        cycle_id=initiative.cycle_id,
    )
    held = await owes(session, ObligationKind.VERIFY_INITIATIVE, initiative.id, acting)
    if held or acting == initiative.verified_by:
        found |= await owed_relation(session, found, servant_id=initiative.servant_id, cycle_id=initiative.cycle_id)
    require(found, Relation.RATER, Relation.DEBTOR, what=("verify this initiative", "memverifikasi inisiatif ini"))
