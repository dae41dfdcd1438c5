"""Development actions: the rater plans what the result asks for, and records what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.feedback.development import DevelopmentCompleted, DevelopmentPlanned
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.development.models import DevelopmentAction
from services.feedback.development.rules.states import ActionKind, ActionState, completed, planned
from services.feedback.relations import acting_relations
from services.feedback.texts import required


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is to be done, how, and by when."""

    kind: ActionKind
    what: str
    how: str
    due_on: date


async def plan(session: AsyncSession, action_id: UUID, *, agreement: Agreement) -> DevelopmentAction:
    """The rater, or who holds the obligation, plans the action; planned once."""
    action = await _locked(session, action_id)
    await _allow(session, action, "plan a development action", "merencanakan pengembangan")
    what = required(agreement.what, name=("what is to be done", "isi pengembangan"))
    how = required(agreement.how, name=("how it is done", "cara pengembangan"))
    wanted = (agreement.kind.value, what, how, agreement.due_on)
    if action.state != ActionState.PROPOSED and wanted == (action.kind, action.what, action.how, action.due_on):
        return action
    state = planned(action.state)
    if agreement.due_on < local_date(clock(session).now(), await queries.calendar(session)):
        raise Invalid("the due date lies in the past", "tanggal target sudah lewat")
    action.state, action.planned_by = state, actor(session).id
    action.kind, action.what, action.how, action.due_on = wanted
    await _record_plan(session, action, agreement.kind)
    return action


async def _record_plan(session: AsyncSession, action: DevelopmentAction, kind: ActionKind) -> None:
    tenant_id, cycle_id = action.tenant_id, action.cycle_id
    await close_obligations(session, OBLIGATIONS, ObligationKind.PLAN_DEVELOPMENT, [action.id], tenant_id=tenant_id)
    check_cleared(session, tenant_id=tenant_id, cycle_id=cycle_id, phase=Phase.FOLLOW_UP)
    event = DevelopmentPlanned(
        tenant_id=tenant_id,
        cycle_id=cycle_id,
        servant_id=action.servant_id,
        action_id=action.id,
        kind=kind.value,
        planned_by=actor(session).id,
    )
    emit(session, event)


async def _allow(session: AsyncSession, action: DevelopmentAction, en: str, indonesian: str) -> None:
    found = await acting_relations(
        session,
        servant_id=action.servant_id,
        rater_id=action.rater_id,
        obligation=ObligationKind.PLAN_DEVELOPMENT,
        subject_id=action.id,
        done_by=action.planned_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=(en, indonesian))


async def complete(session: AsyncSession, action_id: UUID, *, outcome: str) -> DevelopmentAction:
    """The rater, or who planned it, records what came of it; once."""
    action = await _locked(session, action_id)
    await _allow(session, action, "complete a development action", "menyelesaikan pengembangan")
    result = required(outcome, name=("the outcome", "hasil"))
    if action.state == ActionState.COMPLETED and action.outcome == result:
        return action
    action.state, action.outcome = completed(action.state), result
    action.completed_at = clock(session).now()
    event = DevelopmentCompleted(
        tenant_id=action.tenant_id,
        cycle_id=action.cycle_id,
        servant_id=action.servant_id,
        action_id=action.id,
        outcome=result,
    )
    emit(session, event)
    return action


async def _locked(session: AsyncSession, action_id: UUID) -> DevelopmentAction:
    # Locked against the other party and against a newer version of the result, which supersedes what is not planned.
    one = select(DevelopmentAction).where(col(DevelopmentAction.id) == action_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no development action {action_id}", f"pengembangan {action_id} tidak ada")
    return found
