"""Passes what one person owes about others on to a successor: a new rater, an acting official, the next superior."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Frozen, Phase
from contracts.obligations import UNNAMED, MovedObligation, ObligationEvents, ObligationKind
from kit.db import actor
from obligations.events import Because, Moved, emit_moved
from obligations.rows import ObligationRow
from obligations.terms import Terms


@dataclass(frozen=True, slots=True)
class Succession:
    """Who owes, from now on, what somebody else owed about a person, and who is notified if it is late."""

    about_id: UUID | None
    former_id: UUID
    debtor_id: UUID | None
    superior_id: UUID | None = None
    office_id: UUID | None = None


TermsOf = Callable[[ObligationKind, Phase], Terms]
"""What an obligation would get if it were opened now."""


class _PassedOn(Frozen):
    """An obligation as it becomes."""

    id: UUID
    due_at: datetime
    rungs: list[dict[str, str]]
    rung: int
    next_at: datetime | None
    debtor_id: UUID
    superior_id: UUID | None


# The rows are locked before (see _locked), and each becomes something else: they travel as one JSON document, because arrays
# of arrays would have to be of one length. A ladder that stands still in a pause has no next_at although there are rungs
# left, and goes on standing still; one that was climbed to its end may begin anew. The successor is the first debtor as
# well: the former one may not do it any more, as after a hand-over.
_WRITE = text(
    """
    update obligations o
    set due_at = n.due_at, rungs = n.rungs, rung = n.rung, debtor_id = n.debtor_id,
        next_at = case when o.next_at is not null or o.rung >= jsonb_array_length(o.rungs) then n.next_at end,
        first_debtor_id = n.debtor_id, superior_id = n.superior_id
    from jsonb_to_recordset(cast(:rows as jsonb)) as n(id uuid, due_at timestamptz, rungs jsonb, rung smallint,
        next_at timestamptz, debtor_id uuid, superior_id uuid)
    where o.tenant_id = :tenant and o.id = n.id and o.state = 'OPEN'
    """
)


async def pass_on(
    session: AsyncSession,
    events: ObligationEvents,
    cycle_id: UUID,
    successions: Sequence[Succession],
    *,
    terms_of: TermsOf,
    because: Because,
    fixed: frozenset[ObligationKind] = frozenset(),
    excluded: frozenset[ObligationKind] = frozenset(),
) -> list[UUID]:
    """Let successors owe what others owed about these people; returns the obligations that moved.

    Who takes over has at least the time of the obligation's ladder, unless its limit is ``fixed`` by law. Where nobody can,
    the obligation is left with whom it is; kinds that are ``excluded`` stay in any case.
    """
    wanted: dict[tuple[UUID | None, UUID], Succession] = {
        (one.about_id, one.former_id): one for one in successions if one.debtor_id is not None
    }
    locked = await _locked(session, cycle_id, successions)
    stays = excluded | UNNAMED  # whoever took over what an anonymous assessor owes would learn whose it was
    rows = [row for row in locked if (row.about_id, row.debtor_id) in wanted and ObligationKind(row.kind) not in stays]
    taken = await _taken(session, cycle_id, rows)
    moved, written = list[Moved](), list[_PassedOn]()
    for row in rows:
        one = wanted[row.about_id, row.debtor_id]
        if (row.kind, row.subject_id, one.debtor_id) not in taken:
            new = _passed_on(row, one, terms_of, keep=ObligationKind(row.kind) in fixed)
            written.append(new)
            moved.append(Moved(row.cycle_id, row.phase, _item(row, new)))
    if written:
        rows_as_json = json.dumps([new.model_dump(mode="json") for new in written])
        await session.execute(_WRITE, {"tenant": actor(session).tenant_id, "rows": rows_as_json})
        emit_moved(session, events, because, moved)
    return [new.id for new in written]


async def _locked(session: AsyncSession, cycle_id: UUID, successions: Sequence[Succession]) -> Sequence[ObligationRow]:
    """What the former debtors owe, locked in the order of the ids as everywhere; read anew under the lock."""
    locking = (
        select(ObligationRow)
        .where(
            col(ObligationRow.cycle_id) == cycle_id,
            col(ObligationRow.state) == "OPEN",
            or_(
                col(ObligationRow.about_id).in_({one.about_id for one in successions if one.about_id is not None}),
                col(ObligationRow.about_id).is_(None),
            ),
            col(ObligationRow.debtor_id).in_({one.former_id for one in successions}),
        )
        .order_by(col(ObligationRow.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(locking)).all()


async def _taken(session: AsyncSession, cycle_id: UUID, rows: Sequence[ObligationRow]) -> set[tuple[str, UUID, UUID]]:
    """Which obligations about the same things others have already as their own: the unique index allows each one once."""
    mine = {row.id for row in rows}
    same = select(
        col(ObligationRow.id),
        col(ObligationRow.kind),
        col(ObligationRow.subject_id),
        col(ObligationRow.first_debtor_id),
    ).where(
        col(ObligationRow.cycle_id) == cycle_id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.subject_id).in_({row.subject_id for row in rows}),
    )
    found = await session.execute(same)
    return {(row.kind, row.subject_id, row.first_debtor_id) for row in found if row.id not in mine}


def _passed_on(row: ObligationRow, one: Succession, terms_of: TermsOf, *, keep: bool) -> _PassedOn:
    """The row as it becomes: with the terms of a new obligation where less time is left than those give."""
    fresh = terms_of(ObligationKind(row.kind), Phase(row.phase))
    rungs, rung, due_at, next_at = row.rungs, row.rung, row.due_at, row.next_at
    if not keep and fresh.due_at > row.due_at:
        rungs = [{"at": step.at.isoformat(), "step": step.step.value} for step in fresh.rungs]
        rung, due_at = 0, fresh.due_at
        next_at = fresh.rungs[0].at if fresh.rungs else None
    superior_id = None if one.superior_id == one.debtor_id else one.superior_id
    return _PassedOn(
        id=row.id,
        due_at=due_at,
        rungs=rungs,
        rung=rung,
        next_at=next_at,
        debtor_id=one.debtor_id or row.debtor_id,
        superior_id=superior_id or one.office_id,
    )


def _item(row: ObligationRow, new: _PassedOn) -> MovedObligation:
    return MovedObligation(
        id=row.id,
        kind=ObligationKind(row.kind),
        about_id=row.about_id,
        debtor_id=new.debtor_id,
        former_id=row.debtor_id,
        due_at=new.due_at,
        was_due_at=row.due_at,
        next_at=new.next_at,
    )
