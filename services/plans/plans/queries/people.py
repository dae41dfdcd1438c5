"""What the copy of people says of the servant whose plan it is."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import Status
from directory.models import Person


async def on_study_leave(session: AsyncSession, servant_id: UUID) -> bool:
    """Whether the person is away to study, as far as the registry's events have arrived."""
    looking = select(col(Person.status)).where(col(Person.id) == servant_id)
    return (await session.scalars(looking)).first() == Status.STUDY_LEAVE
