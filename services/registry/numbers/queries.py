"""Reads of numbers that people had."""

from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from kit.keyset import Found, Window, read
from services.registry.numbers.models import FormerNumber
from services.registry.servants.models import Servant

# A number that was wrong for one person may be somebody's right one: then it is not a former number any more. Of several
# people who had it the last one is meant.
_NOW = text(
    """
    select distinct on (f.former_nip) f.former_nip, s.nip
    from former_numbers f join servants s on s.tenant_id = f.tenant_id and s.id = f.servant_id
    where f.tenant_id = :tenant and s.nip <> f.former_nip
        and not exists (select 1 from servants o where o.tenant_id = f.tenant_id and o.nip = f.former_nip)
    order by f.former_nip, f.recorded_at desc
    """
)


async def numbers_now(session: AsyncSession) -> dict[str, str]:
    """By each former number that is nobody's today: the number that the person has now."""
    rows = await session.execute(_NOW, {"tenant": actor(session).tenant_id})
    return {row.former_nip: row.nip for row in rows}


async def servant_by_former_nip(session: AsyncSession, nip: str) -> Servant | None:
    """Who had this number, the last one of several; None if nobody had."""
    looking = (
        select(Servant)
        .join(
            FormerNumber,
            (col(FormerNumber.tenant_id) == col(Servant.tenant_id)) & (col(FormerNumber.servant_id) == col(Servant.id)),
        )
        .where(col(FormerNumber.former_nip) == nip)
        .order_by(col(FormerNumber.recorded_at).desc())
    )
    return (await session.scalars(looking.limit(1))).first()


async def last_of(session: AsyncSession, servant_id: UUID) -> FormerNumber | None:
    """The number that gave way last."""
    looking = select(FormerNumber).where(col(FormerNumber.servant_id) == servant_id)
    newest = looking.order_by(col(FormerNumber.recorded_at).desc(), col(FormerNumber.id).desc())
    return (await session.scalars(newest.limit(1))).first()


async def page(session: AsyncSession, servant_id: UUID, *, window: Window) -> Found[FormerNumber]:
    """A person's former numbers, oldest first."""
    looking = select(FormerNumber).where(col(FormerNumber.servant_id) == servant_id)
    return await read(session, looking, col(FormerNumber.id), window=window)
