"""Moves the ladders that are due: reminders, escalations, hand-overs and lapses, in chunks of one statement each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import Duty, ObligationEvents, Step, SteppedObligation
from kit.chunks import in_chunks
from kit.db import Database, clock
from kit.holding import HeldCycle
from kit.obligations import IN_ONE_EVENT, ObligationRow, tell_closed
from kit.outbox import emit

CHUNK = 2000
"""Rows in one transaction: some tens of milliseconds of lock time, so that people at the API never wait long."""

Lapse = Callable[[AsyncSession, Sequence[ObligationRow]], Awaitable[None]]
"""What the owning service does by default when duties of one kind lapse; runs in the sweep's transaction."""

_STEP = text(
    """
    with due as (
        select id from obligations
        where tenant_id = :tenant and state = 'OPEN' and next_at <= :now
            and cycle_id not in (select cycle_id from held_cycles where tenant_id = :tenant)
        order by next_at, id limit :chunk for update skip locked
    )
    update obligations o set
        rung = o.rung + 1,
        next_at = case when step.step = 'LAPSE' then null else (o.rungs -> (o.rung + 1) ->> 'at')::timestamptz end,
        debtor_id = case when step.step = 'HAND_OVER' then coalesce(o.superior_id, o.office_id, o.debtor_id)
                         else o.debtor_id end,
        state = case when step.step = 'LAPSE' then 'LAPSED' else 'OPEN' end,
        closed_at = case when step.step = 'LAPSE' then :now end,
        closed_by = case when step.step = 'LAPSE' then 'system' end
    from due join obligations was on was.tenant_id = :tenant and was.id = due.id,
         lateral (select was.rungs -> was.rung::int ->> 'step' as step) step
    where o.tenant_id = :tenant and o.id = due.id
    returning new.id, step.step, old.debtor_id as former_id
    """
)


async def sweep(
    database: Database, events: ObligationEvents, lapses: Mapping[Duty, Lapse], *, tenant_id: str
) -> tuple[int, datetime | None]:
    """Move every ladder of a city that is due, chunk by chunk; returns how many moved and when the next one is due."""
    handled = 0
    while True:
        async with database.transaction(tenant_id) as session:
            moved = await _one_chunk(session, events, lapses, tenant_id=tenant_id)
            handled += moved
            if moved == 0:
                return handled, await next_due(session)


async def next_due(session: AsyncSession) -> datetime | None:
    """When the earliest ladder of the city moves that does not stand still."""
    earliest = select(func.min(ObligationRow.next_at)).where(
        col(ObligationRow.state) == "OPEN", col(ObligationRow.cycle_id).not_in(select(col(HeldCycle.cycle_id)))
    )
    found: datetime | None = (await session.execute(earliest)).scalar_one()
    return found


async def _one_chunk(
    session: AsyncSession, events: ObligationEvents, lapses: Mapping[Duty, Lapse], *, tenant_id: str
) -> int:
    now = clock(session).now()
    stepped = (await session.execute(_STEP, {"tenant": tenant_id, "now": now, "chunk": CHUNK})).all()
    if not stepped:
        return 0
    ids = [row.id for row in stepped]
    rows = (await session.scalars(select(ObligationRow).where(col(ObligationRow.id).in_(ids)))).all()
    by_id = {row.id: row for row in rows}
    items = [(by_id[row.id], _item(by_id[row.id], Step(row.step), row.former_id)) for row in stepped]
    _tell_stepped(session, events, items)
    lapsed = [row for row in rows if row.state == "LAPSED"]
    tell_closed(session, events, lapsed)
    for kind in {row.kind for row in lapsed}:
        if (lapse := lapses.get(Duty(kind))) is not None:
            await lapse(session, [row for row in lapsed if row.kind == kind])
    return len(stepped)


def _item(row: ObligationRow, step: Step, former_id: UUID) -> SteppedObligation:
    told = {
        Step.ESCALATE: row.superior_id or row.office_id,
        Step.OFFICE: row.office_id,
        Step.HAND_OVER: row.debtor_id,
    }
    return SteppedObligation(
        id=row.id,
        kind=Duty(row.kind),
        step=step,
        debtor_id=row.debtor_id,
        told_id=told.get(step) or row.debtor_id,
        former_id=former_id if step is Step.HAND_OVER else None,
        about_id=row.about_id,
        due_at=row.due_at,
        rung=row.rung,
        next_at=row.next_at,
    )


def _tell_stepped(
    session: AsyncSession, events: ObligationEvents, items: Sequence[tuple[ObligationRow, SteppedObligation]]
) -> None:
    groups: dict[tuple[str, UUID, str], list[SteppedObligation]] = {}
    for row, item in items:
        groups.setdefault((row.tenant_id, row.cycle_id, row.phase), []).append(item)
    for (tenant_id, cycle_id, phase), group in groups.items():
        for some in in_chunks(group, IN_ONE_EVENT):
            told = events.stepped(tenant_id=tenant_id, cycle_id=cycle_id, phase=Phase(phase), items=list(some))
            emit(session, told)
