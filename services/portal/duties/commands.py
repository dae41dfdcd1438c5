"""Takes what plans, evaluation and feedback tell of their obligations, and notes what was done on a page just now."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory.duties import DutyCopy
from kit.db import actor, clock

_COPY = DutyCopy("duties")
take_opened = _COPY.take_opened
take_stepped = _COPY.take_stepped
take_moved = _COPY.take_moved
take_closed = _COPY.take_closed

_DONE = text("""
insert into duties_done (tenant_id, id, done_at)
select tenant_id, id, :now from duties
where debtor_id = :servant and kind = :kind and subject_id = any(:subjects) and state = 'OPEN'
on conflict (tenant_id, id) do update set done_at = excluded.done_at
""")


async def note_done(session: AsyncSession, kind: ObligationKind, *subject_ids: UUID | str) -> None:
    """The actor has just done them: one's own list does without them before the copy has heard so."""
    acting = actor(session)
    values = {
        "servant": acting.id,
        "kind": kind.value,
        "subjects": [UUID(str(one)) for one in subject_ids],
        "now": clock(session).now(),
    }
    await session.execute(_DONE, values)
