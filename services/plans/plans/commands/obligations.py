"""The obligations around one plan: to propose it, and to answer the proposal."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from directory import queries as directory
from kit.db import clock
from kit.errors import Refused
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from obligations.opening import open_obligations
from obligations.rows import NewObligation
from obligations.terms import terms
from services.plans.plans.models import Plan

MEND_WITHIN = 3
"""Working days to mend a plan that was returned."""


async def ask_to_mend(session: AsyncSession, plan: Plan) -> None:
    """The servant owes the plan again; if he stays silent, his rater does."""
    calendar = await directory.calendar_of(session, plan.servant_id)
    due = due_after(clock(session).now(), MEND_WITHIN, DayKind.WORKING, calendar)
    office = await directory.office(session)
    owed = NewObligation(plan.id, plan.servant_id, plan.servant_id, plan.rater_id or office, office)
    await _open(session, plan, ObligationKind.PROPOSE_PLAN, owed, due_at=due)


async def ask_to_answer(session: AsyncSession, plan: Plan) -> tuple[UUID, datetime]:
    """The rater owes an answer, the office for those whom nobody rates; returns who, and until when."""
    office = await directory.office(session)
    debtor = plan.rater_id or office
    if debtor is None:
        raise Refused(
            "nobody may answer this plan: the city has no performance office",
            "tidak ada yang dapat menjawab rencana ini: kota belum memiliki pengelola kinerja",
        )
    owed = NewObligation(plan.id, debtor, plan.servant_id, plan.authority_id or office, office)
    return debtor, await _open(session, plan, ObligationKind.ANSWER_PLAN, owed)


async def _open(
    session: AsyncSession, plan: Plan, duty: ObligationKind, owed: NewObligation, *, due_at: datetime | None = None
) -> datetime:
    policy = await directory.cycle_policy(session, plan.cycle_id)
    found = terms(
        policy,
        await directory.calendar_of(session, owed.debtor_id),
        duty,
        phase=Phase.PLANNING,
        cycle_id=plan.cycle_id,
        now=clock(session).now(),
        due_at=due_at,
    )
    await open_obligations(session, OBLIGATIONS, found, [owed], tenant_id=plan.tenant_id)
    return found.due_at


async def done(session: AsyncSession, plan: Plan, duty: ObligationKind, subject_id: UUID | None = None) -> bool:
    """Close an obligation about a plan; whether it was done late."""
    closed = await close_obligations(session, OBLIGATIONS, duty, [subject_id or plan.id], tenant_id=plan.tenant_id)
    now = clock(session).now()
    return any(now > row.due_at for row in closed)
