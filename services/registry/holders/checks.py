"""Which offices one person may hold, when, and beside which others."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.errors import Refused
from services.registry.holders.models import Declaration

APART = frozenset({Role.PROVINCE})
"""Roles of who is in no city's personnel and holds no other office there; the same account may hold it in several cities."""


async def not_held(session: AsyncSession, person_id: UUID, role: Role, *, since: date, until: date | None) -> None:
    """Raises Refused where the person holds this role in that time already."""
    ends_after = col(Declaration.valid_until).is_(None) | (col(Declaration.valid_until) >= since)
    held = select(col(Declaration.id)).where(
        col(Declaration.person_id) == person_id, col(Declaration.role) == role.value, ends_after
    )
    if until is not None:
        held = held.where(col(Declaration.valid_from) <= until)
    if (found := (await session.scalars(held)).first()) is not None:
        raise Refused(
            "this person holds the role in that time already: end it first",
            "pemegang jabatan ini sudah ditetapkan pada masa itu: akhiri dahulu",
            declaration_id=str(found),
        )


async def goes_with_others(session: AsyncSession, person_id: UUID, role: Role, *, since: date) -> None:
    """Raises Refused: whoever reads cities in numbers alone must not read persons by another office."""
    ends_after = col(Declaration.valid_until).is_(None) | (col(Declaration.valid_until) >= since)
    apart = col(Declaration.role).in_([one.value for one in APART])
    others = select(col(Declaration.id)).where(
        col(Declaration.person_id) == person_id, ends_after, ~apart if role in APART else apart
    )
    if (found := (await session.scalars(others)).first()) is not None:
        raise Refused(
            "an official of the province holds no other office of the city: end the other one first",
            "pejabat provinsi tidak memegang jabatan lain di kota ini: akhiri dahulu jabatan lainnya",
            declaration_id=str(found),
        )
