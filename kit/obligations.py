"""Who owes what, by when: opened and closed in the transaction of the state change, in one statement for any number.

The ladder of each obligation is frozen in its row as instants, so a calendar that changes later moves nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Select, SmallInteger, func, literal, select, text, update
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ClosedObligation, Duty, Obligation, ObligationEvents
from kit import columns
from kit.chunks import in_chunks
from kit.db import actor, clock, situation
from kit.deadlines import RungAt
from kit.outbox import emit

IN_ONE_EVENT = 400
"""Items of one obligation event: some 120 KB of JSON, far below the broker's 1 MB."""
_FEW = 64
"""So few left that the last ones may be closing at the same time: only then is a lock worth taking."""


def _while_open(name: str, *names: str, unique: bool = False) -> Index:
    return Index(name, "tenant_id", *names, unique=unique, postgresql_where=text("state = 'OPEN'"))


class ObligationRow(SQLModel, table=True):
    """One duty of one person about one thing."""

    __tablename__ = "obligations"
    __table_args__ = (
        _while_open("uq_obligations_open", "kind", "subject_id", "first_debtor_id", unique=True),
        _while_open("ix_obligations_next_at", "next_at", "id"),
        _while_open("ix_obligations_open_phase", "cycle_id", "phase"),
        _while_open("ix_obligations_debtor_id", "debtor_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    kind: str = columns.text()
    phase: str = columns.text()
    cycle_id: UUID = columns.reference()
    subject_id: UUID = columns.reference()
    about_id: UUID | None = columns.reference(nullable=True)
    first_debtor_id: UUID = columns.reference()
    debtor_id: UUID = columns.reference()
    """Who owes it now; another than the first after a hand-over."""
    superior_id: UUID | None = columns.reference(nullable=True)
    office_id: UUID | None = columns.reference(nullable=True)
    opened_at: datetime = columns.instant()
    due_at: datetime = columns.instant()
    rungs: list[dict[str, str]] = columns.document()
    rung: int = Field(default=0, sa_type=SmallInteger)
    next_at: datetime | None = columns.instant(nullable=True)
    state: str = columns.text(default="OPEN")
    """OPEN, DONE, LAPSED or CANCELLED."""
    closed_at: datetime | None = columns.instant(nullable=True)
    closed_by: str | None = columns.text(nullable=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the obligations that one statement opens have in common."""

    kind: Duty
    phase: Phase
    cycle_id: UUID
    due_at: datetime
    rungs: tuple[RungAt, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes it, and about what."""

    subject_id: UUID
    debtor_id: UUID
    about_id: UUID | None = None
    superior_id: UUID | None = None
    office_id: UUID | None = None


_OWED = ("subject_id", "debtor_id", "about_id", "superior_id", "office_id")


def listed(owed: Iterable[Owed]) -> Select[Any]:
    """The obligations named one by one, as the source that :func:`open_duties` takes.

    Arrays and not VALUES: the statement is then the same for any number, and compiled once.
    """
    rows = list(owed)
    arrays = [literal([getattr(one, name) for one in rows], ARRAY(PG_UUID)) for name in _OWED]
    table = (
        func.unnest(*arrays).table_valued(*(sql_column(name, PG_UUID) for name in _OWED), name="owed").render_derived()
    )
    return select(*table.c)


async def open_duties(
    session: AsyncSession, events: ObligationEvents, terms: Terms, source: Select[Any], *, tenant_id: str
) -> int:
    """Open one obligation for each row of ``source`` in one statement; what is open already stays as it is.

    ``source`` yields subject_id, debtor_id, about_id, superior_id, office_id (see :class:`Owed`). Returns how many
    were opened.
    """
    now = clock(session).now()
    owed = source.subquery("owed")
    next_at = terms.rungs[0].at if terms.rungs else None
    rows = select(
        literal(tenant_id),
        func.uuidv7(),
        literal(terms.kind.value),
        literal(terms.phase.value),
        literal(terms.cycle_id, PG_UUID),
        owed.c.subject_id,
        owed.c.about_id,
        owed.c.debtor_id,
        owed.c.debtor_id,
        owed.c.superior_id,
        owed.c.office_id,
        *(_literal(ObligationRow, name, value) for name, value in _frozen(terms, now, next_at).items()),
    )
    names = ["tenant_id", "id", "kind", "phase", "cycle_id", "subject_id", "about_id", "first_debtor_id", "debtor_id"]
    names += ["superior_id", "office_id", "opened_at", "due_at", "rungs", "rung", "next_at", "state"]
    # What all have in common is known here: of a hundred thousand rows only what differs comes back.
    differing = [col(getattr(ObligationRow, name)) for name in ("id", *_OWED)]
    opening = insert(ObligationRow).from_select(names, rows).on_conflict_do_nothing().returning(*differing)
    opened = (await session.execute(opening)).mappings().all()
    common = {"kind": terms.kind, "due_at": _utc(terms.due_at), "opened_at": _utc(now), "next_at": _utc(next_at)}
    for some in in_chunks(opened, IN_ONE_EVENT):
        items = [Obligation.model_validate({**common, **row}) for row in some]
        emit(session, events.opened(tenant_id=tenant_id, cycle_id=terms.cycle_id, phase=terms.phase, items=items))
    return len(opened)


def _frozen(terms: Terms, now: datetime, next_at: datetime | None) -> dict[str, Any]:
    rungs = [{"at": rung.at.isoformat(), "step": rung.step.value} for rung in terms.rungs]
    return {
        "opened_at": now,
        "due_at": terms.due_at,
        "rungs": rungs,
        "rung": 0,
        "next_at": next_at,
        "state": "OPEN",
    }


def _literal(table: type[SQLModel], name: str, value: Any) -> Any:
    return literal(value, table.__table__.c[name].type)  # type: ignore[attr-defined]


def _utc(instant: datetime | None) -> datetime | None:
    """As the database would give it back."""
    return None if instant is None else instant.astimezone(UTC)


async def close_duties(
    session: AsyncSession,
    events: ObligationEvents,
    kind: Duty,
    subject_ids: Sequence[UUID] | Select[Any],
    *,
    tenant_id: str,
    debtor_id: UUID | None = None,
    state: str = "DONE",
) -> list[ObligationRow]:
    """Close the open obligations of one kind about these subjects; those of one debtor only, if named.

    ``state`` is DONE, LAPSED or CANCELLED. Returns the rows closed; none if there was nothing open.
    """
    closing = (
        update(ObligationRow)
        .where(
            col(ObligationRow.tenant_id) == tenant_id,
            col(ObligationRow.kind) == kind.value,
            col(ObligationRow.state) == "OPEN",
            col(ObligationRow.subject_id).in_(subject_ids),
        )
        .values(state=state, closed_at=clock(session).now(), closed_by=str(actor(session)), next_at=None)
        .returning(ObligationRow)
        .execution_options(synchronize_session=False)
    )
    if debtor_id is not None:
        held = (col(ObligationRow.debtor_id) == debtor_id) | (col(ObligationRow.first_debtor_id) == debtor_id)
        closing = closing.where(held)
    rows = list((await session.scalars(closing)).all())
    tell_closed(session, events, rows)
    return rows


def tell_closed(session: AsyncSession, events: ObligationEvents, rows: Sequence[ObligationRow]) -> None:
    """Emit that these obligations ended, and look at the end of the transaction whether a phase is cleared."""
    for (cycle_id, phase), group in _by_phase(rows).items():
        for some in in_chunks(group, IN_ONE_EVENT):
            items = [_closed(row) for row in some]
            tenant_id = some[0].tenant_id
            emit(session, events.closed(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase, items=items))
        _look_later(session, events, group[0].tenant_id, cycle_id, phase)


def _closed(row: ObligationRow) -> ClosedObligation:
    return ClosedObligation(
        id=row.id,
        kind=Duty(row.kind),
        debtor_id=row.debtor_id,
        late=row.closed_at is not None and row.closed_at > row.due_at,
        lapsed=row.state == "LAPSED",
        cancelled=row.state == "CANCELLED",
    )


def _by_phase(rows: Iterable[ObligationRow]) -> dict[tuple[UUID, Phase], list[ObligationRow]]:
    groups: dict[tuple[UUID, Phase], list[ObligationRow]] = {}
    for row in rows:
        groups.setdefault((row.cycle_id, Phase(row.phase)), []).append(row)
    return groups


def _look_later(session: AsyncSession, events: ObligationEvents, tenant_id: str, cycle_id: UUID, phase: Phase) -> None:
    async def look(session: AsyncSession) -> None:
        await session.flush()
        if await _owed_at_most(session, cycle_id, phase, _FEW) > _FEW:
            return
        await session.execute(text("select pg_advisory_xact_lock(hashtext(:it))"), {"it": f"{cycle_id}/{phase}"})
        if await _owed_at_most(session, cycle_id, phase, 1) == 0:
            emit(session, events.cleared(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase))

    situation(session).before_commit[f"cleared/{cycle_id}/{phase}"] = look


async def _owed_at_most(session: AsyncSession, cycle_id: UUID, phase: Phase, most: int) -> int:
    some = (
        select(literal(1))
        .where(
            col(ObligationRow.cycle_id) == cycle_id,
            col(ObligationRow.phase) == phase.value,
            col(ObligationRow.state) == "OPEN",
        )
        .limit(most + 1)
        .subquery()
    )
    counted: int = (await session.execute(select(func.count()).select_from(some))).scalar_one()
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


async def holds(session: AsyncSession, kind: Duty, subject_id: UUID, person_id: UUID) -> bool:
    """Whether this person owes this duty now, as the first debtor or after a hand-over."""
    looking = select(literal(1)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.subject_id) == subject_id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.debtor_id) == person_id,
    )
    return (await session.execute(looking.limit(1))).first() is not None
