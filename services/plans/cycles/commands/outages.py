"""What an outage of the system extends here: obligations, reports, and the phase that stands open."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from directory.models import CycleCopy
from obligations.extensions import put_off_by, take_outage
from services.plans.reports.commands.due_dates import follow_duties


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work with the system."""
    await put_off_by(session, event, CycleCopy, "phase_due_at", ~col(CycleCopy.closed))
    await take_outage(session, OBLIGATIONS, event)
    await follow_duties(session)
