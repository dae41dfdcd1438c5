"""Notices that wait to be mailed: each of the staff learns that a plan came back."""

from datetime import timedelta
from uuid import UUID

from contracts.base import Phase, new_id
from contracts.obligations import Obligation, ObligationKind
from contracts.plans.obligations import ObligationsOpened
from contracts.plans.plans import PlanReturned
from kit.db import Database
from services.notify.notices.commands.notices import notify
from services.notify.todos.commands import take_opened
from tests.support.arriving import arrive
from tests.support.people import Cycle, Office


async def owes(
    database: Database,
    office: Office,
    cycle: Cycle,
    debtor: UUID,
    *,
    kind: ObligationKind = ObligationKind.REPORT_ACTUALS,
    about: UUID | None = None,
) -> UUID:
    """The debtor owes a report; returns the obligation."""
    one, now = new_id(), database.clock.now()
    item = Obligation(
        id=one,
        kind=kind,
        subject_id=new_id(),
        about_id=about or debtor,
        debtor_id=debtor,
        superior_id=office.rater(debtor),
        due_at=now + timedelta(days=10),
        opened_at=now,
    )
    event = ObligationsOpened(tenant_id=office.tenant_id, cycle_id=cycle.id, phase=Phase.EXECUTION, items=[item])
    await arrive(database, event, take_opened)
    return one


async def tell_staff(database: Database, office: Office) -> None:
    for servant in office.staff:
        await tell_one(database, office, servant)


async def tell_one(database: Database, office: Office, servant: UUID) -> None:
    event = PlanReturned(
        tenant_id=office.tenant_id,
        plan_id=new_id(),
        cycle_id=new_id(),
        servant_id=servant,
        returned_by=office.section_head,
        reason="Target belum terukur",
        round=1,
    )
    await arrive(database, event, notify)
