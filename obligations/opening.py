"""Opens obligations in the transaction of the state change, in one statement for any number.

The ladder of each obligation is frozen in its row as instants, so a calendar that changes later moves nothing.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.obligations import Obligation, ObligationEvents
from kit.db import clock
from kit.outbox import emit
from obligations.parts import in_parts
from obligations.rows import DIFFERING, ROWS, NewObligation
from obligations.terms import Terms
from obligations.weeks import WeekCalendars

Source = Select[Any] | Sequence[NewObligation]
"""What to open: named one by one, or a select of the columns of :class:`NewObligation`."""


def _opening(source: Select[Any]) -> ReturningInsert[Any]:
    """Opens one obligation for each row of ``source``; what is open already stays as it is.

    "On conflict do nothing" and not a look before: of two who open the same at once, the unique index lets one through.
    """
    owed = source.subquery("owed")
    same = {name: bindparam(f"its_{name}", type_=ROWS.c[name].type) for name in _SAME}
    rows = select(*same.values(), func.uuidv7(), owed.c.debtor_id, *(owed.c[name] for name in DIFFERING))
    opening = insert(ROWS).from_select([*same, "id", "first_debtor_id", *DIFFERING], rows).on_conflict_do_nothing()
    # What all have in common is known here: of a hundred thousand rows only what differs comes back.
    return opening.returning(ROWS.c.id, *(ROWS.c[name] for name in DIFFERING))


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
    arrays = [bindparam(f"all_{name}", type_=ARRAY(PG_UUID)) for name in DIFFERING]
    columns = [sql_column(name, PG_UUID) for name in DIFFERING]
    return select(*func.unnest(*arrays).table_valued(*columns, name="owed").render_derived().c)


_OPEN_NAMED = _opening(_arrays())


async def open_obligations(
    session: AsyncSession, events: ObligationEvents, terms: Terms, source: Source, *, tenant_id: str
) -> int:
    """Open one obligation for each row of ``source`` in one statement; what is open already stays as it is.

    Returns how many were opened.
    """
    if isinstance(source, Select):
        return await _open(session, events, terms, _opening(source), {}, tenant_id=tenant_id)
    return await _open(session, events, terms, _OPEN_NAMED, _named(source), tenant_id=tenant_id)


async def open_by_week(
    session: AsyncSession,
    events: ObligationEvents,
    terms_on: Callable[[LegalCalendar], Terms],
    source: Source,
    *,
    weeks: WeekCalendars,
    tenant_id: str,
) -> int:
    """As :func:`open_obligations`, each obligation on the week of the unit of its debtor: one statement a week."""
    if len(weeks) == 1:
        return await open_obligations(session, events, terms_on(weeks[0].calendar), source, tenant_id=tenant_id)
    named = {} if isinstance(source, Select) else _named(source)
    of_all = (source if isinstance(source, Select) else _arrays()).subquery("of_all_weeks")
    opened = 0
    for week in weeks:
        opening = _opening(select(of_all).where(week.works(of_all.c.debtor_id)))
        opened += await _open(session, events, terms_on(week.calendar), opening, named, tenant_id=tenant_id)
    return opened


def _named(owed: Sequence[NewObligation]) -> dict[str, Any]:
    return {f"all_{name}": [getattr(one, name) for one in owed] for name in DIFFERING}


async def _open(
    session: AsyncSession,
    events: ObligationEvents,
    terms: Terms,
    opening: ReturningInsert[Any],
    named: dict[str, Any],
    *,
    tenant_id: str,
) -> int:
    now = clock(session).now()
    same = {f"its_{name}": value for name, value in _frozen(terms, now, tenant_id).items()}
    opened = (await session.execute(opening, same | named)).mappings().all()
    instants = {name: _utc(same[f"its_{name}"]) for name in ("due_at", "opened_at", "next_at")}
    for some in in_parts(opened, itemgetter("id")):
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
