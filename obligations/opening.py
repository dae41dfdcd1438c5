"""Opens obligations in the transaction of the state change, in one statement for any number.

The ladder of each obligation is frozen in its row as instants, so a calendar that changes later moves nothing.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import Obligation, ObligationEvents
from kit.chunks import in_chunks
from kit.db import clock
from kit.outbox import emit
from obligations.batches import IN_ONE_EVENT
from obligations.rows import OWED, ROWS, Listed, Terms


def _opening(source: Select[Any]) -> ReturningInsert[Any]:
    """Opens one obligation for each row of ``source``; what is open already stays as it is."""
    owed = source.subquery("owed")
    same = {name: bindparam(f"its_{name}", type_=ROWS.c[name].type) for name in _SAME}
    rows = select(*same.values(), func.uuidv7(), owed.c.debtor_id, *(owed.c[name] for name in OWED))
    opening = insert(ROWS).from_select([*same, "id", "first_debtor_id", *OWED], rows).on_conflict_do_nothing()
    # What all have in common is known here: of a hundred thousand rows only what differs comes back.
    return opening.returning(ROWS.c.id, *(ROWS.c[name] for name in OWED))


_SAME = (
    "tenant_id",
    "kind",
    "phase",
    "cycle_id",
    "opened_at",
    "due_at",
    "rungs",
    "rung",
    "next_at",
    "state",
    "calendar_version",
)
"""Columns in which the obligations of one statement do not differ."""


def _arrays() -> Select[Any]:
    """Arrays and not VALUES: the statement is then the same for any number."""
    arrays = [bindparam(f"all_{name}", type_=ARRAY(PG_UUID)) for name in OWED]
    columns = [sql_column(name, PG_UUID) for name in OWED]
    return select(*func.unnest(*arrays).table_valued(*columns, name="owed").render_derived().c)


_OPEN_LISTED = _opening(_arrays())


async def open_obligations(
    session: AsyncSession, events: ObligationEvents, terms: Terms, source: Select[Any] | Listed, *, tenant_id: str
) -> int:
    """Open one obligation for each row of ``source`` in one statement; what is open already stays as it is.

    A select yields subject_id, debtor_id, about_id, superior_id, office_id (see :class:`Owed`). Returns how many were
    opened.
    """
    now = clock(session).now()
    values = {f"its_{name}": value for name, value in _frozen(terms, now, tenant_id).items()}
    if isinstance(source, Listed):
        opening = _OPEN_LISTED
        values |= {f"all_{name}": [getattr(one, name) for one in source.owed] for name in OWED}
    else:
        opening = _opening(source)
    opened = (await session.execute(opening, values)).mappings().all()
    instants = {name: _utc(values[f"its_{name}"]) for name in ("due_at", "opened_at", "next_at")}
    for some in in_chunks(opened, IN_ONE_EVENT):
        items = [Obligation.model_validate({"kind": terms.kind, **instants, **row}) for row in some]
        emit(session, events.opened(tenant_id=tenant_id, cycle_id=terms.cycle_id, phase=terms.phase, items=items))
    return len(opened)


def _frozen(terms: Terms, now: datetime, tenant_id: str) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "kind": terms.kind.value,
        "phase": terms.phase.value,
        "cycle_id": terms.cycle_id,
        "opened_at": now,
        "due_at": terms.due_at,
        "rungs": [{"at": rung.at.isoformat(), "step": rung.step.value} for rung in terms.rungs],
        "rung": 0,
        "next_at": terms.rungs[0].at if terms.rungs else None,
        "state": "OPEN",
        "calendar_version": terms.calendar_version,
    }


def _utc(instant: datetime | None) -> datetime | None:
    """As the database would give it back."""
    return None if instant is None else instant.astimezone(UTC)
