"""What was answered is written down: a row is confirmed or rejected once, and what brought no answer is tried again."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.exports import ExportState, RejectionCode, SettledBy
from kit.db import clock
from services.evaluation.national import events
from services.evaluation.national.models import NationalBatch
from services.evaluation.national.queries import batches


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row; still EXPORTED where nothing was answered."""

    id: UUID
    state: ExportState
    code: RejectionCode | None = None
    reason: str | None = None
    number: str | None = None
    error: str | None = None
    wait: float | None = None
    """Seconds until it is tried again."""


def confirmed(row_id: UUID, number: str | None = None) -> Outcome:
    """The national application has it."""
    return Outcome(row_id, ExportState.CONFIRMED, number=number)


def rejected(row_id: UUID, code: RejectionCode, reason: str) -> Outcome:
    """It is not taken."""
    return Outcome(row_id, ExportState.REJECTED, code=code, reason=reason)


def later(row_id: UUID, error: str, wait: float) -> Outcome:
    """Nobody knows yet."""
    return Outcome(row_id, ExportState.EXPORTED, error=error, wait=wait)


# What was settled meanwhile stays as it is, whoever was first: the office by hand, or another carrier.
_SETTLE = text(
    """
    update national_rows r
    set state = o.state, code = o.code, reason = o.reason, number = coalesce(o.number, r.number), error = o.error,
        next_at = case when o.state = 'EXPORTED' then now() + make_interval(secs => o.wait) end,
        settled_at = case when o.state <> 'EXPORTED' then cast(:now as timestamptz) end,
        settled_by = case when o.state <> 'EXPORTED' then cast(:by as text) end
    from jsonb_to_recordset(cast(:outcomes as jsonb)) as o(id uuid, state text, code text, reason text, number text,
        error text, wait float8)
    where r.id = o.id and r.state = 'EXPORTED'
    returning r.id, r.batch_id, r.result_id, r.part, r.state, r.code
    """
)


_IN_TURN = text(
    "select pg_advisory_xact_lock(hashtextextended(one::text, 0)) from unnest(cast(:ids as uuid[])) as one order by one"
)


async def settle(session: AsyncSession, outcomes: Sequence[Outcome], *, by: SettledBy) -> int:
    """Write them down and tell of those that are settled by it, one event a batch; returns how many that are."""
    told = json.dumps([asdict(one) for one in outcomes], default=str)
    values = {"outcomes": told, "now": clock(session).now(), "by": by.value}
    rows = (await session.execute(_SETTLE, values)).all()
    done = [row for row in rows if row.state != ExportState.EXPORTED]
    await _tell(session, done, by)
    return len(done)


async def _tell(session: AsyncSession, rows: Sequence[Any], by: SettledBy) -> None:
    by_batch: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_batch[row.batch_id].append(row)
    # One after the other: who settles the last rows of a batch sees what the others have settled, and says that none is left.
    await session.execute(_IN_TURN, {"ids": list(by_batch)})
    looking = select(NationalBatch).where(col(NationalBatch.id).in_(by_batch))
    found = (await session.scalars(looking)).all()
    standings = await batches.standings(session, list(by_batch))
    for batch in found:
        left = standings[batch.id].states[ExportState.EXPORTED]
        events.settled(session, by_batch[batch.id], batch=batch, by=by, left=left)
