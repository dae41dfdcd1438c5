"""Closes obligations in the transaction of the state change, and emits how each ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import any_, bindparam, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ClosedObligation, ObligationEvents, ObligationKind
from kit.chunks import in_chunks
from kit.db import actor, clock
from kit.outbox import emit
from obligations.batches import IN_ONE_EVENT
from obligations.clearing import look_later
from obligations.queries import count_up_to
from obligations.rows import IS_OPEN, ROWS, ObligationRow

_FEW = 64
"""So few left that the last ones may be closing at the same time: only then is a lock worth taking."""


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


async def close_obligations(
    session: AsyncSession,
    events: ObligationEvents,
    kind: ObligationKind,
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
    emit_closed(session, events, rows)
    return rows


def emit_closed(
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
        kind=ObligationKind(row.kind),
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
    return await count_up_to(session, cycle_id, phase, _FEW) > _FEW


async def _any(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    return await count_up_to(session, cycle_id, phase, 1) > 0
