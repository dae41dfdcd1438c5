"""One change of a city's master data at a time: hierarchy and inheritance are judged over the whole."""

import math

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from kit.errors import NotReady

PATIENCE = 10
"""Seconds to wait for whoever has it: a change takes a moment, a hundred thousand people a minute or two."""
_NOT_AVAILABLE = "55P03"
# An advisory lock, because no row stands for the whole: what is judged together may not be recorded yet. It ends with
# the transaction. The key is a bigint, so text is hashed; the prefix keeps apart what else may lock by a city's code.
_KEY = "hashtextextended('registry/' || :tenant, 0)"
_LOCK = text(f"select pg_advisory_xact_lock({_KEY})")
_WAIT = text("select current_setting('lock_timeout'), set_config('lock_timeout', :wait, true)")
_AS_BEFORE = text("select set_config('lock_timeout', :wait, true)")
# The two halves of the key are how pg_locks shows it. Another's transaction is seen by its own role alone.
_HOLDER = text(
    f"""
    select extract(epoch from clock_timestamp() - a.xact_start) from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.objsubid = 1
    and l.classid = (({_KEY} >> 32) & 4294967295)::oid and l.objid = ({_KEY} & 4294967295)::oid
    """  # noqa: S608 - nothing but the key above is put in
)


async def lock_city(session: AsyncSession) -> str:
    """Wait for whoever changes this city's master data; returns its code.

    Raises NotReady after ten seconds, saying since when another change runs.
    """
    tenant_id = actor(session).tenant_id
    before = (await session.execute(_WAIT, {"wait": f"{PATIENCE}s"})).one()[0]
    attempt = await session.begin_nested()
    try:
        await session.execute(_LOCK, {"tenant": tenant_id})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_AVAILABLE:
            raise
        await attempt.rollback()
        raise _held(await session.scalar(_HOLDER, {"tenant": tenant_id})) from error
    await attempt.commit()
    await session.execute(_AS_BEFORE, {"wait": before})
    return tenant_id


def _held(seconds: float | None) -> NotReady:
    since = math.ceil(seconds or PATIENCE)
    return NotReady(
        f"another change of this city's master data runs since {since} seconds: try again when it has ended",
        f"perubahan lain atas data induk kota ini berjalan sejak {since} detik: coba lagi setelah selesai",
    )
