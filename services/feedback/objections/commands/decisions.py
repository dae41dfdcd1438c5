"""The decision on an objection: the rater's superior upholds or amends, with a reason, and it is final."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.feedback.objections import Decision, ObjectionDecided
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import require_office
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.amendments import changes_something, check_scores
from services.feedback.objections.commands.hearings import close_hearing, is_over
from services.feedback.objections.commands.objections import cancel_obligations, locked
from services.feedback.objections.events import about
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.authorities import parties_of, stands_above
from services.feedback.objections.queries.documents import parties_today
from services.feedback.objections.queries.objections import contested_result, recorded_decision
from services.feedback.objections.rules.authorities import no_conflict
from services.feedback.objections.rules.decisions import ScoredDecision, check_decision, itemised
from services.feedback.objections.rules.hearings import may_decide
from services.feedback.objections.rules.states import decided, is_open
from services.feedback.relations import acting_relations
from services.feedback.texts import REASON, required

_WHAT = ("decide an objection", "memutus keberatan")


async def decide(session: AsyncSession, objection_id: UUID, *, decision: ScoredDecision) -> Objection:
    """Uphold or amend, once; only the authority or who owes it now, never a party."""
    objection = await locked(session, objection_id)
    await _check_authority(session, objection)
    reasoned = decision.model_copy(update={"reason": required(decision.reason, name=REASON)})
    final = itemised(reasoned, objection.items)
    if not is_open(objection.state):
        return _if_same(objection, final)
    may_decide(objection.state, over=await is_over(session, objection))
    result = await contested_result(session, objection)
    numbers = {"criteria": result.criteria, "indicators": result.indicators}
    await check_scores(session, objection.cycle_id, final.scores, **numbers)
    check_decision(
        final,
        result_rating=result.result_rating,
        behaviour_rating=result.behaviour_rating,
        rescored=changes_something(final.scores, **numbers),
    )
    # The limit may have passed a moment ago, before the workflow closed the hearing: then the decision does.
    await close_hearing(session, objection)
    _record(session, objection, final)
    objection.parties = await parties_today(session, objection)
    await _close(session, objection, final)
    return objection


async def _check_authority(session: AsyncSession, objection: Objection) -> None:
    found = await acting_relations(
        session,
        servant_id=objection.servant_id,
        rater_id=objection.rater_id,
        authority_id=objection.authority_id,
        obligation=ObligationKind.DECIDE_OBJECTION,
        subject_id=objection.id,
        done_by=objection.decided_by,
    )
    require(found, Relation.AUTHORITY, Relation.DEBTOR, what=_WHAT)
    no_conflict(actor(session).id, parties=await parties_of(session, objection))
    await _require_no_officer_with_a_conflict(session, objection)


async def _require_no_officer_with_a_conflict(session: AsyncSession, objection: Objection) -> None:
    """An officer who is none of the rater's superiors decides for the office."""
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        return
    if not await stands_above(session, who.id, await contested_result(session, objection)):
        about = (objection.servant_id, objection.rater_id)
        await require_office(session, *about, cycle_id=objection.cycle_id, what=_WHAT)


def _if_same(objection: Objection, decision: ScoredDecision) -> Objection:
    if decision == recorded_decision(objection):
        return objection
    raise Refused(
        f"this objection is {objection.state.lower()} already, and that is final",
        f"keberatan ini sudah berstatus {objection.state} dan bersifat final",
    )


def _record(session: AsyncSession, objection: Objection, decision: ScoredDecision) -> None:
    objection.state = decided(objection.state, decision.outcome)
    objection.outcome, objection.reason = decision.outcome.value, decision.reason
    objection.result_rating, objection.behaviour_rating = decision.result_rating, decision.behaviour_rating
    objection.decided_items = [one.model_dump() for one in decision.items]
    objection.scores = [one.model_dump(mode="json") for one in decision.scores]
    objection.decided_at, objection.decided_by = clock(session).now(), actor(session).id


async def _close(session: AsyncSession, objection: Objection, decision: ScoredDecision) -> None:
    kind, tenant_id = ObligationKind.DECIDE_OBJECTION, objection.tenant_id
    # First done, then cancelled: what is left is owed by nobody, but who decided has done it.
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id)
    await cancel_obligations(session, objection)
    said = Decision.model_validate(decision.model_dump(exclude={"scores"}))
    event = ObjectionDecided(
        **about(objection), authority_id=actor(session).id, decision=said, scores=decision.scores or None
    )
    emit(session, event, reason=decision.reason)
