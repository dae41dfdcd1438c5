"""Reads of moves between cities, with what the other city recorded for this one to know: a link and nothing else.

The two functions are the only way through the wall: they run as the owner of the tables, whom two policies let see
releases to the transaction's own city, and give back ids and days (migration ``moves``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.moves import MoveKind
from kit.db import actor
from kit.keyset import Found, Window, cut
from services.registry.calendars.queries import today
from services.registry.moves.models import Move
from services.registry.moves.rules import Moving

# A move records a change of the person, which may be taken back before its day, or refused on it.
_CHANGE = """
    select c.state from personnel_changes c
    where c.tenant_id = m.tenant_id and c.servant_id = m.servant_id and c.effective_on = m.moved_on
        and c.kind = case m.kind when 'RELEASE' then 'STATUS' else 'ENTRY' end
        and (m.kind = 'ARRIVAL' or c.payload ->> 'status' = 'MOVED_AWAY')
    order by c.recorded_at desc, c.id desc limit 1
"""
_RECORDED = f"""
    select m.*, r.servant_id as former_servant_id, r.moved_on as released_on, c.state as change_state
    from moves m left join lateral release_to_here(m.other_city, m.nip) r on m.kind = 'ARRIVAL'
    left join lateral ({_CHANGE}) c on true
"""  # noqa: S608 - nothing but the constant above is put in
_PAGE = text(
    f"""
    {_RECORDED} where m.tenant_id = :tenant and m.servant_id = :servant and (cast(:after as uuid) is null or m.id > :after)
    order by m.id limit :most
    """
)
# Who waits: whose day has not come, and whom the other city has not let go yet.
_CITY_PAGE = text(
    f"""
    {_RECORDED} where m.tenant_id = :tenant and (cast(:kind as text) is null or m.kind = :kind)
        and (cast(:before as uuid) is null or m.id < :before)
        and (not cast(:waiting as boolean) or (coalesce(c.state, 'APPLIED') in ('PLANNED', 'APPLIED')
            and (m.moved_on > :today or (m.kind = 'ARRIVAL' and r.servant_id is null))))
    order by m.id desc limit :most
    """
)
_TAKEN_BACK = text(
    f"""
    select 1 from moves m join lateral ({_CHANGE}) c on c.state in ('CANCELLED', 'REFUSED')
    where m.tenant_id = :tenant and m.id = :move
    """  # noqa: S608
)
_RELEASED = text("select nip, city, moved_on from releases_to_here(cast(:numbers as text[]))")


@dataclass(frozen=True, slots=True)
class Released:
    """Another city let somebody go to this one."""

    city: str
    on: date


async def page(session: AsyncSession, servant_id: UUID, *, window: Window) -> Found[Row[Any]]:
    """A person's moves in the order in which they were recorded."""
    [after] = window.after(UUID) or [None]
    values = {"tenant": actor(session).tenant_id, "servant": servant_id, "after": after, "most": window.limit + 1}
    rows = (await session.execute(_PAGE, values)).all()
    return cut(rows, window, key=lambda row: (row.id,))


async def every(session: AsyncSession, *, kind: MoveKind | None, waiting: bool, window: Window) -> Found[Row[Any]]:
    """The city's moves, the newest record first; of those that wait alone, if so asked."""
    [before] = window.after(UUID) or [None]
    asked = {"kind": kind and kind.value, "waiting": waiting, "today": today(session)}
    values = asked | {"tenant": actor(session).tenant_id, "before": before, "most": window.limit + 1}
    rows = (await session.execute(_CITY_PAGE, values)).all()
    return cut(rows, window, key=lambda row: (row.id,))


async def recorded(session: AsyncSession, kind: MoveKind, moving: Moving) -> Move | None:
    """The same move, if it was recorded before."""
    looking = select(Move).where(
        col(Move.servant_id) == moving.servant_id,
        col(Move.kind) == kind.value,
        col(Move.other_city) == moving.other_city,
        col(Move.moved_on) == moving.moved_on,
    )
    return (await session.scalars(looking.limit(1))).first()


async def taken_back(session: AsyncSession, move: Move) -> bool:
    """Whether the change that the move recorded was cancelled, or refused on its day."""
    values = {"tenant": move.tenant_id, "move": move.id}
    return (await session.scalars(_TAKEN_BACK, values)).first() is not None


async def released_to_here(session: AsyncSession, numbers: Sequence[str]) -> Mapping[str, Released]:
    """By number: which other city let that person go to this one."""
    rows = await session.execute(_RELEASED, {"numbers": list(numbers)})
    return {row.nip: Released(row.city, row.moved_on) for row in rows}
