"""Reads of who holds an office."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.errors import NotFound
from kit.keyset import Found, Window, read_rows
from services.registry.holders.models import Account, Declaration
from services.registry.servants.models import Servant


class Held(NamedTuple):
    """A declaration with the holder's name."""

    declaration: Declaration
    name: str


async def page(session: AsyncSession, *, window: Window, role: Role | None, on: date | None) -> Found[Held]:
    """A page of declarations, oldest first; of one role, or of those that count on a day."""
    name: Any = func.coalesce(col(Servant.name), col(Account.name))
    looking = (
        select(Declaration, name)
        .outerjoin(Servant, col(Servant.id) == col(Declaration.person_id))
        .outerjoin(Account, col(Account.id) == col(Declaration.person_id))
    )
    if role is not None:
        looking = looking.where(col(Declaration.role) == role.value)
    if on is not None:
        lasts = or_(col(Declaration.valid_until).is_(None), col(Declaration.valid_until) >= on)
        looking = looking.where(col(Declaration.valid_from) <= on, lasts)
    found = await read_rows(session, looking, col(Declaration.id), window=window)
    return Found([Held(*row) for row in found.items], found.next)


async def is_servant(session: AsyncSession, person_id: UUID) -> bool:
    """Whether a civil servant of the city, past ones too, has this id."""
    return (await session.scalars(select(col(Servant.id)).where(col(Servant.id) == person_id))).first() is not None


async def is_account(session: AsyncSession, person_id: UUID) -> bool:
    """Whether an account of the city has this id."""
    return (await session.scalars(select(col(Account.id)).where(col(Account.id) == person_id))).first() is not None


async def name_of(session: AsyncSession, person_id: UUID) -> str:
    """What the holder is called, civil servant or not; raises NotFound."""
    for table in (Servant, Account):
        name = (await session.scalars(select(col(table.name)).where(col(table.id) == person_id))).first()
        if name is not None:
            return name
    raise NotFound("no such civil servant or account in this city", "pegawai atau akun tidak ada di kota ini")
