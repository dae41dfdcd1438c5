"""Reads of competences: what is asked of people, and the gaps of a cycle by unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import any_, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.competences.models import AppraisalCompetence
from services.evaluation.competences.rules import Asked
from services.evaluation.cycles.models import Cycle

_ASKED = (
    select(AppraisalCompetence)
    .where(col(AppraisalCompetence.appraisal_id) == any_(bindparam("ids", type_=ARRAY(PG_UUID))))
    .order_by(col(AppraisalCompetence.appraisal_id), col(AppraisalCompetence.code))
)


async def asked_of(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> Mapping[UUID, list[Asked]]:
    """What is asked in these appraisals; of a post that asks for nothing an empty list."""
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for row in (await session.scalars(_ASKED, {"ids": list(appraisal_ids)})).all():
        found[row.appraisal_id].append(Asked(code=row.code, name=row.name, required=row.required))
    return found


class UnitGap(NamedTuple):
    """One competence among the people of a unit whose results stand."""

    code: str
    name: str
    people: int
    """Of whom it was assessed."""
    below: int
    """Of these, who does not reach what the post asks for."""
    mean_gap: Decimal


class UnitGaps(NamedTuple):
    """The gaps of one unit."""

    unit_id: UUID
    name: str | None
    competences: tuple[UnitGap, ...]


_GAPS = text(
    """
    select a.unit_id, u.name as unit, c.code, min(c.name) as name, count(*) as people,
        count(*) filter (where c.gap > 0) as below, round(avg(c.gap), 2) as mean_gap
    from appraisals a
        cross join jsonb_to_recordset(a.competences) as c(code text, name text, gap numeric)
        left join directory_units u on u.tenant_id = a.tenant_id and u.id = a.unit_id
    where a.tenant_id = :tenant and a.cycle_id = :cycle and a.state not in (:open, :moderation) and c.gap is not null
    group by a.unit_id, u.name, c.code
    order by a.unit_id, c.code
    """
).bindparams(open=AppraisalState.OPEN.value, moderation=AppraisalState.MODERATION.value)


async def of_units(session: AsyncSession, cycle: Cycle) -> list[UnitGaps]:
    """Every unit of which a competence was assessed, by its id."""
    units: dict[UUID, UnitGaps] = {}
    for row in (await session.execute(_GAPS, {"tenant": cycle.tenant_id, "cycle": cycle.id})).all():
        one = UnitGap(row.code, row.name, row.people, row.below, row.mean_gap)
        before = units.get(row.unit_id, UnitGaps(row.unit_id, row.unit, ()))
        units[row.unit_id] = before._replace(competences=(*before.competences, one))
    return list(units.values())
