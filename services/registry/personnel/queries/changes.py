"""Reads of changes of personnel."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.personnel.models import PersonnelChange


async def changes(
    session: AsyncSession, *, servant_id: UUID | None = None, state: str | None = None
) -> Sequence[PersonnelChange]:
    """Of one person, or in one state; newest day first."""
    rows = select(PersonnelChange).order_by(
        col(PersonnelChange.effective_on).desc(), col(PersonnelChange.recorded_at).desc(), col(PersonnelChange.id)
    )
    if servant_id is not None:
        rows = rows.where(col(PersonnelChange.servant_id) == servant_id)
    if state is not None:
        rows = rows.where(col(PersonnelChange.state) == state)
    return (await session.scalars(rows)).all()
