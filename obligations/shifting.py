"""Moves obligations that are open by a recorded fact: to a later day, or to their end.

Set-based: what was frozen is read once for each distinct ladder, and written back in one statement.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, column, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import MoveCause, MovedObligation, ObligationEvents, ObligationKind
from kit.chunks import in_chunks
from kit.db import actor, clock
from kit.outbox import emit
from obligations.batches import IN_ONE_EVENT
from obligations.closing import emit_closed
from obligations.rows import ObligationRow


@dataclass(frozen=True, slots=True)
class Because:
    """Why something is moved."""

    cause: MoveCause
    cause_id: UUID
    reason: str


Moved = tuple[UUID, Phase, MovedObligation]
"""One obligation that moved, with its cycle and phase."""
Later = Callable[[datetime], datetime]
"""A limit, put off."""
_SHIFT = text(
    """
    update obligations o set due_at = n.due_at, rungs = n.rungs,
        next_at = case when o.next_at is not null then n.next_at end
    from jsonb_to_recordset(cast(:ladders as jsonb)) as n(was_due_at timestamptz, was_rungs jsonb, rung smallint,
        due_at timestamptz, rungs jsonb, next_at timestamptz)
    where o.tenant_id = :tenant and o.id = any(:ids) and o.state = 'OPEN'
        and o.due_at = n.was_due_at and o.rungs = n.was_rungs and o.rung = n.rung
    returning o.id, o.kind, o.phase, o.cycle_id, o.about_id, o.debtor_id, o.due_at, old.due_at as was_due_at, o.next_at
    """
)


async def put_off(
    session: AsyncSession, events: ObligationEvents, which: ColumnElement[bool], later: Later, because: Because
) -> int:
    """Move due dates and rungs not yet climbed of these open obligations; returns how many moved.

    A ladder that stands still, because its cycle is paused, still does.
    """
    locking = (
        select(col(ObligationRow.id))
        .where(col(ObligationRow.tenant_id) == actor(session).tenant_id, col(ObligationRow.state) == "OPEN", which)
        .order_by(col(ObligationRow.id))
        .with_for_update(key_share=True)
    )
    ids = (await session.scalars(locking)).all()
    if not ids:
        return 0
    ladder = (col(ObligationRow.due_at), col(ObligationRow.rungs), col(ObligationRow.rung))
    distinct = await session.execute(select(*ladder).where(col(ObligationRow.id).in_(ids)).distinct())
    ladders = json.dumps([_put_off(row, later) for row in distinct])
    values = {"ladders": ladders, "tenant": actor(session).tenant_id, "ids": ids}
    moved = (await session.execute(_SHIFT, values)).all()
    items = [(row.cycle_id, Phase(row.phase), _item(row)) for row in moved if row.due_at != row.was_due_at]
    emit_moved(session, events, because, items)
    return len(moved)


def _item(row: Row[Any]) -> MovedObligation:
    return MovedObligation(
        id=row.id,
        kind=ObligationKind(row.kind),
        about_id=row.about_id,
        debtor_id=row.debtor_id,
        due_at=row.due_at,
        was_due_at=row.was_due_at,
        next_at=row.next_at,
    )


def _put_off(row: Row[Any], later: Later) -> dict[str, Any]:
    def at(number: int, rung: dict[str, str]) -> dict[str, str]:
        if number < row.rung:
            return rung
        return rung | {"at": later(datetime.fromisoformat(rung["at"])).isoformat()}

    rungs = [at(number, rung) for number, rung in enumerate(row.rungs)]
    return {
        "was_due_at": row.due_at.isoformat(),
        "was_rungs": row.rungs,
        "rung": row.rung,
        "due_at": later(row.due_at).isoformat(),
        "rungs": rungs,
        "next_at": rungs[row.rung]["at"] if row.rung < len(rungs) else None,
    }


async def put_off_limits(
    session: AsyncSession, table: type[SQLModel], name: str, later: Later, *which: ColumnElement[bool]
) -> None:
    """Move a limit that stands in a column of its own, e.g. the end of a window, of these rows."""
    limit = col(getattr(table, name))
    was = (await session.scalars(select(limit).where(limit.is_not(None), *which).distinct())).all()
    if not was:
        return
    instants = ARRAY(TIMESTAMP(timezone=True))
    columns = [column(one, TIMESTAMP(timezone=True)) for one in ("was", "becomes")]
    arrays = (literal(was, instants), literal([later(one) for one in was], instants))
    pairs = func.unnest(*arrays).table_valued(*columns, name="pairs").render_derived()
    moving = update(table).where(limit == pairs.c.was, *which).values({name: pairs.c.becomes})
    await session.execute(moving.execution_options(synchronize_session=False))


def emit_moved(session: AsyncSession, events: ObligationEvents, because: Because, moved: Iterable[Moved]) -> None:
    """Emit that these obligations moved, by cycle and phase."""
    groups: dict[tuple[UUID, Phase], list[MovedObligation]] = {}
    for cycle_id, phase, item in moved:
        groups.setdefault((cycle_id, phase), []).append(item)
    for (cycle_id, phase), group in sorted(groups.items()):
        for some in in_chunks(group, IN_ONE_EVENT):
            told = events.moved(
                tenant_id=actor(session).tenant_id,
                cycle_id=cycle_id,
                phase=phase,
                cause=because.cause,
                cause_id=because.cause_id,
                reason=because.reason,
                items=list(some),
            )
            emit(session, told, reason=because.reason)


async def cancel_some(
    session: AsyncSession, events: ObligationEvents, which: ColumnElement[bool], because: Because
) -> list[ObligationRow]:
    """End these open obligations, with the reason in the journal; returns them as they were cancelled."""
    ending = (
        update(ObligationRow)
        .where(col(ObligationRow.tenant_id) == actor(session).tenant_id, col(ObligationRow.state) == "OPEN", which)
        .values(state="CANCELLED", closed_at=clock(session).now(), closed_by=str(actor(session)), next_at=None)
        .returning(ObligationRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    rows = list((await session.scalars(ending)).all())
    emit_closed(session, events, rows, reason=because.reason)
    return rows
