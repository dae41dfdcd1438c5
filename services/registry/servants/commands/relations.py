"""Records who rates whom from which day on; never two relations of one person at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.chunks import in_chunks
from kit.db import actor, clock
from services.registry.servants.rules.relations import RelationSource

_PIECE = 5_000
"""People a statement; each of them is in one piece, with all that becomes of his or her relations."""


@dataclass(frozen=True, slots=True)
class RaterChange:
    """From a day on somebody else rates a civil servant, or nobody."""

    servant_id: UUID
    rater_id: UUID | None
    since: date


_CHANGED = "unnest(cast(:servants as uuid[]), cast(:raters as uuid[]), cast(:days as date[])) as c(servant, rater, day)"
# In this order, because an exclusion constraint forbids two relations of one person at once, after each
# statement as after the last: first what begins on that day or later goes, then what runs over it ends, then the new one begins.
# No tenant is compared in the first two: row level security shows this transaction its own city alone.
_FORGET = text(
    f"delete from rater_relations r using {_CHANGED} where r.servant_id = c.servant and r.valid_from >= c.day"  # noqa: S608
)
_END = text(
    f"""
    update rater_relations r set valid_to = c.day from {_CHANGED}
    where r.servant_id = c.servant and r.valid_from < c.day and (r.valid_to is null or r.valid_to > c.day)
    """  # noqa: S608 - nothing but the constant above is put in
)
_BEGIN = text(
    f"""
    insert into rater_relations
        (tenant_id, servant_id, valid_from, valid_to, rater_id, source, reason, recorded_at, recorded_by, change_id,
        acting_for_id)
    select :tenant, c.servant, c.day, null, c.rater, :source, :reason, :now, :by, cast(:change as uuid),
        cast(:acting_for as uuid)
    from {_CHANGED} where c.rater is not null
    """  # noqa: S608
)


async def change_relations(
    session: AsyncSession,
    changes: Sequence[RaterChange],
    *,
    source: RelationSource,
    reason: str | None = None,
    change_id: UUID | None = None,
    acting_for: UUID | None = None,
) -> None:
    """From each day on the new relation holds: what began on that day or later is replaced, what ran over it ends."""
    who = actor(session)
    common = {
        "source": source.value,
        "reason": reason,
        "now": clock(session).now(),
        "by": str(who),
        "change": change_id,
        "acting_for": acting_for,
    }
    for piece in in_chunks(changes, _PIECE):
        sets = {
            "servants": [one.servant_id for one in piece],
            "raters": [one.rater_id for one in piece],
            "days": [one.since for one in piece],
        }
        await session.execute(_FORGET, sets)
        await session.execute(_END, sets)
        await session.execute(_BEGIN, {"tenant": who.tenant_id, **sets, **common})
