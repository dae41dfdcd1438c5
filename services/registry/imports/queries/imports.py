"""Reads of imports and of what each line did."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from services.registry.imports.models import Import, ImportRow


async def import_of(session: AsyncSession, import_id: UUID) -> Import:
    """The import; raises NotFound."""
    found = (await session.scalars(select(Import).where(col(Import.id) == import_id))).first()
    if found is None:
        raise NotFound(f"no import {import_id}", f"impor {import_id} tidak ada")
    return found


async def import_rows(
    session: AsyncSession, import_id: UUID, *, after: int, limit: int, outcome: str | None = None
) -> Sequence[ImportRow]:
    """What each line did, in the order of the files."""
    rows = select(ImportRow).where(col(ImportRow.import_id) == import_id, col(ImportRow.number) > after)
    if outcome is not None:
        rows = rows.where(col(ImportRow.outcome) == outcome)
    return (await session.scalars(rows.order_by(col(ImportRow.number)).limit(limit))).all()
