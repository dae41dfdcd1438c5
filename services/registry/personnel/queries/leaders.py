"""Whoever may be named as a leader: a civil servant, or a regional head, who is none (PermenPANRB 6/2022, L IV.A.12)."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.personnel import AT_WORK, Status
from kit.errors import Refused
from services.registry.holders.models import Account
from services.registry.personnel.queries import lines
from services.registry.servants.rules.ranks import may_rate

REGIONAL_HEADS = frozenset({Role.CITY_LEADER.value, Role.APPOINTING_AUTHORITY.value})
"""Offices of a regional head and the deputy; whoever holds another office without a NIP leads nobody."""


class Leader(NamedTuple):
    """Whether somebody can lead, and by the hierarchy."""

    name: str
    status: str
    by_rank: bool

    @property
    def at_work(self) -> bool:
        """Only who is can lead anybody."""
        return Status(self.status) in AT_WORK


async def account(session: AsyncSession, person_id: UUID) -> Account | None:
    """The account with this id, if there is one."""
    return (await session.scalars(select(Account).where(col(Account.id) == person_id))).first()


async def leader(session: AsyncSession, person_id: UUID) -> Leader:
    """A civil servant or a regional head; raises NotFound, or Refused for an account that is no regional head's."""
    found = await account(session, person_id)
    if found is None:
        return await servant(session, person_id)
    await require_regional_head(session, person_id)
    return Leader(found.name, Status.ACTIVE.value, by_rank=True)


async def servant(session: AsyncSession, person_id: UUID) -> Leader:
    """A civil servant; raises NotFound."""
    found = await lines.servant(session, person_id)
    return Leader(found.name, found.status, may_rate(found.position_kind, is_head=found.is_head))


async def require_regional_head(session: AsyncSession, person_id: UUID) -> None:
    """Raises Refused unless this is the account of a regional head or the deputy, in office today."""
    found = await account(session, person_id)
    if found is None or not found.active or REGIONAL_HEADS.isdisjoint(found.roles):
        raise Refused(
            "this is no regional head in office: declare the head first (POST /v1/office-holders with the role "
            "APPOINTING_AUTHORITY or CITY_LEADER)",
            "bukan kepala daerah yang sedang menjabat: tetapkan dahulu kepala daerah (POST /v1/office-holders dengan "
            "peran APPOINTING_AUTHORITY atau CITY_LEADER)",
        )
