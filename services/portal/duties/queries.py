"""What somebody owes now, with names, as the copy has it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from kit.db import clock

# What was just done here is left out until the copy hears so; should it never hear, the duty is shown again.
_OWN = text("""
select d.id, d.kind, d.phase, d.cycle_id, d.subject_id, d.about_id, p.name as about, d.due_at, d.opened_at,
    d.handed_over, d.due_at < :now as overdue, c.name as cycle
from duties d
left join directory_people p on p.tenant_id = d.tenant_id and p.id = d.about_id
left join directory_cycles c on c.tenant_id = d.tenant_id and c.id = d.cycle_id
where d.state = 'OPEN' and d.debtor_id = :debtor and d.opened_at is not null and not exists (
    select from duties_done o where o.tenant_id = d.tenant_id and o.id = d.id and o.done_at > :now - interval '10 minutes')
order by d.due_at, d.id
limit :most
""")


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """One obligation of the reader."""

    id: UUID
    kind: ObligationKind
    phase: str
    cycle_id: UUID
    subject_id: UUID
    about_id: UUID | None
    about: str | None
    due_at: datetime
    opened_at: datetime
    handed_over: bool
    overdue: bool
    cycle: str | None


async def own_duties(session: AsyncSession, debtor_id: UUID, *, most: int = 500) -> list[OwnDuty]:
    """What the person owes, the most urgent first."""
    rows = await session.execute(_OWN, {"debtor": debtor_id, "now": clock(session).now(), "most": most})
    return [OwnDuty(**{**row, "kind": ObligationKind(row["kind"])}) for row in rows.mappings()]
