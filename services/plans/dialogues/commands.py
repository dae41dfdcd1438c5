"""Dialogues about a plan: written down by one side, confirmed by the other."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.obligations import ObligationKind
from contracts.plans.dialogues import DialogueRecorded
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.plans.dialogues.models import Dialogue
from services.plans.plans.commands.locks import locked
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import LEADERS, relations_to
from services.plans.plans.rules.states import Act, move


async def record(
    session: AsyncSession, plan_id: UUID, *, held_on: date, summary: str, agreed: str, purpose: str
) -> Dialogue:
    """Write down a dialogue; the same one again is the same one."""
    plan = await locked(session, plan_id)
    found = await relations_to(session, plan, ObligationKind.ANSWER_PLAN)
    require(found, Relation.SELF, *LEADERS, what=("record a dialogue", "mencatat dialog"))
    move(plan.state, Act.TALK)
    now, acting = clock(session).now(), actor(session).id
    if held_on > local_date(now, await directory.calendar(session)):
        raise Invalid("held_on lies in the future", "held_on berada di masa depan")
    # The plan is locked: the same dialogue sent twice at once is found here by the second.
    same = await _same(session, plan, recorded_by=acting, held_on=held_on, purpose=purpose, summary=summary)
    if same is not None:
        return same
    dialogue = Dialogue(
        tenant_id=plan.tenant_id,
        id=new_id(),
        plan_id=plan.id,
        round=plan.round,
        purpose=purpose,
        held_on=held_on,
        summary=summary,
        agreed=agreed,
        recorded_by=acting,
        recorded_at=now,
    )
    session.add(dialogue)
    emit(session, _recorded(plan, dialogue))
    return dialogue


def _recorded(plan: Plan, dialogue: Dialogue) -> DialogueRecorded:
    return DialogueRecorded(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        dialogue_id=dialogue.id,
        held_on=dialogue.held_on,
        recorded_by=dialogue.recorded_by,
    )


async def _same(
    session: AsyncSession, plan: Plan, *, recorded_by: UUID, held_on: date, purpose: str, summary: str
) -> Dialogue | None:
    before = select(Dialogue).where(
        col(Dialogue.plan_id) == plan.id,
        col(Dialogue.round) == plan.round,
        col(Dialogue.purpose) == purpose,
        col(Dialogue.recorded_by) == recorded_by,
        col(Dialogue.held_on) == held_on,
        col(Dialogue.summary) == summary,
    )
    return (await session.scalars(before)).first()


async def confirm(session: AsyncSession, dialogue_id: UUID) -> Dialogue:
    """The other side says that it was so; the first confirmation stands."""
    # Locked before it is read: of two confirmations at once the first one stands.
    lock = select(Dialogue).where(col(Dialogue.id) == dialogue_id).with_for_update(key_share=True)
    dialogue = (await session.scalars(lock)).first()
    if dialogue is None:
        raise NotFound(f"no dialogue {dialogue_id} in this city", f"dialog {dialogue_id} tidak ada di kota ini")
    plan = (await session.scalars(select(Plan).where(col(Plan.id) == dialogue.plan_id))).one()
    found = await relations_to(session, plan, ObligationKind.ANSWER_PLAN)
    others = LEADERS if dialogue.recorded_by == plan.servant_id else (Relation.SELF,)
    require(found, *others, what=("confirm this dialogue", "mengonfirmasi dialog ini"))
    if dialogue.confirmed_by is None:
        dialogue.confirmed_by, dialogue.confirmed_at = actor(session).id, clock(session).now()
    return dialogue
