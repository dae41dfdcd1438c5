"""The decision on an objection: the rater's superior upholds or amends, with a reason, and it is final."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Rating
from contracts.feedback.objections import DecidedItem, Decision, ObjectionDecided, ObjectionOutcome
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.access import standing
from services.feedback.objections.commands.authorities import parties_of
from services.feedback.objections.commands.hearings import close_hearing, is_over
from services.feedback.objections.commands.objections import about, cancel_duties, locked
from services.feedback.objections.models import Objection
from services.feedback.objections.rules.items import itemised
from services.feedback.objections.rules.objections import check_decision, is_open, may_decide, move, no_conflict
from services.feedback.results.models import ResultCopy
from services.feedback.states import Stage
from services.feedback.words import REASON, required


async def decide(session: AsyncSession, objection_id: UUID, *, decision: Decision) -> Objection:
    """Uphold or amend, once; only the authority or who holds the obligation, never a party."""
    objection = await locked(session, objection_id)
    await _check_judge(session, objection)
    reasoned = decision.model_copy(update={"reason": required(decision.reason, name=REASON)})
    final = itemised(reasoned, objection.items)
    if not is_open(objection.state):
        return _if_same(objection, final)
    may_decide(objection.state, over=await is_over(session, objection))
    result = await _contested(session, objection)
    check_decision(final, result_rating=result.result_rating, behaviour_rating=result.behaviour_rating)
    await close_hearing(session, objection)
    _record(session, objection, final)
    await _tell(session, objection, final)
    return objection


async def _contested(session: AsyncSession, objection: Objection) -> ResultCopy:
    one = select(ResultCopy).where(col(ResultCopy.result_id) == objection.result_id)
    return (await session.scalars(one)).one()


async def _check_judge(session: AsyncSession, objection: Objection) -> None:
    found = await standing(
        session,
        servant_id=objection.servant_id,
        rater_id=objection.rater_id,
        authority_id=objection.authority_id,
        duty=ObligationKind.DECIDE_OBJECTION,
        subject_id=objection.id,
        done_by=objection.decided_by,
    )
    require(found, Relation.AUTHORITY, Relation.DEBTOR, what=("decide an objection", "memutus keberatan"))
    no_conflict(actor(session).id, parties=await parties_of(session, objection))


def _if_same(objection: Objection, decision: Decision) -> Objection:
    if decision == recorded(objection):
        return objection
    raise Refused(
        f"this objection is {objection.state.lower()} already, and that is final",
        f"keberatan ini sudah berstatus {objection.state} dan bersifat final",
    )


def recorded(objection: Objection) -> Decision | None:
    """The decision that stands, if there is one."""
    if objection.outcome is None:
        return None
    return Decision(
        outcome=ObjectionOutcome(objection.outcome),
        reason=objection.reason or "",
        result_rating=None if objection.result_rating is None else Rating(objection.result_rating),
        behaviour_rating=None if objection.behaviour_rating is None else Rating(objection.behaviour_rating),
        items=tuple(DecidedItem.model_validate(one) for one in objection.decided_items or ()),
    )


def _record(session: AsyncSession, objection: Objection, decision: Decision) -> None:
    objection.state = move(objection.state, Stage(decision.outcome.value))
    objection.outcome, objection.reason = decision.outcome.value, decision.reason
    objection.result_rating, objection.behaviour_rating = decision.result_rating, decision.behaviour_rating
    objection.decided_items = [one.model_dump() for one in decision.items]
    objection.decided_at, objection.decided_by = clock(session).now(), actor(session).id


async def _tell(session: AsyncSession, objection: Objection, decision: Decision) -> None:
    kind, tenant_id = ObligationKind.DECIDE_OBJECTION, objection.tenant_id
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id)
    await cancel_duties(session, objection, state="CANCELLED")
    told = ObjectionDecided(**about(objection), authority_id=actor(session).id, decision=decision)
    emit(session, told, reason=decision.reason)
