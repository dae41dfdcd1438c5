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
    if missing := set(practices) - await available(session, practices):
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


async def available(session: AsyncSession, practices: Sequence[UUID]) -> frozenset[UUID]:
    """Those of them that the city's library has now."""
    if not practices:
        return frozenset()
    there = select(col(KnownPractice.id)).where(col(KnownPractice.id).in_(practices), col(KnownPractice.available))
    return frozenset((await session.scalars(there)).all())
