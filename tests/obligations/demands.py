"""Obligations to try the package with, emitted as those of plans are."""

from datetime import timedelta
from uuid import UUID

from contracts.base import Phase, new_id
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from contracts.plans.obligations import OBLIGATIONS
from kit.db import Database
from obligations.closing import close_obligations
from obligations.ladders import climb
from obligations.opening import open_obligations
from obligations.rows import NewObligation
from obligations.terms import Terms
from tests.support.policies import calendar

CITY = "16.71"
LADDER = Ladder(
    due_days=5,
    rungs=(
        Rung(days=-2, step=Step.REMIND),
        Rung(days=1, step=Step.ESCALATE),
        Rung(days=2, step=Step.HAND_OVER),
        Rung(days=3, step=Step.OFFICE),
        Rung(days=4, step=Step.LAPSE),
    ),
)


def owed(count: int = 1) -> list[NewObligation]:
    """Obligations of different people with a superior and an office."""
    superior, office = new_id(), new_id()
    return [
        NewObligation(subject_id=new_id(), debtor_id=new_id(), superior_id=superior, office_id=office)
        for _ in range(count)
    ]


async def open_all(database: Database, cycle_id: UUID, some: list[NewObligation], *, tenant_id: str = CITY) -> int:
    """Open them in the planning phase; returns how many were new."""
    now = database.clock.now()
    due = now + timedelta(days=7)
    rungs = climb(LADDER, due, now, calendar())
    terms = Terms(kind=ObligationKind.PROPOSE_PLAN, phase=Phase.PLANNING, cycle_id=cycle_id, due_at=due, rungs=rungs)
    async with database.transaction(tenant_id) as session:
        return await open_obligations(session, OBLIGATIONS, terms, some, tenant_id=tenant_id)


async def close_one(database: Database, one: NewObligation, *, tenant_id: str = CITY) -> int:
    """Close the obligation about one subject; returns how many were open."""
    async with database.transaction(tenant_id) as session:
        rows = await close_obligations(
            session, OBLIGATIONS, ObligationKind.PROPOSE_PLAN, [one.subject_id], tenant_id=tenant_id
        )
        return len(rows)
