"""Keeps which positions people held: whoever writes a person tells here what changed from which day on.

A change with a day in the past replaces what was recorded of the same field from that day on, as it does in the person's
own row: the newest record is what is true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from kit.outbox import emit_all
from services.registry.positions.events import positions_recorded

# `old` in returning (PostgreSQL 18): what the person was before, in the statement that changes it.
FORMER = """
    old.employment_type as former_employment_type, old.position_kind as former_position_kind,
    old.status as former_status
"""
_TOLD = """
    unnest(cast(:servants as uuid[]), cast(:days as date[]), cast(:employments as text[]), cast(:kinds as text[]),
        cast(:statuses as text[]), cast(:former_employments as text[]), cast(:former_kinds as text[]),
        cast(:former_statuses as text[]))
    as c(servant, day, employment, kind, status, former_employment, former_kind, former_status)
"""
# In this order: who never changed begins with what he or she was before; then a row begins on the day, as a copy of what
# held on it; then from that day on the fields that changed, and no others, are the new ones.
_BEGIN = text(
    f"""
    insert into positions_held (tenant_id, servant_id, since, employment_type, position_kind, status)
    select :tenant, c.servant, date '0001-01-01', c.former_employment, c.former_kind, c.former_status from {_TOLD}
    where not exists (select 1 from positions_held p where p.tenant_id = :tenant and p.servant_id = c.servant)
    """  # noqa: S608 - nothing but the constant above is put in
)
_CUT = text(
    f"""
    insert into positions_held (tenant_id, servant_id, since, employment_type, position_kind, status)
    select :tenant, c.servant, c.day, coalesce(p.employment_type, c.former_employment),
        coalesce(p.position_kind, c.former_kind), coalesce(p.status, c.former_status)
    from {_TOLD} left join lateral (
        select * from positions_held h where h.tenant_id = :tenant and h.servant_id = c.servant and h.since <= c.day
        order by h.since desc limit 1
    ) p on true
    on conflict (tenant_id, servant_id, since) do nothing
    """  # noqa: S608
)
_CHANGE = text(
    f"""
    update positions_held p set employment_type = coalesce(c.employment, p.employment_type),
        position_kind = coalesce(c.kind, p.position_kind), status = coalesce(c.status, p.status)
    from {_TOLD} where p.tenant_id = :tenant and p.servant_id = c.servant and p.since >= c.day
    """  # noqa: S608
)
_FORGET = text("delete from positions_held where tenant_id = :tenant and servant_id = any(:servants) and since < :day")
_ALL = text(
    """
    select s.id, s.revision, s.tenant_id, p.since, p.employment_type, p.position_kind, p.status
    from positions_held p join servants s on s.tenant_id = p.tenant_id and s.id = p.servant_id
    where p.tenant_id = :tenant and p.servant_id = any(:servants) order by p.servant_id, p.since
    """
)


@dataclass(frozen=True, slots=True)
class PositionChange:
    """What changed about one person from a day on: the row as an update returned it, with the columns of ``FORMER``."""

    day: date
    row: Any


async def keep_positions(session: AsyncSession, changes: Sequence[PositionChange]) -> None:
    """Keep what these people were and are, and emit whoever is another than before; the city is locked."""
    told = [one for one in changes if one.row.former_employment_type is not None and _differs(one.row)]
    if not told:
        return
    values = _arrays(actor(session).tenant_id, told)
    for statement in (_BEGIN, _CUT, _CHANGE):
        await session.execute(statement, values)
    await _emit(session, values["servants"])


async def enter(session: AsyncSession, day: date, row: Any) -> None:
    """The person came into the city's service on this day: what is recorded of the time before is not so."""
    values = _arrays(actor(session).tenant_id, [PositionChange(day, row)])
    for statement in (_BEGIN, _CUT):
        await session.execute(statement, values)
    await session.execute(_FORGET, {"tenant": values["tenant"], "servants": values["servants"], "day": day})
    await _emit(session, values["servants"])


def _differs(row: Any) -> bool:
    now = (row.employment_type, row.position_kind, row.status)
    return now != (row.former_employment_type, row.former_position_kind, row.former_status)


def _arrays(tenant: str, told: Sequence[PositionChange]) -> dict[str, Any]:
    """One list a column; of a field that did not change the new value is null."""
    rows = [one.row for one in told]

    def news(name: str) -> list[str | None]:
        return [now if (now := getattr(row, name)) != getattr(row, f"former_{name}") else None for row in rows]

    return {
        "tenant": tenant,
        "servants": [row.id for row in rows],
        "days": [one.day for one in told],
        "employments": news("employment_type"),
        "kinds": news("position_kind"),
        "statuses": news("status"),
        "former_employments": [row.former_employment_type for row in rows],
        "former_kinds": [row.former_position_kind for row in rows],
        "former_statuses": [row.former_status for row in rows],
    }


async def _emit(session: AsyncSession, servants: Sequence[UUID]) -> None:
    values = {"tenant": actor(session).tenant_id, "servants": list(servants)}
    await emit_all(session, positions_recorded((await session.execute(_ALL, values)).all()))
