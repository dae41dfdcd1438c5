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
from obligations.legal_dates import end_of_day, local_date
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.development.models import DevelopmentAction
from services.feedback.development.rules.states import ActionKind, ActionState, completed, planned
from services.feedback.obligations import owe
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
    kind = ObligationKind.PLAN_DEVELOPMENT
    await _allow(session, action, kind, "plan a development action", "merencanakan pengembangan")
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
    await _ask_for_the_end(session, action, agreement.due_on)
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


async def _ask_for_the_end(session: AsyncSession, action: DevelopmentAction, due_on: date) -> None:
    """What was agreed has an end that somebody records: whoever planned it owes it on the agreed day."""
    member = await queries.member(session, action.cycle_id, action.servant_id)
    await owe(
        session,
        ObligationKind.COMPLETE_DEVELOPMENT,
        cycle_id=action.cycle_id,
        subject_id=action.id,
        debtors=[actor(session).id],
        about_id=action.servant_id,
        superior_id=member.authority_id,
        due_at=end_of_day(due_on, await queries.calendar(session)),
    )


async def _allow(
    session: AsyncSession, action: DevelopmentAction, kind: ObligationKind, en: str, indonesian: str
) -> None:
    found = await acting_relations(
        session,
        servant_id=action.servant_id,
        rater_id=action.rater_id,
        obligation=kind,
        subject_id=action.id,
        done_by=action.planned_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=(en, indonesian))


async def complete(session: AsyncSession, action_id: UUID, *, outcome: str, held: bool = True) -> DevelopmentAction:
    """The rater, or who owes it, records what came of it, or why it was not held; once, late as well."""
    action = await _locked(session, action_id)
    kind = ObligationKind.COMPLETE_DEVELOPMENT
    await _allow(session, action, kind, "complete a development action", "menyelesaikan pengembangan")
    result = required(outcome, name=("the outcome", "hasil"))
    wanted = ActionState.COMPLETED if held else ActionState.NOT_HELD
    if (action.state, action.outcome) == (wanted, result):
        return action
    action.state, action.outcome = completed(action.state, held=held), result
    now = clock(session).now()
    action.completed_at, action.ended_at = (now, None) if held else (None, now)
    await close_obligations(session, OBLIGATIONS, kind, [action.id], tenant_id=action.tenant_id)
    event = DevelopmentCompleted(
        tenant_id=action.tenant_id,
        cycle_id=action.cycle_id,
        servant_id=action.servant_id,
        action_id=action.id,
        outcome=result,
        not_held=not held,
    )
    emit(session, event)
    return action


async def _locked(session: AsyncSession, action_id: UUID) -> DevelopmentAction:
    # Locked against the other party and against a newer version of the result, which supersedes what is not planned.
    one = select(DevelopmentAction).where(col(DevelopmentAction.id) == action_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no development action {action_id}", f"pengembangan {action_id} tidak ada")
    return found
