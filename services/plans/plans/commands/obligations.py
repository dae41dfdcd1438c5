"""The obligations around one plan: to propose it, to answer the proposal, and to say whether it was agreed on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from directory import queries as directory
from directory.offices import in_cycle
from kit.db import clock
from kit.errors import Refused
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from obligations.opening import open_obligations
from obligations.rows import IS_OPEN, ROWS, NewObligation
from obligations.terms import terms
from services.plans.plans.models import Plan

_ANSWER_OWED = (
    select(literal(1))
    .where(
        ROWS.c.kind == ObligationKind.ANSWER_PLAN.value,
        ROWS.c.subject_id == bindparam("plan_id"),
        IS_OPEN,
    )
    .limit(1)
)


async def ask_to_revise(session: AsyncSession, plan: Plan) -> None:
    """The servant owes the plan again; if he stays silent, his rater does."""
    calendar = await directory.calendar_of(session, plan.servant_id)
    windows = (await directory.cycle_policy(session, plan.cycle_id)).plan_windows
    due = due_after(clock(session).now(), windows.revise_within, DayKind.WORKING, calendar)
    office = await office_about(session, plan)
    owed = NewObligation(plan.id, plan.servant_id, plan.servant_id, plan.rater_id or office, office)
    await _open(session, plan, ObligationKind.PROPOSE_PLAN, owed, due_at=due)


async def ask_to_answer(session: AsyncSession, plan: Plan) -> tuple[UUID, datetime]:
    """The rater owes an answer, the office for those whom nobody rates; returns who, and until when."""
    office = await office_about(session, plan)
    debtor = plan.rater_id or office
    if debtor is None:
        raise Refused(
            "nobody may answer this plan: the city has no performance office",
            "tidak ada yang dapat menjawab rencana ini: kota belum memiliki pengelola kinerja",
        )
    owed = NewObligation(plan.id, debtor, plan.servant_id, plan.authority_id or office, office)
    return debtor, await _open(session, plan, ObligationKind.ANSWER_PLAN, owed)


async def ask_to_confirm(session: AsyncSession, plan: Plan) -> None:
    """Whose plan was set says whether it was agreed on; of a version that is no more nobody is asked any longer."""
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.CONFIRM_PLAN, [plan.id], tenant_id=plan.tenant_id, state="CANCELLED"
    )
    policy = await directory.cycle_policy(session, plan.cycle_id)
    if plan.ended_on is not None or not policy.features.plan_confirmation:
        return
    office = await office_about(session, plan)
    owed = NewObligation(plan.id, plan.servant_id, plan.servant_id, plan.rater_id or office, office)
    # Of the execution: whoever says nothing must not keep a whole city from beginning.
    await _open(session, plan, ObligationKind.CONFIRM_PLAN, owed, phase=Phase.EXECUTION)


async def office_about(session: AsyncSession, plan: Plan) -> UUID | None:
    """Who acts for the performance office about the plan's servant, if the city has one."""
    return (await in_cycle(session, plan.cycle_id)).acting_for(plan.servant_id)


async def _open(
    session: AsyncSession,
    plan: Plan,
    kind: ObligationKind,
    owed: NewObligation,
    *,
    due_at: datetime | None = None,
    phase: Phase = Phase.PLANNING,
) -> datetime:
    policy = await directory.cycle_policy(session, plan.cycle_id)
    found = terms(
        policy,
        await directory.calendar_of(session, owed.debtor_id),
        kind,
        phase=phase,
        cycle_id=plan.cycle_id,
        now=clock(session).now(),
        due_at=due_at,
    )
    await open_obligations(session, OBLIGATIONS, found, [owed], tenant_id=plan.tenant_id)
    return found.due_at


async def answer_is_owed(session: AsyncSession, plan: Plan) -> bool:
    """Whether somebody owes an answer about the plan now."""
    return (await session.execute(_ANSWER_OWED, {"plan_id": plan.id})).first() is not None


async def done(session: AsyncSession, plan: Plan, kind: ObligationKind, subject_id: UUID | None = None) -> bool:
    """Close an obligation about a plan; whether it was done late."""
    closed = await close_obligations(session, OBLIGATIONS, kind, [subject_id or plan.id], tenant_id=plan.tenant_id)
    now = clock(session).now()
    return any(now > row.due_at for row in closed)
