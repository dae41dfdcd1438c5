"""Connections of roles are made anew, so that what was set for these roles counts: no transaction is broken off without need."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

PATIENCE_SECONDS = 10.0
"""So long a transaction that runs already may take to end by itself."""
LOOK_SECONDS = 0.1
_LOOKS = 2
"""In a row without an old connection: one that is just being made may not be listed yet."""
_END = """
with old as materialized (
    select a.pid, coalesce(a.state = 'idle', false) as is_idle from pg_stat_activity a
    join unnest($1::text[], $2::text[]) as w (role, base) on a.usename = w.role and a.datname = w.base
    where a.backend_start < $3 and a.pid <> pg_backend_pid()
)
select pid, is_idle, case when is_idle or $4 then pg_terminate_backend(pid) else false end as is_ended from old
"""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of connections that began before a switch."""

    ended: int
    broken_off: int
    """Of them: in a transaction that did not end in time; nothing of it was kept."""


async def renewed(connection: asyncpg.Connection, whose: Sequence[tuple[str, str]], patience: float) -> Renewed:
    """End what the roles began before now, each in its database: at once where it is idle, in a transaction when that has ended
    or the ``patience`` (seconds) has. Whoever is ended connects again by itself.
    """
    names = [role for role, _ in whose], [base for _, base in whose]
    before = await connection.fetchval("select clock_timestamp()")
    until = asyncio.get_running_loop().time() + patience
    ended: set[int] = set()
    broken_off: set[int] = set()
    quiet = 0
    while quiet < _LOOKS:
        late = asyncio.get_running_loop().time() >= until
        found = await connection.fetch(_END, *names, before, late)
        fresh = {one["pid"]: one["is_idle"] for one in found if one["is_ended"] and one["pid"] not in ended}
        ended |= fresh.keys()
        broken_off |= {pid for pid, is_idle in fresh.items() if not is_idle}
        quiet = 0 if found else quiet + 1
        await asyncio.sleep(LOOK_SECONDS)
    return Renewed(len(ended), len(broken_off))
