"""Keeps up to date who has a role in the city."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from contracts.registry.holders import AccountRecorded
from contracts.registry.personnel import Status
from contracts.registry.servants import ServantRecorded

KINDS: tuple[type[Event], ...] = (ServantRecorded, AccountRecorded)

# Who never had a role has no row: thousands of civil servants call nobody's machine. Of one batch the newest word counts;
# an older one than what is there changes nothing. The roles come as text, because rows of arrays have no type of their own.
_TAKE = text(
    """
    insert into callers (tenant_id, id, revision, roles, active, status)
    select distinct on (id) current_setting('app.tenant'), id, revision, string_to_array(roles, ','), active, status
    from unnest(cast(:ids as uuid[]), cast(:revisions as integer[]), cast(:roles as text[]),
                cast(:actives as boolean[]), cast(:statuses as text[])) as told (id, revision, roles, active, status)
    where roles <> '' or exists (select from callers known where known.id = told.id)
        or exists (select from unnest(cast(:ids as uuid[]), cast(:roles as text[])) other (id, roles)
                   where other.id = told.id and other.roles <> '')
    order by id, revision desc
    on conflict (tenant_id, id) do update
        set revision = excluded.revision, roles = excluded.roles, active = excluded.active, status = excluded.status
        where callers.revision < excluded.revision
    """
)


async def take_callers(session: AsyncSession, events: Sequence[Event]) -> None:
    """Take over civil servants and accounts, as far as they have or had a role."""
    told = [_row(event) for event in events]
    names = ("ids", "revisions", "roles", "actives", "statuses")
    await session.execute(_TAKE, dict(zip(names, map(list, zip(*told, strict=True)), strict=True)))


def _row(event: Event) -> tuple[Any, ...]:
    if isinstance(event, AccountRecorded):
        who, status = event.account_id, Status.ACTIVE
    elif isinstance(event, ServantRecorded):
        who, status = event.servant_id, event.status or (Status.ACTIVE if event.active else Status.MOVED_AWAY)
    else:
        raise TypeError(f"{type(event).__name__} tells of nobody who could call")
    return who, event.revision, ",".join(role.value for role in event.roles), event.active, status.value
