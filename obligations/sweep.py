"""Moves the ladders that are due: reminders, escalations, hand-overs and lapses, in chunks of one statement each."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED, ObligationEvents, ObligationKind
from kit import metrics
from kit.db import Database, clock
from obligations.events import emit_closed, emit_stepped
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow

CHUNK = 800
"""Rows in one transaction: some tens of milliseconds of lock time, so that people at the API never wait long."""

REST = 1.5
"""Of the time that a chunk took, between it and the next: three fifths belong to people at the API."""

_BEGINNING = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))
"""Before every instant and id."""

Lapse = Callable[[AsyncSession, Sequence[ObligationRow]], Awaitable[None]]
"""What the owning service does by default when obligations of one kind lapse; runs in the sweep's transaction."""

# One statement a chunk. "skip locked": whoever holds a row is doing at this moment what it reminds of, or is another sweep;
# neither is waited for, and what is left is looked for once more at the end. The state is written out and not a
# parameter, or the plan could not use the partial index on (next_at, id). The comparison of pairs says, in the order of
# that index, where the last chunk ended: next_at alone would step over, or find again, the many that are due at the same
# instant. A ladder is JSON: its element at "rung" is the step that is due, the one after it says when it moves next. The
# row is joined once more as it was, because no LATERAL may refer to the row that an UPDATE writes. What an anonymous
# assessor owes is never handed over: whoever took over would learn whose it was.
_STEP = text(
    """
    with due as (
        select id from obligations
        where tenant_id = :tenant and state = 'OPEN' and next_at <= :now and (next_at, id) > (:after_at, :after_id)
            and cycle_id not in (select cycle_id from held_cycles where tenant_id = :tenant)
        order by next_at, id limit :chunk for update skip locked
    )
    update obligations o set
        rung = o.rung + 1,
        next_at = case when step.step = 'LAPSE' then null else (o.rungs -> (o.rung + 1) ->> 'at')::timestamptz end,
        debtor_id = case when step.step = 'HAND_OVER' and o.kind <> all(:unnamed) then coalesce(o.superior_id, o.office_id, o.debtor_id)
                         else o.debtor_id end,
        state = case when step.step = 'LAPSE' then 'LAPSED' else 'OPEN' end,
        closed_at = case when step.step = 'LAPSE' then :now end,
        closed_by = case when step.step = 'LAPSE' then 'system' end
    from due join obligations was on was.tenant_id = :tenant and was.id = due.id,
         lateral (select was.rungs -> was.rung::int ->> 'step' as step) step
    where o.tenant_id = :tenant and o.id = due.id
    returning new.id, new.kind, new.phase, new.cycle_id, step.step, new.debtor_id, old.debtor_id as former_id,
        new.superior_id, new.office_id, new.about_id, new.due_at, new.rung, old.next_at as at, new.next_at, new.state
    """
)


async def sweep(
    database: Database, events: ObligationEvents, lapses: Mapping[ObligationKind, Lapse], *, tenant_id: str
) -> tuple[int, datetime | None]:
    """Move every ladder of a city that is due, chunk by chunk; returns how many moved and when the next one is due.

    Each chunk goes on where the last one ended, because the index still holds what that one has moved; at the end it is
    looked once more from the beginning, for what others had locked. Between full chunks it rests, for people at the
    API and for those who take in what it emits.
    """
    handled, after = 0, _BEGINNING
    while True:
        began = time.monotonic()
        async with database.transaction(tenant_id) as session:
            moved = await _one_chunk(session, events, lapses, tenant_id=tenant_id, after=after)
            if not moved and after == _BEGINNING:
                return handled, await next_due(session)
        handled += len(moved)
        # After the commit: a chunk that was rolled back has moved nothing. The topic of a service is its name.
        metrics.obligations_stepped.labels(events.stepped.topic).inc(len(moved))
        after = _BEGINNING
        if len(moved) == CHUNK:
            after = max(moved)
            await asyncio.sleep(REST * (time.monotonic() - began))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the earliest ladder of the city moves that does not stand still."""
    earliest = select(func.min(ObligationRow.next_at)).where(
        col(ObligationRow.state) == "OPEN", col(ObligationRow.cycle_id).not_in(select(col(HeldCycle.cycle_id)))
    )
    found: datetime | None = (await session.execute(earliest)).scalar_one()
    return found


async def _one_chunk(
    session: AsyncSession,
    events: ObligationEvents,
    lapses: Mapping[ObligationKind, Lapse],
    *,
    tenant_id: str,
    after: tuple[datetime, UUID],
) -> list[tuple[datetime, UUID]]:
    """The instants and ids of what moved."""
    asked = {
        "tenant": tenant_id,
        "now": clock(session).now(),
        "chunk": CHUNK,
        "after_at": after[0],
        "after_id": after[1],
        "unnamed": [kind.value for kind in UNNAMED],
    }
    stepped = (await session.execute(_STEP, asked)).all()
    emit_stepped(session, events, stepped)
    lapsed = [row.id for row in stepped if row.state == "LAPSED"]
    if lapsed:
        await _lapse(session, events, lapses, lapsed)
    return [(row.at, row.id) for row in stepped]


async def _lapse(
    session: AsyncSession, events: ObligationEvents, lapses: Mapping[ObligationKind, Lapse], ids: Sequence[UUID]
) -> None:
    rows = (await session.scalars(select(ObligationRow).where(col(ObligationRow.id).in_(ids)))).all()
    emit_closed(session, events, rows)
    for kind in {row.kind for row in rows}:
        if (lapse := lapses.get(ObligationKind(kind))) is not None:
            await lapse(session, [row for row in rows if row.kind == kind])
