"""Who acts for the performance office about whom, as the registry has its people today; the rule is ``kit.conflicts``."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.access import require_role
from kit.conflicts import Offices
from kit.db import actor

_HOLDERS = text(
    """
    select id, roles, nip from (
        select id, roles || held_roles as roles, nip from servants
        where tenant_id = :tenant and roles || held_roles && cast(:roles as text[]) and active and status = 'ACTIVE'
        union all
        select id, roles, '' from accounts where tenant_id = :tenant and roles && cast(:roles as text[]) and active
    ) as holders order by nip, id
    """
)
_ROLES = [Role.PERFORMANCE_OFFICE.value, Role.APPOINTING_AUTHORITY.value]
_TIES = text(
    """
    select id, rater_id from servants
    where tenant_id = :tenant and rater_id is not null and (id = any(:ids) or rater_id = any(:ids))
    """
)
# The head of the city's root unit; where nobody heads it (the mayor is no civil servant), the head whom no
# civil servant rates, and of several whoever leads most of the other heads.
_APPOINTING = text(
    """
    select s.id from servants s join units u on u.tenant_id = s.tenant_id and u.id = s.unit_id
    where s.tenant_id = :tenant and s.is_head and s.active and s.status = 'ACTIVE'
        and (u.parent_id is null or not exists (
            select 1 from servants r where r.tenant_id = s.tenant_id and r.id = s.rater_id
        ))
    order by u.parent_id is null desc, (
        select count(*) from servants l where l.tenant_id = s.tenant_id and l.rater_id = s.id and l.is_head
    ) desc, s.nip
    limit 1
    """
)


async def require_some_office(session: AsyncSession, *, what: tuple[str, str]) -> None:
    """Raises Forbidden for whoever can act for the office about nobody, before anything is told of whom it is about."""
    who = actor(session)
    if who.is_system or who.has(Role.PERFORMANCE_OFFICE) or who.has(Role.APPOINTING_AUTHORITY):
        return
    if who.id != await _appointing(session):
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)


async def _appointing(session: AsyncSession) -> UUID | None:
    found: UUID | None = (await session.scalars(_APPOINTING, {"tenant": actor(session).tenant_id})).first()
    return found


async def offices(session: AsyncSession) -> Offices:
    """Who acts about whom, by today's relations; before the first import nobody is known, and nobody tied."""
    who = actor(session)
    tenant = {"tenant": who.tenant_id}
    holders = (await session.execute(_HOLDERS, tenant | {"roles": _ROLES})).all()
    officers, declared = (tuple(one.id for one in holders if role in one.roles) for role in _ROLES)
    ties = (await session.execute(_TIES, tenant | {"ids": [*officers, who.id]})).all()
    found = frozenset((row.id, row.rater_id) for row in ties)
    appointing = declared[0] if declared else await _appointing(session)
    return Offices(officers, appointing, found, declared)
