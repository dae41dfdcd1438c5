"""Reads of changes of personnel."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.states import ChangeState


async def page(
    session: AsyncSession, *, window: Window, servant_id: UUID | None = None, state: ChangeState | None = None
) -> Found[PersonnelChange]:
    """A page of the changes of one person, or of those in one state; newest day first."""
    looking = select(PersonnelChange)
    if servant_id is not None:
        looking = looking.where(col(PersonnelChange.servant_id) == servant_id)
    if state is not None:
        looking = looking.where(col(PersonnelChange.state) == state.value)
    key = (col(PersonnelChange.effective_on), col(PersonnelChange.recorded_at), col(PersonnelChange.id))
    return await read(session, looking, *key, window=window, descending=True)


async def change(session: AsyncSession, change_id: UUID) -> PersonnelChange:
    """The change; raises NotFound."""
    found = (await session.scalars(select(PersonnelChange).where(col(PersonnelChange.id) == change_id))).first()
    if found is None:
        raise NotFound(f"no change {change_id} in this city", f"perubahan {change_id} tidak ada di kota ini")
    return found
