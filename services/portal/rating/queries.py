"""Whom the reader rates in a cycle, and where one appraisal belongs, as the copies have it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind

_ROWS = """
select m.appraisal_id, m.servant_id, m.cycle_id, coalesce(p.name, '') as name, coalesce(p.position, '') as position,
    s.plan_id, s.rating_state, s.result_state
from directory_members m
left join directory_people p on p.tenant_id = m.tenant_id and p.id = m.servant_id
left join standings s on (s.tenant_id, s.cycle_id, s.servant_id) = (m.tenant_id, m.cycle_id, m.servant_id)
"""
_ONE = text(_ROWS + "where m.appraisal_id = :appraisal")
# Whoever owes it in place of a silent rater has the person in the list as well; the rater from whom it was taken too.
_RATED = text(
    _ROWS
    + """
where m.cycle_id = :cycle and (m.rater_id = :person or exists (
    select from duties d where d.tenant_id = m.tenant_id and d.debtor_id = :person and d.kind = :kind
        and d.cycle_id = m.cycle_id and d.about_id = m.servant_id and d.state = 'OPEN'))
order by name, m.servant_id
limit :most
"""
)
MOST = 200
"""People whom a page about the whole team shows; a rater has some ten."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One person of a cycle who is rated."""

    appraisal_id: UUID
    servant_id: UUID
    cycle_id: UUID
    name: str
    position: str
    plan_id: UUID | None
    rating_state: str | None
    result_state: str | None


async def one_rated(session: AsyncSession, appraisal_id: UUID) -> Rated | None:
    """Whose appraisal that is."""
    row = (await session.execute(_ONE, {"appraisal": appraisal_id})).mappings().first()
    return Rated(**row) if row else None


async def rated_by(session: AsyncSession, cycle_id: UUID, person_id: UUID, kind: ObligationKind) -> list[Rated]:
    """The own team, and whoever was handed over for this kind of act, by name; no more than :data:`MOST`."""
    values = {"cycle": cycle_id, "person": person_id, "kind": kind.value, "most": MOST}
    return [Rated(**row) for row in (await session.execute(_RATED, values)).mappings()]
