"""Closes obligations in the transaction of the state change, done or cancelled, and emits how each ended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, bindparam, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationEvents, ObligationKind
from kit.db import actor, clock
from obligations.events import Ended, emit_closed
from obligations.holding import release
from obligations.rows import IS_OPEN, ROWS, ObligationRow

# On the table and compiled once, because nearly every command closes something: an array and not IN, so that the
# statement is the same for any number of subjects. Whoever loses a race finds the row closed, and closes nothing.
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
# After a hand-over the first debtor may still do it, and it is then done for the present one as well.
_OF_ONE = (ROWS.c.debtor_id == bindparam("debtor")) | (ROWS.c.first_debtor_id == bindparam("debtor"))
_CLOSE_OF_ONE = _CLOSE.where(_OF_ONE)


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
        values["debtor"] = debtor_id
    closing = await session.execute(_CLOSE if debtor_id is None else _CLOSE_OF_ONE, values)
    rows = [Ended(*row) for row in closing]
    emit_closed(session, events, rows)
    return rows


async def cancel_obligations(
    session: AsyncSession, events: ObligationEvents, which: ColumnElement[bool], *, reason: str | None = None
) -> list[ObligationRow]:
    """Nobody owes these open obligations any more; returns them as they were cancelled."""
    cancelling = (
        update(ObligationRow)
        .where(ROWS.c.tenant_id == actor(session).tenant_id, IS_OPEN, which)
        .values(state="CANCELLED", closed_at=clock(session).now(), closed_by=str(actor(session)), next_at=None)
        .returning(ObligationRow)
        # What the session has loaded before must not be taken for what was written.
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    rows = list((await session.scalars(cancelling)).all())
    emit_closed(session, events, rows, reason=reason)
    return rows


async def cancel_cycle(session: AsyncSession, events: ObligationEvents, cycle_id: UUID) -> int:
    """Nobody owes anything in the cycle any more, paused or not; returns how many obligations were cancelled."""
    cancelled = await cancel_obligations(session, events, col(ObligationRow.cycle_id) == cycle_id)
    await release(session, cycle_id)
    return len(cancelled)
