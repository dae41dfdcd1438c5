"""Reads of imports and of what each line did."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.registry.imports.models import Import, ImportMapping, ImportRow


async def import_of(session: AsyncSession, import_id: UUID) -> Import:
    """The import; raises NotFound."""
    found = (await session.scalars(select(Import).where(col(Import.id) == import_id))).first()
    if found is None:
        raise NotFound(f"no import {import_id}", f"impor {import_id} tidak ada")
    return found


async def page_of_rows(
    session: AsyncSession, import_id: UUID, *, window: Window, outcome: str | None = None
) -> Found[ImportRow]:
    """A page of what each line did, in the order of the files."""
    looking = select(ImportRow).where(col(ImportRow.import_id) == import_id)
    if outcome is not None:
        looking = looking.where(col(ImportRow.outcome) == outcome)
    return await read(session, looking, col(ImportRow.number), window=window)


async def page_of_mappings(session: AsyncSession, *, window: Window) -> Found[ImportMapping]:
    """What was confirmed of headers."""
    return await read(session, select(ImportMapping), col(ImportMapping.key), window=window)
