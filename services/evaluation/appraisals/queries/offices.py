"""Who acts for the performance office about whom in a cycle: by today's relations and by those that appraisals froze."""

from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import offices
from kit.conflicts import Offices
from services.evaluation.appraisals.models import Appraisal

_RATER, _ASSESSOR = col(Appraisal.rater_id), col(Appraisal.assessed_by)


async def in_cycle(session: AsyncSession, cycle_id: UUID) -> Offices:
    """Who acts about whom; a superior who assessed in the place of a silent rater is tied as the rater is.

    Who assessed for the office, because nobody rates the person, is not tied by that.
    """
    here, servant = col(Appraisal.cycle_id) == cycle_id, col(Appraisal.servant_id)
    return await offices.offices(
        session,
        offices.Rated(servant, _RATER, here),
        offices.Rated(servant, _ASSESSOR, and_(here, _ASSESSOR != _RATER)),
    )
