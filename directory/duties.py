"""A copy of who owes what by when, from what plans, evaluation and feedback tell of their obligations.

One statement an event, whatever its size. The order of arrival does not matter but among steps and moves, which have one
key: a close or a step that comes before its opening makes the row, and the opening then fills in what only it knows; a
move that comes after the close says when it was due at last, and the close who owed it.
"""

from collections.abc import Sequence
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, Frozen, Phase
from contracts.obligations import ObligationsClosed, ObligationsMoved, ObligationsOpened, ObligationsStepped

_INSERT = """
insert into {table} as t (tenant_id, id, {column}service, kind, phase, cycle_id, subject_id, about_id, debtor_id,
    first_debtor_id, opened_at, due_at, state, late, handed_over, reminders, escalations)
select :tenant, o.id, {next}:service, o.kind, :phase, cast(:cycle as uuid),
"""
_OPENED = """
    o.subject_id, o.about_id, o.debtor_id, o.debtor_id, o.opened_at, o.due_at, 'OPEN', false, false, 0, 0
from jsonb_to_recordset(cast(:items as jsonb)) as o(id uuid, kind text, subject_id uuid, about_id uuid, debtor_id uuid,
    opened_at timestamptz, due_at timestamptz)
on conflict (tenant_id, id) do update set {number}subject_id = excluded.subject_id,
    about_id = excluded.about_id, first_debtor_id = excluded.first_debtor_id, opened_at = excluded.opened_at,
    due_at = coalesce(t.due_at, excluded.due_at)
where t.opened_at is null
"""
_STEPPED = """
    null, o.about_id, o.debtor_id, null, null, o.due_at, 'OPEN', false,
    o.step = 'HAND_OVER' and o.former_id is distinct from o.debtor_id,
    (o.step = 'REMIND')::int, (o.step in ('ESCALATE', 'OFFICE'))::int
from jsonb_to_recordset(cast(:items as jsonb)) as o(id uuid, kind text, step text, about_id uuid, debtor_id uuid,
    former_id uuid, due_at timestamptz)
where o.step <> 'LAPSE'
on conflict (tenant_id, id) do update set {number}
    debtor_id = case when excluded.handed_over then excluded.debtor_id else t.debtor_id end,
    handed_over = t.handed_over or excluded.handed_over, reminders = t.reminders + excluded.reminders,
    escalations = t.escalations + excluded.escalations
"""
_CLOSED = """
    null, null, o.debtor_id, null, null, null,
    case when o.lapsed then 'LAPSED' when o.cancelled then 'CANCELLED' else 'DONE' end, o.late, false, 0, 0
from jsonb_to_recordset(cast(:items as jsonb)) as o(id uuid, kind text, debtor_id uuid, late boolean, lapsed boolean,
    cancelled boolean)
on conflict (tenant_id, id) do update set {number}state = excluded.state, late = excluded.late,
    debtor_id = excluded.debtor_id
where t.state = 'OPEN'
"""
_MOVED = """
    null, o.about_id, o.debtor_id, null, null, o.due_at, 'OPEN', false, o.former_id is not null, 0, 0
from jsonb_to_recordset(cast(:items as jsonb)) as o(id uuid, kind text, about_id uuid, debtor_id uuid, former_id uuid,
    due_at timestamptz)
on conflict (tenant_id, id) do update set {number}due_at = excluded.due_at,
    debtor_id = case when t.state = 'OPEN' then excluded.debtor_id else t.debtor_id end,
    handed_over = t.handed_over or excluded.handed_over
"""


class DutyCopy:
    """A service's copy in one of its tables; with a sequence, ``seq`` numbers every change.

    Numbers are assigned under a lock of the city that is held to the end of the transaction: they become visible in their
    order, and whoever reads after the last one he has seen misses none.
    """

    def __init__(self, table: str, *, sequence: str = "") -> None:
        numbered = {"column": "seq, ", "next": f"nextval('{sequence}'), ", "number": "seq = excluded.seq, "}
        words = {"table": table} | (numbered if sequence else dict.fromkeys(numbered, ""))
        self._opened, self._stepped, self._closed, self._moved = (
            text((_INSERT + one).format(**words)) for one in (_OPENED, _STEPPED, _CLOSED, _MOVED)
        )
        lock = f"select pg_advisory_xact_lock(hashtextextended('{table}/' || :tenant, 0))"
        self._lock = text(lock) if sequence else None

    async def take_opened(self, session: AsyncSession, event: ObligationsOpened) -> None:
        """Obligations came into being."""
        await self._take(session, self._opened, event, event.cycle_id, event.phase, event.items)

    async def take_stepped(self, session: AsyncSession, event: ObligationsStepped) -> None:
        """Ladders moved."""
        await self._take(session, self._stepped, event, event.cycle_id, event.phase, event.items)

    async def take_moved(self, session: AsyncSession, event: ObligationsMoved) -> None:
        """Obligations are due on another day, or owed by somebody else."""
        await self._take(session, self._moved, event, event.cycle_id, event.phase, event.items)

    async def take_closed(self, session: AsyncSession, event: ObligationsClosed) -> None:
        """Obligations ended."""
        await self._take(session, self._closed, event, event.cycle_id, event.phase, event.items)

    async def _take(
        self,
        session: AsyncSession,
        statement: TextClause,
        event: Event,
        cycle_id: UUID,
        phase: Phase,
        items: Sequence[Frozen],
    ) -> None:
        if self._lock is not None:
            await session.execute(self._lock, {"tenant": event.tenant_id})
        values = {
            "tenant": event.tenant_id,
            "service": event.topic,
            "phase": phase.value,
            "cycle": cycle_id,
            "items": to_json(items).decode(),
        }
        await session.execute(statement, values)
