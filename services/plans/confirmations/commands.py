"""The servant's answer to a plan that was set, and what is recorded where there was none."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.obligations import ObligationKind
from contracts.plans.confirmations import Answer
from directory import queries as directory
from directory.relations import Relation, relations, require
from kit.db import actor, clock
from kit.errors import Stale
from kit.outbox import emit
from services.plans.confirmations import events
from services.plans.confirmations.models import Confirmation
from services.plans.confirmations.queries import latest
from services.plans.confirmations.rules import require_next, require_reason
from services.plans.cycles.rules import require_before_evaluation
from services.plans.dialogues.models import Dialogue
from services.plans.plans.commands.locks import lock_obligation, locked
from services.plans.plans.commands.obligations import done
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import Act, move


async def answer(
    session: AsyncSession, plan_id: UUID, *, answer: Answer, reason: str | None, plan_version: int | None = None
) -> Confirmation:
    """Agree with the plan that was set, or disagree with a reason; the same answer again is the same one."""
    await lock_obligation(session, ObligationKind.CONFIRM_PLAN, plan_id)
    plan = await locked(session, plan_id)
    found = relations(actor(session), servant_id=plan.servant_id)
    require(found, Relation.SELF, what=("confirm this plan", "mengonfirmasi rencana ini"))
    move(plan.state, Act.CONFIRM)
    _require_version(plan, plan_version)
    require_reason(answer, reason)
    before = await latest(session, plan.id, plan.plan_version)
    if before is not None and before.answer == answer:
        return before
    require_next(None if before is None else Answer(before.answer), answer)
    require_before_evaluation((await directory.cycle(session, plan.cycle_id)).phase)
    late = await done(session, plan, ObligationKind.CONFIRM_PLAN) or before is not None
    said = _said(session, plan, answer, reason=reason, late=late)
    session.add(said)
    if answer is Answer.AGREED:
        await _confirm_dialogues(session, plan)
    emit(session, events.confirmed(plan, said, set_by=plan.set_by or plan.servant_id), reason=reason)
    return said


async def record_silence(session: AsyncSession, plan_ids: Sequence[UUID]) -> None:
    """Nobody answered in time: that is what is recorded, and no consent is made of it."""
    theirs = select(Plan).where(col(Plan.id).in_(plan_ids), col(Plan.set_by).is_not(None))
    for plan in (await session.scalars(theirs)).all():
        said = _said(session, plan, Answer.SILENT, reason=None, late=True)
        session.add(said)
        emit(session, events.confirmed(plan, said, set_by=plan.set_by or plan.servant_id))


def _said(session: AsyncSession, plan: Plan, answer: Answer, *, reason: str | None, late: bool) -> Confirmation:
    return Confirmation(
        tenant_id=plan.tenant_id,
        id=new_id(),
        plan_id=plan.id,
        plan_version=plan.plan_version,
        answer=answer,
        reason=reason,
        answered_at=clock(session).now(),
        late=late,
    )


def _require_version(plan: Plan, plan_version: int | None) -> None:
    if plan_version is not None and plan_version != plan.plan_version:
        raise Stale(
            f"version {plan.plan_version} of the plan was set meanwhile: read it first",
            f"rencana versi {plan.plan_version} telah ditetapkan: baca lebih dahulu",
            version=plan.plan_version,
        )


async def _confirm_dialogues(session: AsyncSession, plan: Plan) -> None:
    """Who agrees with the plan agrees with what its leader wrote down of their talk in this round."""
    confirming = (
        update(Dialogue)
        .where(
            col(Dialogue.plan_id) == plan.id,
            col(Dialogue.round) == plan.round,
            col(Dialogue.recorded_by) != plan.servant_id,
            col(Dialogue.confirmed_by).is_(None),
        )
        .values(confirmed_by=plan.servant_id, confirmed_at=clock(session).now())
        .execution_options(synchronize_session=False)
    )
    await session.execute(confirming)
