"""Makes events of what happened to obligations: of one cycle and phase each, and of bounded size."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Row
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import (
    UNNAMED,
    ClosedObligation,
    MoveCause,
    MovedObligation,
    ObligationEvents,
    ObligationKind,
    Step,
    SteppedObligation,
)
from kit.chunks import in_chunks
from kit.db import actor
from kit.outbox import emit
from obligations.clearing import emit_when_cleared
from obligations.parts import in_parts
from obligations.queries import anything_open, more_than_a_few_open
from obligations.rows import ObligationRow


class Ended(NamedTuple):
    """An obligation that ended, as far as it is emitted."""

    tenant_id: str
    id: UUID
    kind: str
    phase: str
    cycle_id: UUID
    debtor_id: UUID
    due_at: datetime
    state: str
    closed_at: datetime | None


class Because(NamedTuple):
    """Why something is moved."""

    cause: MoveCause
    cause_id: UUID
    reason: str


class Moved(NamedTuple):
    """An obligation that is due on another day or owed by somebody else, with its place."""

    cycle_id: UUID
    phase: str
    item: MovedObligation


R = TypeVar("R", bound=Any)
"""Anything with a cycle and a phase."""


def emit_closed(
    session: AsyncSession,
    events: ObligationEvents,
    rows: Sequence[ObligationRow | Ended],
    *,
    reason: str | None = None,
) -> None:
    """Emit that these obligations ended, and look at the end of the transaction whether a phase is cleared."""
    for (cycle_id, phase), group in _by_phase(rows):
        tenant_id = group[0].tenant_id
        for some in in_parts(group):
            items = [_closed(row) for row in some]
            event = events.closed(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase, items=items)
            emit(session, event, reason=reason)
        emit_when_cleared(
            session,
            events,
            tenant_id=tenant_id,
            cycle_id=cycle_id,
            phase=phase,
            surely_waits=more_than_a_few_open,
            waits=anything_open,
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


def emit_moved(session: AsyncSession, events: ObligationEvents, because: Because, moved: Iterable[Moved]) -> None:
    """Emit that these obligations moved."""
    for (cycle_id, phase), group in _by_phase(sorted(moved, key=lambda one: one[:2])):
        for some in in_chunks(group):
            event = events.moved(
                tenant_id=actor(session).tenant_id,
                cycle_id=cycle_id,
                phase=phase,
                cause=because.cause,
                cause_id=because.cause_id,
                reason=because.reason,
                items=[one.item for one in some],
            )
            emit(session, event, reason=because.reason)


def emit_stepped(session: AsyncSession, events: ObligationEvents, rows: Sequence[Row[Any]]) -> None:
    """Emit that the ladders of these obligations moved by a rung."""
    tenant_id = actor(session).tenant_id
    for (cycle_id, phase), group in _by_phase(rows):
        for some in in_chunks(group):
            items = [_stepped(row) for row in some]
            emit(session, events.stepped(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase, items=items))


def _stepped(row: Row[Any]) -> SteppedObligation:
    step, kind = Step(row.step), ObligationKind(row.kind)
    concerned = {
        Step.ESCALATE: row.superior_id or row.office_id,
        Step.OFFICE: row.office_id,
        Step.HAND_OVER: row.debtor_id,
    }
    # Whatever the ladder says: of an anonymous assessor nobody else is told.
    told_id = None if kind in UNNAMED else concerned.get(step)
    return SteppedObligation(
        id=row.id,
        kind=kind,
        step=step,
        debtor_id=row.debtor_id,
        told_id=told_id or row.debtor_id,
        former_id=row.former_id if step is Step.HAND_OVER else None,
        about_id=row.about_id,
        due_at=row.due_at,
        rung=row.rung,
        next_at=row.next_at,
    )


def _by_phase(rows: Iterable[R]) -> Iterator[tuple[tuple[UUID, Phase], list[R]]]:
    """Rows by cycle and phase, in the order in which these occur."""
    groups: dict[tuple[UUID, Phase], list[R]] = {}
    for row in rows:
        groups.setdefault((row.cycle_id, Phase(row.phase)), []).append(row)
    yield from groups.items()
