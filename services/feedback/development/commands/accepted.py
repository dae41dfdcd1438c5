"""What an accepted proposal opens here: a development action with its clock, or an entry among the recognitions.

There is one register: training that is accepted for a result below target joins the action that the result had opened.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.evaluation.proposals import ProposalDecided, ProposalKind
from contracts.feedback.development import DevelopmentProposed, RecognitionDecided
from contracts.obligations import ObligationKind
from directory import queries
from directory.offices import arrived, in_cycle
from kit.db import clock
from kit.outbox import emit
from services.feedback.development.models import Recognition
from services.feedback.development.rules.states import ActionState, Need, RecognitionState
from services.feedback.obligations import owe

_NEEDS = {ProposalKind.TRAINING_NEED: Need.DEVELOPMENT, ProposalKind.COACHING: Need.COACHING}

# The literal condition is that of the unique index. What was heard before, and what an earlier accepted proposal opened,
# keeps what it has: no row comes back then. `xmax = 0` tells a row that is new from one that was joined.
_OPEN = text(
    """
    insert into development_actions (tenant_id, id, cycle_id, servant_id, rater_id, result_id, reason, state, need,
        proposal_id)
    values (:tenant, :id, :cycle, :servant, :rater, :result, :reason, :state, :need, :proposal)
    on conflict (tenant_id, cycle_id, servant_id, need) where state <> 'SUPERSEDED'
    do update set proposal_id = excluded.proposal_id, reason = development_actions.reason || '; ' || excluded.reason
        where development_actions.proposal_id is null
    returning id, (xmax = 0) as is_new
    """
)


async def open_accepted(session: AsyncSession, event: ProposalDecided) -> None:
    """Accepted help happens, and an accepted reward is recorded; heard twice, once."""
    if not event.accepted:
        return
    if (need := _NEEDS.get(event.kind)) is not None:
        await _open_action(session, event, need)
    elif event.kind is ProposalKind.INNOVATION_REWARD:
        await _record_reward(session, event)


async def _open_action(session: AsyncSession, event: ProposalDecided, need: Need) -> None:
    member = await queries.member(session, event.cycle_id, event.servant_id)
    rater_id = member.rater_id or arrived(await in_cycle(session, event.cycle_id), event.servant_id)
    values = _action(event, need, rater_id)
    if (row := (await session.execute(_OPEN, values)).one_or_none()) is None:
        return
    if row.is_new:
        await owe(
            session,
            ObligationKind.PLAN_DEVELOPMENT,
            cycle_id=event.cycle_id,
            subject_id=row.id,
            debtors=[rater_id],
            about_id=event.servant_id,
            superior_id=member.authority_id,
        )
    opened = DevelopmentProposed(
        tenant_id=event.tenant_id,
        cycle_id=event.cycle_id,
        servant_id=event.servant_id,
        action_id=row.id,
        reason=event.reason,
        proposal_id=event.proposal_id,
        rater_id=rater_id,
    )
    emit(session, opened, reason=event.reason)


def _action(event: ProposalDecided, need: Need, rater_id: UUID) -> dict[str, Any]:
    return {
        "tenant": event.tenant_id,
        "id": new_id(),
        "cycle": event.cycle_id,
        "servant": event.servant_id,
        "rater": rater_id,
        "result": event.result_id,
        "reason": event.reason,
        "state": ActionState.PROPOSED.value,
        "need": need.value,
        "proposal": event.proposal_id,
    }


async def _record_reward(session: AsyncSession, event: ProposalDecided) -> None:
    """The official has decided: the register holds it as approved, with the reason; its document is added to it."""
    row = {
        "tenant_id": event.tenant_id,
        # The entry has the id of its proposal: what is heard twice meets its own row.
        "id": event.proposal_id,
        "cycle_id": event.cycle_id,
        "servant_id": event.servant_id,
        "result_id": event.result_id,
        "kind": event.kind.value,
        "basis": "; ".join(f"{name} {value}" for name, value in sorted(event.details.items())) or event.kind.value,
        "state": RecognitionState.APPROVED.value,
        "decided_by": event.decided_by,
        "decided_at": clock(session).now(),
        "reason": event.reason,
        "proposal_id": event.proposal_id,
    }
    making = insert(Recognition).values(row).on_conflict_do_nothing().returning(col(Recognition.id))
    if (await session.execute(making)).scalar_one_or_none() is None:
        return
    recorded = RecognitionDecided(
        tenant_id=event.tenant_id,
        cycle_id=event.cycle_id,
        servant_id=event.servant_id,
        recognition_id=event.proposal_id,
        approved=True,
        reason=event.reason,
        kind=event.kind.value,
    )
    emit(session, recorded, reason=event.reason)
