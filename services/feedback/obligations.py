"""Opens obligations of this service on the terms of a cycle's frozen policy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.offices import in_cycle
from directory.weeks import calendars
from kit.db import clock
from obligations.opening import Source, open_by_week
from obligations.rows import NewObligation
from obligations.terms import Terms, terms

PHASES: dict[ObligationKind, Phase] = {
    ObligationKind.HOLD_SESSION: Phase.PREPARATION,
    ObligationKind.ACKNOWLEDGE_STANDARD: Phase.PREPARATION,
    ObligationKind.GIVE_FEEDBACK: Phase.EXECUTION,
    ObligationKind.ANSWER_IDEA: Phase.EXECUTION,
    ObligationKind.ANSWER_CLARIFICATION: Phase.DISCLOSURE,
    ObligationKind.GIVE_STATEMENT: Phase.OBJECTION,
    ObligationKind.DECIDE_OBJECTION: Phase.OBJECTION,
    ObligationKind.PLAN_DEVELOPMENT: Phase.FOLLOW_UP,
    ObligationKind.COMPLETE_DEVELOPMENT: Phase.FOLLOW_UP,
    ObligationKind.REVIEW_IMPROVEMENT: Phase.FOLLOW_UP,
    ObligationKind.DECIDE_IMPROVEMENT: Phase.FOLLOW_UP,
    ObligationKind.ANSWER_SUPPORT: Phase.EXECUTION,
    ObligationKind.GIVE_COACHING: Phase.EXECUTION,
}
"""The phase that each obligation of this service belongs to, however late it is opened."""


async def owe(
    session: AsyncSession,
    kind: ObligationKind,
    *,
    cycle_id: UUID,
    subject_id: UUID,
    debtors: Sequence[UUID],
    about_id: UUID,
    superior_id: UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Open one obligation about one thing for each debtor; the superior of somebody who is the superior is left out."""
    office_id = (await in_cycle(session, cycle_id)).acting_for(about_id)
    # The superior hears of what others owe; of his or her own obligation only the office does.
    rows = [
        NewObligation(subject_id, debtor, about_id, None if superior_id == debtor else superior_id, office_id)
        for debtor in debtors
    ]
    await owe_all(session, kind, rows, cycle_id=cycle_id, due_at=due_at)


async def owe_all(
    session: AsyncSession,
    kind: ObligationKind,
    source: Source,
    *,
    cycle_id: UUID,
    due_at: datetime | None = None,
) -> None:
    """Open one obligation for each row of ``source`` in one statement."""
    cycle = await queries.cycle(session, cycle_id)
    policy, now = await queries.cycle_policy(session, cycle_id), clock(session).now()

    # Terms for each working week there is: the same due date means another day for who works six days.
    def on(calendar: LegalCalendar) -> Terms:
        return terms(policy, calendar, kind, phase=PHASES[kind], cycle_id=cycle_id, now=now, due_at=due_at)

    weeks = await calendars(session)
    await open_by_week(session, OBLIGATIONS, on, source, weeks=weeks, tenant_id=cycle.tenant_id)
