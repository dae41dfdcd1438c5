"""Proposes development and recognition after a final result, as the cycle's policy says; people decide on both."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.evaluation import ResultFinalised
from contracts.feedback import DevelopmentProposed, RecognitionProposed
from contracts.obligations import Duty
from directory import queries
from kit.outbox import emit
from services.feedback.commands.duties import owe
from services.feedback.models import DevelopmentAction, Recognition
from services.feedback.rules.consequences import development_reason, recognition_basis
from services.feedback.rules.states import ActionState, RecognitionState


async def propose(session: AsyncSession, result: ResultFinalised) -> None:
    """Open what the policy asks for; once for each person and cycle."""
    policy = (await queries.cycle_policy(session, result.cycle_id)).consequences
    reason = development_reason(
        policy, predicate=result.predicate, local_score=result.local_score, criteria=result.criteria
    )
    if reason is not None:
        await _propose_development(session, result, reason)
    basis = recognition_basis(policy, predicate=result.predicate, local_score=result.local_score)
    if basis is not None:
        await _propose_recognition(session, result, kind=policy.recognition_kind, basis=basis)


async def _propose_development(session: AsyncSession, result: ResultFinalised, reason: str) -> None:
    row = {
        "tenant_id": result.tenant_id,
        "id": new_id(),
        "cycle_id": result.cycle_id,
        "servant_id": result.servant_id,
        "rater_id": result.rater_id,
        "reason": reason,
        "state": ActionState.PROPOSED.value,
    }
    making = insert(DevelopmentAction).values(row).on_conflict_do_nothing().returning(col(DevelopmentAction.id))
    if (action_id := (await session.execute(making)).scalar_one_or_none()) is None:
        return
    await _ask_rater(session, result, action_id)
    told = DevelopmentProposed(
        tenant_id=result.tenant_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        action_id=action_id,
        reason=reason,
    )
    emit(session, told, reason=reason)


async def _ask_rater(session: AsyncSession, result: ResultFinalised, action_id: UUID) -> None:
    await owe(
        session,
        Duty.PLAN_DEVELOPMENT,
        cycle_id=result.cycle_id,
        subject_id=action_id,
        debtors=[result.rater_id],
        about_id=result.servant_id,
        superior_id=result.authority_id,
    )


async def _propose_recognition(session: AsyncSession, result: ResultFinalised, *, kind: str, basis: str) -> None:
    row = {
        "tenant_id": result.tenant_id,
        "id": new_id(),
        "cycle_id": result.cycle_id,
        "servant_id": result.servant_id,
        "kind": kind,
        "basis": basis,
        "state": RecognitionState.PROPOSED.value,
    }
    making = insert(Recognition).values(row).on_conflict_do_nothing().returning(col(Recognition.id))
    if (recognition_id := (await session.execute(making)).scalar_one_or_none()) is None:
        return
    told = RecognitionProposed(
        tenant_id=result.tenant_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        recognition_id=recognition_id,
        kind=kind,
        basis=basis,
    )
    emit(session, told, reason=basis)
