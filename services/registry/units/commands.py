"""Records units with what applies to them; few enough to be compared in memory."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from kit.chunks import in_chunks
from kit.db import actor
from kit.outbox import emit_all
from services.registry.events import unit_recorded
from services.registry.imports.rules.report import CHANGED, CREATED, UNCHANGED, RowDone
from services.registry.imports.rules.rows import UnitRow
from services.registry.units.models import Unit
from services.registry.units.rules.inheritance import Applies, UnitFacts, what_applies

_PIECE = 2_000
"""Rows a statement: PostgreSQL takes 65,535 parameters."""


async def record_units(
    session: AsyncSession,
    rows: Sequence[UnitRow],
    recorded: Mapping[str, Unit],
    periods: Mapping[str, int],
    file: str,
) -> tuple[dict[str, Unit], list[RowDone]]:
    """All units as they now are, by code, and what each line did; ``periods`` are those of the policies, by scope."""
    city = actor(session).tenant_id
    now = _as_now(city, rows, recorded, periods)
    changed = [unit for code, unit in now.items() if _differs(unit, recorded.get(code))]
    for unit in changed:
        before = recorded.get(unit.code)
        unit.revision = 1 if before is None else before.revision + 1
    for piece in in_chunks(changed, _PIECE):
        await _write(session, piece)
    await emit_all(session, (unit_recorded(unit) for unit in changed))
    touched = {unit.code for unit in changed}
    return now, [_done(row, now[row.code], recorded, touched, file) for row in rows]


def _as_now(
    city: str, rows: Sequence[UnitRow], recorded: Mapping[str, Unit], periods: Mapping[str, int]
) -> dict[str, Unit]:
    codes = {unit.id: code for code, unit in recorded.items()}
    facts = {
        code: UnitFacts(
            codes.get(unit.parent_id) if unit.parent_id else None,
            unit.own_period_months,
            None if unit.own_work_days is None else tuple(unit.own_work_days),
        )
        for code, unit in recorded.items()
    }
    facts |= {row.code: UnitFacts(row.parent_code, row.period_months, row.work_days) for row in rows}
    ids = {code: recorded[code].id if code in recorded else new_id() for code in facts}
    applies = what_applies(facts, periods, city)
    given = {row.code: row for row in rows}
    return {code: _unit(city, code, facts[code], applies[code], given.get(code), recorded, ids) for code in facts}


def _unit(
    city: str,
    code: str,
    facts: UnitFacts,
    applies: Applies,
    row: UnitRow | None,
    recorded: Mapping[str, Unit],
    ids: Mapping[str, UUID],
) -> Unit:
    name, kind = (row.name, row.kind) if row is not None else (recorded[code].name, recorded[code].kind)
    return Unit(
        tenant_id=city,
        id=ids[code],
        revision=recorded[code].revision if code in recorded else 0,
        code=code,
        name=name,
        kind=kind,
        parent_id=ids[facts.parent_code] if facts.parent_code else None,
        own_period_months=facts.period_months,
        scope=applies.scope,
        period_months=applies.period_months,
        active=True,
        own_work_days=None if facts.work_days is None else list(facts.work_days),
        work_days=None if applies.work_days is None else list(applies.work_days),
    )


def _differs(unit: Unit, before: Unit | None) -> bool:
    return before is None or unit.model_dump(exclude={"revision"}) != before.model_dump(exclude={"revision"})


async def _write(session: AsyncSession, units: Sequence[Unit]) -> None:
    # By id, not by code: a unit keeps both for good, and the primary key is what other rows refer to.
    statement = insert(Unit).values([unit.model_dump() for unit in units])
    changes: dict[str, Any] = {name: statement.excluded[name] for name in _changing()}
    await session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=changes))


def _changing() -> Iterator[str]:
    return (name for name in Unit.model_fields if name not in ("tenant_id", "id", "code"))


def _done(row: UnitRow, unit: Unit, recorded: Mapping[str, Unit], touched: set[str], file: str) -> RowDone:
    outcome = UNCHANGED if row.code not in touched else CHANGED if row.code in recorded else CREATED
    return RowDone(file, row.line, unit.id, row.code, outcome)
