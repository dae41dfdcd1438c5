"""Initiatives, for those whom they concern."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.plans.initiatives.models import Initiative


async def page(
    session: AsyncSession, *, cycle_id: UUID | None, servant_id: UUID | None, window: Window
) -> Found[Initiative]:
    """A page of the initiatives of oneself and of those whom one leads; of everybody for the office."""
    acting, looking = actor(session), select(Initiative)
    if cycle_id is not None:
        looking = looking.where(col(Initiative.cycle_id) == cycle_id)
    if servant_id is not None:
        looking = looking.where(col(Initiative.servant_id) == servant_id)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(
            (col(Initiative.servant_id) == acting.id)
            | (col(Initiative.rater_id) == acting.id)
            | (col(Initiative.authority_id) == acting.id)
        )
    return await read(session, looking, col(Initiative.id), window=window)


READERS = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE)


async def one(session: AsyncSession, initiative_id: UUID) -> Initiative:
    """The initiative, for whose it is, those who lead him or her, and the office; raises NotFound."""
    found = (await session.scalars(select(Initiative).where(col(Initiative.id) == initiative_id))).first()
    if found is None:
        raise NotFound(f"no initiative {initiative_id} in this city", f"inisiatif {initiative_id} tidak ada")
    leading = {"rater_id": found.rater_id, "authority_id": found.authority_id}
    related = relations(actor(session), servant_id=found.servant_id, **leading)
    require(related, *READERS, what=("read this initiative", "membaca inisiatif ini"))
    return found
