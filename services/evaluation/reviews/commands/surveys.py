"""Takes in what people said of the appraisal system."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.survey import SystemSurveyed
from kit.db import clock
from services.evaluation.reviews.models import SystemSurvey


async def take(session: AsyncSession, event: SystemSurveyed) -> None:
    """Once a cycle: it is told when nobody answers any more."""
    row = {
        "tenant_id": event.tenant_id,
        "cycle_id": event.cycle_id,
        "people": event.people,
        "means": [str(one) for one in event.means],
        "told_at": clock(session).now(),
    }
    await session.execute(insert(SystemSurvey).values(row).on_conflict_do_nothing())
