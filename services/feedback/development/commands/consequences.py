"""Proposes development and recognition after a final result, as the cycle's policy says; people decide on both.

Both come from a final result only, so they wait while an objection is open; a newer version takes its place.
"""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.evaluation.results import ResultFinalised, ResultSuperseded
from contracts.feedback.development import ConsequencesSuperseded, DevelopmentProposed, RecognitionProposed
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.commands.progress import settle
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.development.rules import development_reason, recognition_basis
from services.feedback.obligations import owe
from services.feedback.states import ActionState, RecognitionState


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
        "result_id": result.result_id,
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
        ObligationKind.PLAN_DEVELOPMENT,
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
        "result_id": result.result_id,
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


async def supersede(session: AsyncSession, event: ResultSuperseded) -> None:
    """What followed from the version before no longer counts; what a rater has planned with the person goes on."""
    honoured = (
        update(Recognition)
        .where(col(Recognition.result_id) == event.result_id, col(Recognition.state) != _SUPERSEDED)
        .values(state=_SUPERSEDED)
        .returning(col(Recognition.id))
    )
    asked = (
        update(DevelopmentAction)
        .where(
            col(DevelopmentAction.result_id) == event.result_id,
            col(DevelopmentAction.state) == ActionState.PROPOSED.value,
        )
        .values(state=_SUPERSEDED)
        .returning(col(DevelopmentAction.id))
    )
    recognition_id = (await session.execute(honoured)).scalar_one_or_none()
    action_id = (await session.execute(asked)).scalar_one_or_none()
    if action_id is not None:
        await close_obligations(
            session,
            OBLIGATIONS,
            ObligationKind.PLAN_DEVELOPMENT,
            [action_id],
            tenant_id=event.tenant_id,
            state="CANCELLED",
        )
        settle(session, tenant_id=event.tenant_id, cycle_id=event.cycle_id, phase=Phase.FOLLOW_UP)
    if recognition_id is not None or action_id is not None:
        told = ConsequencesSuperseded(
            tenant_id=event.tenant_id,
            cycle_id=event.cycle_id,
            servant_id=event.servant_id,
            result_id=event.result_id,
            by_version=event.by_version,
            recognition_id=recognition_id,
            action_id=action_id,
        )
        emit(session, told)


_SUPERSEDED = RecognitionState.SUPERSEDED.value
"""The same word for both."""
