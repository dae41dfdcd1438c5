"""Read-only: PostgreSQL itself takes no change from the services' application roles, until somebody takes that back.

It is a setting of each service's application role in its database, so it holds for whatever process comes, and for those
that run as soon as their connections are made anew. Owners migrate and relays send meanwhile. The portal is left out: its own
tables are sessions and drafts, and who reads must sign in and lose nothing of what is typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from contracts.base import SERVICES
from kinerja.operations.renewing import PATIENCE_SECONDS, Renewed, renewed
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of, roles

LONGEST_REASON = 500
_SETTING = "default_transaction_read_only"
# The comment of the role keeps since when and why: whoever may change the role's setting may write it, and it is undone with
# the setting in one transaction. What an administrator wrote there stays behind it.
_SAID = re.compile(r"read-only since (?P<since>\S+): (?P<reason>[^\n]*)(?:\n(?P<rest>.*))?", re.DOTALL)
_STANDING = """
select w.service, w.role, w.base, shobj_description(r.oid, 'pg_authid') as said,
    coalesce('default_transaction_read_only=on' = any(s.setconfig), false) as is_read_only
from unnest($1::text[], $2::text[], $3::text[]) with ordinality as w (service, role, base, place)
join pg_database d on d.datname = w.base
join pg_roles r on r.rolname = w.role
left join pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = r.oid
order by w.place
"""
_COMMENT = "select format('comment on role %I is %L', $1::text, $2::text)"
_MAY_END_ITS_CONNECTIONS = "select pg_has_role(current_user, $1, 'usage')"
_FROM_BEFORE = """
select w.role, count(a.pid) from unnest($1::text[], $2::text[], $3::timestamptz[]) as w (role, base, since)
join pg_stat_activity a on a.usename = w.role and a.datname = w.base and a.backend_start < w.since group by w.role
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether one service takes changes."""

    service: str
    is_read_only: bool
    since: datetime | None = None
    """Since when it takes none; unknown where somebody set it without this command."""
    reason: str = ""
    from_before: int = 0
    """Connections that began before it was switched, and may still write."""


@dataclass(frozen=True, slots=True)
class _Place:
    service: str
    role: str
    base: str
    said: str
    is_read_only: bool

    @property
    def since(self) -> datetime | None:
        found = _SAID.fullmatch(self.said) if self.is_read_only else None
        return datetime.fromisoformat(found["since"]) if found else None

    @property
    def reason(self) -> str:
        found = _SAID.fullmatch(self.said) if self.is_read_only else None
        return found["reason"] if found else ""

    @property
    def rest(self) -> str:
        """What an administrator wrote about the role."""
        found = _SAID.fullmatch(self.said)
        return (found["rest"] or "") if found else self.said


async def standing(connection: asyncpg.Connection) -> list[Standing]:
    """Each service whose database lies on this server. Raises StackError where there is none."""
    places = await _places(connection)
    switched = [one for one in places if one.since is not None]
    told = await connection.fetch(
        _FROM_BEFORE, [one.role for one in switched], [one.base for one in switched], [one.since for one in switched]
    )
    old = {row["role"]: row["count"] for row in told}
    return [Standing(one.service, one.is_read_only, one.since, one.reason, old.get(one.role, 0)) for one in places]


async def switch_on(connection: asyncpg.Connection, reason: str, *, patience: float = PATIENCE_SECONDS) -> Renewed:
    """From the return on nothing changes in any service; asked again it keeps since when, and takes the newer reason.

    ``patience`` is the seconds that transactions which run already get. Raises StackError for a missing reason or right.
    """
    words = " ".join(reason.split())
    if not words:
        raise StackError(
            "say why, for whoever finds it so: kinerja operations read-only on --reason 'restore of the copy'"
        )
    if len(words) > LONGEST_REASON:
        raise StackError(f"the reason is longer than {LONGEST_REASON} characters: say it shorter")
    now = await connection.fetchval("select clock_timestamp()")
    places = await _places(connection)
    notes = [f"read-only since {(one.since or now).isoformat()}: {words}" for one in places]
    said = ["\n".join(filter(None, (note, one.rest))) for note, one in zip(notes, places, strict=True)]
    await _set(connection, places, f"set {_SETTING} = on", said)
    return await renewed(connection, [(one.role, one.base) for one in places], patience)


async def switch_off(connection: asyncpg.Connection, *, patience: float = PATIENCE_SECONDS) -> Renewed:
    """Changes are taken again; what waited goes on. Raises StackError for a missing right."""
    places = await _places(connection)
    await _set(connection, places, f"reset {_SETTING}", [one.rest for one in places])
    return await renewed(connection, [(one.role, one.base) for one in places], patience)


async def _places(connection: asyncpg.Connection) -> list[_Place]:
    wanted = [(one, roles(one)[1], database_of(one)) for one in SERVICES]
    rows = await connection.fetch(_STANDING, *(list(column) for column in zip(*wanted, strict=True)))
    if not rows:
        raise StackError(
            "no service has its database on this PostgreSQL: name the one that has them (--postgres, --state)"
        )
    return [_Place(one["service"], one["role"], one["base"], one["said"] or "", one["is_read_only"]) for one in rows]


async def _set(connection: asyncpg.Connection, places: Sequence[_Place], what: str, said: Sequence[str]) -> None:
    """For all services or for none."""
    try:
        async with connection.transaction():
            for one, words in zip(places, said, strict=True):
                if not await connection.fetchval(_MAY_END_ITS_CONNECTIONS, one.role):
                    await connection.execute(f'grant "{one.role}" to current_user')
                await connection.execute(f'alter role "{one.role}" in database "{one.base}" {what}')
                await connection.execute(await connection.fetchval(_COMMENT, one.role, words or None))
    except asyncpg.InsufficientPrivilegeError as error:
        raise StackError(
            f"this role of PostgreSQL may not change what the services' roles may ({error}), and nothing was changed: name"
            " the role that made them, or a superuser (--postgres URL)"
        ) from error
