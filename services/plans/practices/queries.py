"""Which good practices a plan may take over."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import Invalid, fault
from services.plans.practices.models import KnownPractice


async def require_available(session: AsyncSession, practices: Sequence[UUID]) -> None:
    """Raises Invalid, naming each that is not in the city's library."""
    if not practices:
        return
    there = select(col(KnownPractice.id)).where(col(KnownPractice.id).in_(practices), col(KnownPractice.available))
    if missing := set(practices) - set((await session.scalars(there)).all()):
        errors = [
            fault(
                f"practices.{number}",
                "not in the library of good practices: GET /practices lists it",
                "tidak ada di pustaka praktik baik: lihat GET /practices",
            )
            for number, one in enumerate(practices)
            if one in missing
        ]
        raise Invalid(
            "a practice that is taken over is not in the city's library",
            "praktik yang diadopsi tidak ada di pustaka praktik baik kota",
            errors=errors,
        )
