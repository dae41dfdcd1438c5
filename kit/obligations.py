"""Who owes what, by when: opened and closed in the transaction of the state change, in one statement for any number.

The ladder of each obligation is frozen in its row as instants, so a calendar that changes later moves nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, any_, bindparam, func, literal, select, update
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ClosedObligation, Duty, Obligation, ObligationEvents
from kit.chunks import in_chunks
from kit.clearing import look_later
from kit.db import actor, clock
from kit.obligation_rows import IS_OPEN, OWED, ROWS, Listed, ObligationRow, Owed, Terms, listed
from kit.outbox import emit

__all__ = [
    "IN_ONE_EVENT",
    "Ended",
    "Listed",
    "ObligationRow",
    "Owed",
    "Terms",
    "close_duties",
    "holds",
    "listed",
    "open_duties",
    "owed",
    "tell_closed",
]

IN_ONE_EVENT = 400
"""Items of one obligation event: some 120 KB of JSON, far below the broker's 1 MB."""
_FEW = 64
"""So few left that the last ones may be closing at the same time: only then is a lock worth taking."""


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


async def open_duties(
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


class Ended(NamedTuple):
    """An obligation that ended, as far as it is told."""

    tenant_id: str
    id: UUID
    kind: str
    phase: str
    cycle_id: UUID
    debtor_id: UUID
    due_at: datetime
    state: str
    closed_at: datetime | None


_CLOSE = (
    update(ROWS)
    .where(
        ROWS.c.tenant_id == bindparam("city"),
        ROWS.c.kind == bindparam("of_kind"),
        ROWS.c.subject_id == any_(bindparam("subjects", type_=ARRAY(PG_UUID))),
        IS_OPEN,
    )
    .values(next_at=None)
    .returning(*(ROWS.c[name] for name in Ended._fields))
)
_HELD = (ROWS.c.debtor_id == bindparam("holder")) | (ROWS.c.first_debtor_id == bindparam("holder"))
_CLOSE_OF_ONE = _CLOSE.where(_HELD)


async def close_duties(
    session: AsyncSession,
    events: ObligationEvents,
    kind: Duty,
    subject_ids: Sequence[UUID],
    *,
    tenant_id: str,
    debtor_id: UUID | None = None,
    state: str = "DONE",
) -> list[Ended]:
    """Close the open obligations of one kind about these subjects; those of one debtor only, if named.

    ``state`` is DONE, LAPSED or CANCELLED. Returns the rows closed; none if there was nothing open.
    """
    values: dict[str, Any] = {"city": tenant_id, "of_kind": kind.value, "subjects": list(subject_ids)}
    values |= {"state": state, "closed_at": clock(session).now(), "closed_by": str(actor(session))}
    if debtor_id is not None:
        values["holder"] = debtor_id
    closing = await session.execute(_CLOSE if debtor_id is None else _CLOSE_OF_ONE, values)
    rows = [Ended(*row) for row in closing]
    tell_closed(session, events, rows)
    return rows


def tell_closed(
    session: AsyncSession,
    events: ObligationEvents,
    rows: Sequence[ObligationRow | Ended],
    *,
    reason: str | None = None,
) -> None:
    """Emit that these obligations ended, and look at the end of the transaction whether a phase is cleared."""
    for (cycle_id, phase), group in _by_phase(rows).items():
        for some in in_chunks(group, IN_ONE_EVENT):
            items = [_closed(row) for row in some]
            tenant_id = some[0].tenant_id
            told = events.closed(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase, items=items)
            emit(session, told, reason=reason)
        look_later(
            session,
            events,
            tenant_id=group[0].tenant_id,
            cycle_id=cycle_id,
            phase=phase,
            surely_waits=_more_than_a_few,
            waits=_any,
        )


def _closed(row: ObligationRow | Ended) -> ClosedObligation:
    return ClosedObligation(
        id=row.id,
        kind=Duty(row.kind),
        debtor_id=row.debtor_id,
        late=row.closed_at is not None and row.closed_at > row.due_at,
        lapsed=row.state == "LAPSED",
        cancelled=row.state == "CANCELLED",
    )


def _by_phase(rows: Iterable[ObligationRow | Ended]) -> dict[tuple[UUID, Phase], list[ObligationRow | Ended]]:
    groups: dict[tuple[UUID, Phase], list[ObligationRow | Ended]] = {}
    for row in rows:
        groups.setdefault((row.cycle_id, Phase(row.phase)), []).append(row)
    return groups


async def _more_than_a_few(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    return await _owed_at_most(session, cycle_id, phase, _FEW) > _FEW


async def _any(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    return await _owed_at_most(session, cycle_id, phase, 1) > 0


_OWED_IN_PHASE = select(literal(1)).where(
    ROWS.c.cycle_id == bindparam("cycle_id"), ROWS.c.phase == bindparam("phase"), IS_OPEN
)
_COUNT_UP_TO = select(func.count()).select_from(_OWED_IN_PHASE.limit(bindparam("most")).subquery())


async def _owed_at_most(session: AsyncSession, cycle_id: UUID, phase: Phase, most: int) -> int:
    asked = {"cycle_id": cycle_id, "phase": phase.value, "most": most + 1}
    counted: int = (await session.execute(_COUNT_UP_TO, asked)).scalar_one()
    return counted


async def owed(session: AsyncSession, cycle_id: UUID, phase: Phase | None = None) -> int:
    """How many obligations of a cycle (of one phase of it) are open in this service."""
    counting = (
        select(func.count())
        .select_from(ObligationRow)
        .where(col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN")
    )
    if phase is not None:
        counting = counting.where(col(ObligationRow.phase) == phase.value)
    counted: int = (await session.execute(counting)).scalar_one()
    return counted


_HOLDS = (
    select(literal(1))
    .where(
        ROWS.c.kind == bindparam("kind"),
        ROWS.c.subject_id == bindparam("subject_id"),
        ROWS.c.debtor_id == bindparam("person_id"),
        IS_OPEN,
    )
    .limit(1)
)


async def holds(session: AsyncSession, kind: Duty, subject_id: UUID, person_id: UUID) -> bool:
    """Whether this person owes this duty now, as the first debtor or after a hand-over."""
    asked = {"kind": kind.value, "subject_id": subject_id, "person_id": person_id}
    return (await session.execute(_HOLDS, asked)).first() is not None
