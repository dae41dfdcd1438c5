"""Moves due dates and ladders of open obligations to a later day: two statements for any number of them.

The calendar is known here and not in the database. So the few different instants are read, moved, and written back as
pairs of what was and what becomes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, cast, column, func, select, text, union
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import MovedObligation, ObligationEvents
from kit.db import actor
from obligations.events import Because, Moved, emit_moved
from obligations.rows import IS_OPEN, ROWS

Later = Callable[[datetime], datetime]
"""Where a limit moves."""
_INSTANT: TIMESTAMP = TIMESTAMP(timezone=True)

# What lies above the present rung moves; what was climbed stays as it happened. A rung without a pair would become null,
# but there is none: every instant was read under the locks. Whether a ladder is held says its next_at: one that stands
# still gets its new rungs and still does, until it is restarted.
_MOVE = text(
    """
    with moved as (
        select * from unnest(cast(:was as timestamptz[]), cast(:becomes as timestamptz[])) as m(was, becomes)
    ), news as (
        select o.id, d.becomes as due_at, coalesce((
            select jsonb_agg(case when x.number > o.rung then jsonb_set(x.rung, '{at}', to_jsonb(m.becomes))
                                  else x.rung end order by x.number)
            from jsonb_array_elements(o.rungs) with ordinality as x(rung, number)
            left join moved m on m.was = (x.rung ->> 'at')::timestamptz
        ), '[]') as rungs
        from obligations o join moved d on d.was = o.due_at
        where o.tenant_id = :tenant and o.id = any(cast(:ids as uuid[]))
    )
    update obligations o set due_at = news.due_at, rungs = news.rungs,
        next_at = case when o.next_at is not null or cast(:restart as boolean)
                       then (news.rungs -> o.rung::int ->> 'at')::timestamptz end
    from news where o.tenant_id = :tenant and o.id = news.id
    returning o.id, o.kind, o.phase, o.cycle_id, o.about_id, o.debtor_id, o.due_at, old.due_at as was_due_at, o.next_at
    """
)


async def postpone(
    session: AsyncSession,
    events: ObligationEvents,
    which: ColumnElement[bool],
    later: Later,
    because: Because,
    *,
    restart: bool = False,
) -> int:
    """Move due dates and rungs not yet climbed of these open obligations; returns how many obligations moved.

    A ladder that stands still, because its cycle is paused, still does, unless it is to ``restart``.
    """
    tenant_id = actor(session).tenant_id
    locked = (await session.execute(_locking(which, tenant_id))).one()
    if locked.ids is None:
        return 0
    becomes = [later(instant) for instant in locked.instants]
    values = {"tenant": tenant_id, "ids": locked.ids, "was": locked.instants, "becomes": becomes, "restart": restart}
    moved = (await session.execute(_MOVE, values)).all()
    emit_moved(session, events, because, map(_moved, moved))
    return len(moved)


def _locking(which: ColumnElement[bool], tenant_id: str) -> Select[Any]:
    """Locks these obligations; their ids, and every instant of theirs that moves, in one row.

    Locked before they are read, so that no sweep climbs a rung between the two statements; in the order of their ids, as
    everybody does who locks many, so that two who move the same ones wait and do not deadlock.
    """
    these = (
        select(ROWS.c.id, ROWS.c.due_at, ROWS.c.rungs, ROWS.c.rung)
        .where(ROWS.c.tenant_id == tenant_id, IS_OPEN, which)
        .order_by(ROWS.c.id)
        .with_for_update(key_share=True)
        .cte("these")
    )
    rungs = func.jsonb_array_elements(these.c.rungs).table_valued(
        column("rung", JSONB), with_ordinality="number", name="x", joins_implicitly=True
    )
    each = rungs.render_derived()
    ahead = select(cast(each.c.rung["at"].astext, _INSTANT)).select_from(these, each)
    instants = union(select(these.c.due_at.label("at")), ahead.where(each.c.number > these.c.rung)).subquery("instants")
    return select(
        select(func.array_agg(these.c.id)).scalar_subquery().label("ids"),
        select(func.array_agg(instants.c.at)).scalar_subquery().label("instants"),
    )


def _moved(row: Row[Any]) -> Moved:
    return Moved(row.cycle_id, row.phase, MovedObligation.model_validate(dict(row._mapping)))  # noqa: SLF001 - public, despite its name
