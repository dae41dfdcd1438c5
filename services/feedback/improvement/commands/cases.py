"""A case of improvement: started by an accepted proposal, led month by month, given up when its result is replaced."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalSuperseded
from contracts.feedback.improvement import ImprovementDecisionAsked, ImprovementStarted, ImprovementSuperseded
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.offices import arrived, in_cycle
from kit.db import clock
from kit.errors import NotFound
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import end_of_day, local_date, next_working_day
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.improvement.events import about
from services.feedback.improvement.models import ImprovementCase, ImprovementReview
from services.feedback.improvement.rules import MONTHS, Act, CaseState, is_open, months_later, moved
from services.feedback.obligations import owe


async def locked(session: AsyncSession, case_id: UUID) -> ImprovementCase:
    """The case, locked; raises NotFound."""
    # Reviews, the decision and the workflow follow each other: each looks at a state that nobody changes meanwhile.
    one = select(ImprovementCase).where(col(ImprovementCase.id) == case_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no improvement case {case_id}", f"kasus perbaikan kinerja {case_id} tidak ada")
    return found


async def start(session: AsyncSession, event: ProposalDecided) -> None:
    """An accepted proposal of this kind begins six months; heard twice, they begin once."""
    if event.kind is not ProposalKind.IMPROVEMENT_CASE or not event.accepted:
        return
    row = await _begun(session, event)
    # The case has the id of its proposal: what is heard twice meets its own row.
    making = insert(ImprovementCase).values(row).on_conflict_do_nothing().returning(ImprovementCase)
    if (case := (await session.scalars(making)).first()) is None:
        return
    await _open_review(session, case, 1)
    started = ImprovementStarted(
        **about(case), rater_id=case.rater_id, months=MONTHS, ends_at=case.ends_at, basis=case.basis
    )
    emit(session, started)


async def _begun(session: AsyncSession, event: ProposalDecided) -> dict[str, Any]:
    member, now = await queries.member(session, event.cycle_id, event.servant_id), clock(session).now()
    return {
        "tenant_id": event.tenant_id,
        "id": event.proposal_id,
        "cycle_id": event.cycle_id,
        "result_id": event.result_id,
        "servant_id": event.servant_id,
        "rater_id": member.rater_id or arrived(await in_cycle(session, event.cycle_id), event.servant_id),
        "authority_id": member.authority_id,
        "basis": event.reason,
        "state": CaseState.RUNNING.value,
        "started_at": now,
        "months": MONTHS,
        "ends_at": await _after(session, now, MONTHS),
    }


async def _after(session: AsyncSession, start: datetime, months: int) -> datetime:
    calendar = await queries.calendar(session)
    day = months_later(local_date(start, calendar), months)
    return end_of_day(next_working_day(day, calendar), calendar)


async def _open_review(session: AsyncSession, case: ImprovementCase, number: int) -> None:
    due_at = await _after(session, case.started_at, number)
    review = ImprovementReview(tenant_id=case.tenant_id, case_id=case.id, number=number, due_at=due_at)
    session.add(review)
    # Written now: a month that is open already fails here, on its unique number, before anything is owed.
    await session.flush()
    await owe(
        session,
        ObligationKind.REVIEW_IMPROVEMENT,
        cycle_id=case.cycle_id,
        subject_id=review.id,
        debtors=[case.rater_id],
        about_id=case.servant_id,
        superior_id=case.authority_id,
        due_at=due_at,
    )


async def lead_on(session: AsyncSession, case_id: UUID) -> ImprovementCase:
    """Do what the calendar asks for now: open the next month's review, or ask for the decision; asked twice, does it once.

    A month that nobody reviewed keeps its ladder and may be reviewed late.
    """
    case = await locked(session, case_id)
    now = clock(session).now()
    # Several months at once where the workflow or the clock was away; each gets its own review, none is left out.
    while case.state == CaseState.RUNNING and (latest := await latest_review(session, case.id)).due_at <= now:
        if latest.number < case.months:
            await _open_review(session, case, latest.number + 1)
        else:
            await _ask_for_decision(session, case)
    return case


async def latest_review(session: AsyncSession, case_id: UUID) -> ImprovementReview:
    """The review of the month that runs, or of the last one."""
    newest = select(ImprovementReview).where(col(ImprovementReview.case_id) == case_id)
    return (await session.scalars(newest.order_by(col(ImprovementReview.number).desc()).limit(1))).one()


async def _ask_for_decision(session: AsyncSession, case: ImprovementCase) -> None:
    case.state, case.asked_at = moved(case.state, Act.ASK_FOR_DECISION), clock(session).now()
    await owe(
        session,
        ObligationKind.DECIDE_IMPROVEMENT,
        cycle_id=case.cycle_id,
        subject_id=case.id,
        debtors=[arrived(await in_cycle(session, case.cycle_id), case.servant_id)],
        about_id=case.servant_id,
    )
    # `count` of a column leaves nulls out: these are the months that were reviewed.
    counting = select(func.count(col(ImprovementReview.held_at))).where(col(ImprovementReview.case_id) == case.id)
    held = (await session.execute(counting)).scalar_one()
    emit(session, ImprovementDecisionAsked(**about(case), reviews_held=held, reviews_missed=case.months - held))


async def extend(session: AsyncSession, case: ImprovementCase, *, months: int) -> None:
    """More months: the case runs again, from its next review on."""
    case.asked_at, case.months = None, case.months + months
    case.ends_at = await _after(session, case.started_at, case.months)
    await _open_review(session, case, case.months - months + 1)


async def supersede(session: AsyncSession, event: ProposalSuperseded) -> None:
    """The result it came from was replaced: nobody owes anything about it any more."""
    if event.kind is not ProposalKind.IMPROVEMENT_CASE:
        return
    # Not `locked`: of a proposal that was accepted by nobody there is no case, and that is no error here.
    one = select(ImprovementCase).where(col(ImprovementCase.id) == event.proposal_id)
    case = (await session.scalars(one.with_for_update(key_share=True))).first()
    if case is None or not is_open(case.state):
        return
    case.state = moved(case.state, Act.SUPERSEDE)
    await cancel_obligations(session, case)
    emit(session, ImprovementSuperseded(**about(case), by_version=event.by_version))


async def cancel_obligations(session: AsyncSession, case: ImprovementCase) -> None:
    """What is still owed about the case is cancelled."""
    reviews = select(col(ImprovementReview.id)).where(col(ImprovementReview.case_id) == case.id)
    subjects = {
        ObligationKind.REVIEW_IMPROVEMENT: (await session.scalars(reviews)).all(),
        ObligationKind.DECIDE_IMPROVEMENT: [case.id],
    }
    for kind, ids in subjects.items():
        await close_obligations(session, OBLIGATIONS, kind, ids, tenant_id=case.tenant_id, state="CANCELLED")
    check_cleared(session, tenant_id=case.tenant_id, cycle_id=case.cycle_id, phase=Phase.FOLLOW_UP)
