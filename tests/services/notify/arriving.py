"""Notices that wait to be mailed: each of the staff learns that a plan came back."""

from uuid import UUID

from contracts.base import new_id
from contracts.plans.plans import PlanReturned
from kit.db import Database
from services.notify.notices.commands.notices import notify
from tests.support.arriving import arrive
from tests.support.people import Office


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
