"""Lets declared roles begin and end on their days, set by set; beside the command, for the registry's worker as well."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.outbox import emit_all
from services.registry.calendars.queries import today
from services.registry.events import servants_recorded
from services.registry.holders import events

# What counts on the day, against what counted so far; only rows that differ are written, and only those are emitted.
_HELD = """
    select person_id, array_agg(distinct role order by role) as roles from office_holders
    where valid_from <= :today and (valid_until is null or valid_until >= :today) group by person_id
"""
_SERVANTS = text(
    f"""
    with held as ({_HELD})
    update servants s set held_roles = coalesce(h.roles, '{{}}'), revision = s.revision + 1
    from servants o left join held h on h.person_id = o.id
    where o.tenant_id = s.tenant_id and o.id = s.id and s.held_roles <> coalesce(h.roles, '{{}}')
    returning s.*
    """  # noqa: S608 - nothing but the query above is put in
)
_ACCOUNTS = text(
    f"""
    with held as ({_HELD})
    update accounts a set roles = coalesce(h.roles, '{{}}'), active = h.roles is not null, revision = a.revision + 1
    from accounts o left join held h on h.person_id = o.id
    where o.tenant_id = a.tenant_id and o.id = a.id and a.roles <> coalesce(h.roles, '{{}}')
    returning a.*
    """  # noqa: S608
)
_APPLIED = text(
    """
    update office_holders set applied = not applied
    where applied <> (valid_from <= :today and (valid_until is null or valid_until >= :today))
    """
)


async def apply_holders(session: AsyncSession) -> int:
    """Let the roles that count today be those that people have; returns how many people changed. Locks nothing itself."""
    await session.flush()
    day = {"today": today(session)}
    servants = (await session.execute(_SERVANTS, day)).all()
    accounts = (await session.execute(_ACCOUNTS, day)).all()
    await session.execute(_APPLIED, day)
    await emit_all(session, servants_recorded(servants))
    await emit_all(session, events.accounts_recorded(accounts))
    return len(servants) + len(accounts)
