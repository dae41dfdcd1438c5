"""How predicates are spread over the units of a cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import OrgPerformance, Predicate
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.models import Cycle


@dataclass(frozen=True, slots=True)
class UnitDistribution:
    """The predicates of one unit's people without its head, whose results are rated from the organisation."""

    unit_id: UUID
    name: str | None
    leader_id: UUID | None
    performance: OrgPerformance | None
    complete: bool
    counts: dict[Predicate, int]


# The head is left out of the counts: his or her results are rated from the organisation (SE MenPANRB 3/2023).
_UNITS = text(
    """
    select a.unit_id, u.name, o.performance, min(a.servant_id::text) filter (where a.is_head) as leader_id,
        bool_and(a.state <> :open) as complete,
        count(*) filter (where a.predicate = 'VERY_GOOD' and not a.is_head) as very_good,
        count(*) filter (where a.predicate = 'GOOD' and not a.is_head) as good,
        count(*) filter (where a.predicate = 'NEEDS_IMPROVEMENT' and not a.is_head) as needs_improvement,
        count(*) filter (where a.predicate = 'POOR' and not a.is_head) as poor,
        count(*) filter (where a.predicate = 'VERY_POOR' and not a.is_head) as very_poor
    from appraisals a
        left join directory_units u on u.tenant_id = a.tenant_id and u.id = a.unit_id
        left join org_performances o on o.tenant_id = a.tenant_id and o.cycle_id = a.cycle_id and o.unit_id = a.unit_id
    where a.tenant_id = :tenant and a.cycle_id = :cycle
        and (cast(:units as uuid[]) is null or a.unit_id = any(cast(:units as uuid[])))
    group by a.unit_id, u.name, o.performance
    order by a.unit_id
    """
).bindparams(open=AppraisalState.OPEN.value)


async def units(
    session: AsyncSession, cycle: Cycle, only: Sequence[UUID] | None = None
) -> tuple[UnitDistribution, ...]:
    """Every unit's predicates (or those of some) with the achievement of its organisation, if it is set."""
    values = {"tenant": cycle.tenant_id, "cycle": cycle.id, "units": None if only is None else list(only)}
    rows = (await session.execute(_UNITS, values)).mappings().all()
    return tuple(_unit(dict(row)) for row in rows)


def _unit(row: dict[str, Any]) -> UnitDistribution:
    return UnitDistribution(
        unit_id=row["unit_id"],
        name=row["name"],
        leader_id=None if row["leader_id"] is None else UUID(row["leader_id"]),
        performance=None if row["performance"] is None else OrgPerformance(row["performance"]),
        complete=row["complete"],
        counts={one: row[one.value.lower()] for one in Predicate},
    )
