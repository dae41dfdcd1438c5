"""What people do in a case of improvement: the rater's monthly review, and the official's decision after the months."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.feedback.improvement import ImprovementDecided, ImprovementOutcome, ImprovementReviewed, Progress
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import require_office, require_some_office
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.improvement.commands.cases import cancel_obligations, extend, locked
from services.feedback.improvement.events import about
from services.feedback.improvement.models import ImprovementCase, ImprovementReview
from services.feedback.improvement.rules import Act, CaseState, decided, moved
from services.feedback.relations import acting_relations
from services.feedback.texts import REASON, required


@dataclass(frozen=True, slots=True)
class Month:
    """What the rater saw in a month, and how to go on."""

    progress: Progress
    findings: str
    next_steps: str


async def review(session: AsyncSession, case_id: UUID, number: int, *, month: Month) -> ImprovementReview:
    """The rater, or who holds the obligation, reviews a month, once; late is possible while the case is open."""
    case = await locked(session, case_id)
    held = await _review(session, case, number)
    found = await acting_relations(
        session,
        servant_id=case.servant_id,
        rater_id=case.rater_id,
        obligation=ObligationKind.REVIEW_IMPROVEMENT,
        subject_id=held.id,
        done_by=held.held_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=("review an improvement", "meninjau perbaikan kinerja"))
    seen = required(month.findings, name=("what was seen", "temuan"))
    following = required(month.next_steps, name=("how to go on", "langkah berikutnya"))
    if held.held_at is not None:
        if (held.progress, held.findings, held.next_steps) == (month.progress, seen, following):
            return held
        raise Refused("this month was reviewed already", "bulan ini sudah ditinjau")
    case.state = moved(case.state, Act.REVIEW)
    held.progress, held.findings, held.next_steps = month.progress.value, seen, following
    held.held_by, held.held_at = actor(session).id, clock(session).now()
    await _close(session, case, held)
    return held


async def _review(session: AsyncSession, case: ImprovementCase, number: int) -> ImprovementReview:
    one = select(ImprovementReview).where(
        col(ImprovementReview.case_id) == case.id, col(ImprovementReview.number) == number
    )
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"month {number} has not begun", f"bulan ke-{number} belum dimulai")
    return found


async def _close(session: AsyncSession, case: ImprovementCase, held: ImprovementReview) -> None:
    kind, tenant_id = ObligationKind.REVIEW_IMPROVEMENT, case.tenant_id
    await close_obligations(session, OBLIGATIONS, kind, [held.id], tenant_id=tenant_id)
    check_cleared(session, tenant_id=tenant_id, cycle_id=case.cycle_id, phase=Phase.FOLLOW_UP)
    event = ImprovementReviewed(
        **about(case), number=held.number, progress=Progress(held.progress or ""), held_by=actor(session).id
    )
    emit(session, event)


_DECIDE = ("decide an improvement case", "memutus kasus perbaikan kinerja")


async def decide(
    session: AsyncSession, case_id: UUID, *, outcome: ImprovementOutcome, reason: str, months: int | None = None
) -> ImprovementCase:
    """A competent official without a conflict of interest decides after the months; nothing follows by itself."""
    await require_some_office(session, what=_DECIDE)
    case = await locked(session, case_id)
    await require_office(session, case.servant_id, cycle_id=case.cycle_id, what=_DECIDE)
    why = required(reason, name=REASON)
    if case.state != CaseState.DECIDABLE and (case.outcome, case.reason) == (outcome, why):
        return case
    case.state = decided(case.state, outcome, months)
    case.outcome, case.reason = outcome.value, why
    case.decided_by, case.decided_at = actor(session).id, clock(session).now()
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.DECIDE_IMPROVEMENT, [case.id], tenant_id=case.tenant_id
    )
    # An extension opens its next review, and with it a new obligation; every other decision ends what is still owed.
    if months is not None:
        await extend(session, case, months=months)
    else:
        await cancel_obligations(session, case)
    check_cleared(session, tenant_id=case.tenant_id, cycle_id=case.cycle_id, phase=Phase.FOLLOW_UP)
    event = ImprovementDecided(
        **about(case), outcome=outcome, reason=why, decided_by=actor(session).id, ends_at=case.ends_at
    )
    emit(session, event, reason=why)
    return case
