"""What an outage of the system extends here: obligations, reports, and the phase that is open."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from directory.models import CycleCopy
from directory.weeks import calendars
from obligations.shifting.outages import postpone_limits, postpone_obligations
from services.plans.reports.commands.due_dates import follow_obligations


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work with the system."""
    weeks = await calendars(session)
    await postpone_limits(session, event, CycleCopy, "phase_due_at", ~col(CycleCopy.closed), weeks=weeks)
    await postpone_obligations(session, OBLIGATIONS, event, weeks)
    await follow_obligations(session)
