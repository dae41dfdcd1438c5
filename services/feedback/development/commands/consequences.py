"""Proposes development and recognition after a final result, as the cycle's policy says; people decide on both.

Both come from a final result only, so they wait while an objection is open; a newer version takes its place.
"""

from collections.abc import Sequence
from itertools import zip_longest
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
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.development.rules.consequences import development_reason, recognition_basis
from services.feedback.development.rules.states import (
    ActionState,
    Need,
    RecognitionState,
    actions_superseded_from,
    recognitions_superseded_from,
)
from services.feedback.obligations import owe


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
        "need": Need.DEVELOPMENT.value,
    }
    # Heard twice, or of two versions: the unique index lets one action in force be there, and the rest does nothing.
    making = insert(DevelopmentAction).values(row).on_conflict_do_nothing().returning(col(DevelopmentAction.id))
    if (action_id := (await session.execute(making)).scalar_one_or_none()) is None:
        return
    await _ask_rater(session, result, action_id)
    event = DevelopmentProposed(
        tenant_id=result.tenant_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        action_id=action_id,
        reason=reason,
    )
    emit(session, event, reason=reason)


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
    # As with an action; a recognition is owed by nobody, the office finds it in its list.
    making = insert(Recognition).values(row).on_conflict_do_nothing().returning(col(Recognition.id))
    if (recognition_id := (await session.execute(making)).scalar_one_or_none()) is None:
        return
    event = RecognitionProposed(
        tenant_id=result.tenant_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        recognition_id=recognition_id,
        kind=kind,
        basis=basis,
    )
    emit(session, event, reason=basis)


async def supersede(session: AsyncSession, event: ResultSuperseded) -> None:
    """What followed from the version before no longer counts; what a rater has planned with the person goes on."""
    recognitions = await _superseded_recognitions(session, event.result_id)
    actions = await _superseded_actions(session, event.result_id)
    if actions:
        kind, tenant_id = ObligationKind.PLAN_DEVELOPMENT, event.tenant_id
        await close_obligations(session, OBLIGATIONS, kind, actions, tenant_id=tenant_id, state="CANCELLED")
        check_cleared(session, tenant_id=tenant_id, cycle_id=event.cycle_id, phase=Phase.FOLLOW_UP)
    # One event names at most one of each; a reward beside a recognition, or coaching beside training, has its own.
    for recognition_id, action_id in zip_longest(recognitions, actions):
        superseded = ConsequencesSuperseded(
            tenant_id=event.tenant_id,
            cycle_id=event.cycle_id,
            servant_id=event.servant_id,
            result_id=event.result_id,
            by_version=event.by_version,
            recognition_id=recognition_id,
            action_id=action_id,
        )
        emit(session, superseded)


async def _superseded_recognitions(session: AsyncSession, result_id: UUID) -> Sequence[UUID]:
    # Guard and move in one statement, here and below: who decides or plans at the same moment is waited for, and the
    # state is looked at again after that.
    moving = (
        update(Recognition)
        .where(
            col(Recognition.result_id) == result_id,
            col(Recognition.state).in_(recognitions_superseded_from()),
        )
        .values(state=RecognitionState.SUPERSEDED.value)
        .returning(col(Recognition.id))
    )
    return sorted((await session.scalars(moving)).all())


async def _superseded_actions(session: AsyncSession, result_id: UUID) -> Sequence[UUID]:
    moving = (
        update(DevelopmentAction)
        .where(
            col(DevelopmentAction.result_id) == result_id,
            col(DevelopmentAction.state).in_(actions_superseded_from()),
        )
        .values(state=ActionState.SUPERSEDED.value)
        .returning(col(DevelopmentAction.id))
    )
    return sorted((await session.scalars(moving)).all())
