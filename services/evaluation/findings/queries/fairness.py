"""How raters rated in a cycle: sums over computed appraisals, set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import Policy
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.models import Cycle
from services.evaluation.findings.rules.fairness import MIDDLE, AllRaters, RaterStatistics

# One statement for every rater of a cycle: sums of sums in the database, not some million scores read into the process.
# "materialized": given is read by several of the parts below; inlined, the scores would be unpacked again for each. Counted are only people whose appraisal is computed, so that nobody judges a rater by half of the work.
# The other sources are compared without those that the policy dropped for that person: they took no part in the score.
_RATERS = text(
    """
    with given as materialized (
        select s.assessor_id, s.appraisal_id, p.key as code, p.value::numeric as points
        from assessments s
            join appraisals a on a.tenant_id = s.tenant_id and a.id = s.appraisal_id
            cross join lateral jsonb_each_text(s.scores) p
        where s.tenant_id = :tenant and s.role = 'SUPERIOR' and a.cycle_id = :cycle and a.state <> :open
            and (cast(:raters as uuid[]) is null or s.assessor_id = any(cast(:raters as uuid[])))
    ), people as materialized (
        select assessor_id, appraisal_id, avg(points) as points,
            case when count(*) > 1 then (max(points) = min(points))::int end as alike
        from given group by assessor_id, appraisal_id
    ), lines as (
        select assessor_id, count(*) as people, sum(points) as total, stddev_samp(points) as spread, avg(alike) as alike
        from people group by assessor_id
    ), middle as (
        select assessor_id, avg((abs(points - :middle) <= :near)::int) * 100 as central
        from given group by assessor_id
    ), pairs as (
        select one.assessor_id, corr(one.points::float8, other.points::float8) as together
        from given one join given other on other.appraisal_id = one.appraisal_id and other.code > one.code
        group by one.assessor_id, one.code, other.code
    ), halo as (
        select assessor_id, avg(together)::numeric as correlation from pairs group by assessor_id
    ), others as (
        select s.appraisal_id, s.role, p.key as code, avg(p.value::numeric) as points
        from assessments s
            join appraisals a on a.tenant_id = s.tenant_id and a.id = s.appraisal_id
            cross join lateral jsonb_each_text(s.scores) p
        where s.tenant_id = :tenant and s.role <> 'SUPERIOR' and a.cycle_id = :cycle and a.state <> :open
            and not coalesce(a.dropped, '[]'::jsonb) @> to_jsonb(s.role)
            and (cast(:raters as uuid[]) is null or a.assessed_by = any(cast(:raters as uuid[])))
        group by s.appraisal_id, s.role, p.key
    ), gaps as (
        select g.assessor_id, g.appraisal_id, avg(g.points) - avg(o.points) as gap
        from given g join others o on o.appraisal_id = g.appraisal_id and o.code = g.code
        group by g.assessor_id, g.appraisal_id
    ), gap as (
        select assessor_id, avg(gap) as gap, count(*) as people from gaps group by assessor_id
    )
    select l.assessor_id as rater_id, l.people, l.total, l.spread, l.alike, m.central as central_points,
        h.correlation, g.gap, coalesce(g.people, 0) as gap_people,
        not exists (select from appraisals o where o.tenant_id = :tenant and o.rater_id = l.assessor_id
            and o.cycle_id = :cycle and o.state = :open) as complete
    from lines l
        join middle m on m.assessor_id = l.assessor_id
        left join halo h on h.assessor_id = l.assessor_id
        left join gap g on g.assessor_id = l.assessor_id
    order by l.assessor_id
    """
).bindparams(open=AppraisalState.OPEN.value)
_ALL_RATERS = text(
    """
    select count(*) as people, coalesce(sum(points), 0) as total
    from (
        select avg(p.value::numeric) as points
        from assessments s
            join appraisals a on a.tenant_id = s.tenant_id and a.id = s.appraisal_id
            cross join lateral jsonb_each_text(s.scores) p
        where s.tenant_id = :tenant and s.role = 'SUPERIOR' and a.cycle_id = :cycle and a.state <> :open
        group by s.id
    ) people
    """
).bindparams(open=AppraisalState.OPEN.value)
# By the appraisals alone: asked after every late assessment, for which the sums above would be far too much.
_COMPLETE_RATERS = text(
    """
    select a.assessed_by from appraisals a
    where a.tenant_id = :tenant and a.cycle_id = :cycle and a.assessed_by = any(:raters)
        and not exists (select from appraisals o where o.tenant_id = :tenant and o.rater_id = a.assessed_by
            and o.cycle_id = :cycle and o.state = :open)
    group by a.assessed_by having count(*) >= :fewest
    """
).bindparams(open=AppraisalState.OPEN.value)


# Who rates whom as the cycle froze it; `union` ends where a line runs in a circle.
_BRANCH = text(
    """
    with recursive branch as (
        select servant_id from appraisals where tenant_id = :tenant and cycle_id = :cycle and rater_id = :above
        union
        select a.servant_id from appraisals a join branch b on a.rater_id = b.servant_id
        where a.tenant_id = :tenant and a.cycle_id = :cycle
    )
    select b.servant_id from branch b where b.servant_id <> :above and exists (
        select from appraisals a where a.tenant_id = :tenant and a.cycle_id = :cycle and a.rater_id = b.servant_id
    )
    order by b.servant_id
    """
)


@dataclass(frozen=True, slots=True)
class RaterComparison:
    """Raters beside the sums of all of them."""

    raters: tuple[RaterStatistics, ...]
    all_raters: AllRaters


async def complete_raters(session: AsyncSession, cycle: Cycle, policy: Policy, raters: Iterable[UUID]) -> list[UUID]:
    """Those of these who assessed enough people to be judged, and have nobody left; a cheap look before the sums."""
    fewest = policy.moderation.minimum_rated
    values = {"tenant": cycle.tenant_id, "cycle": cycle.id, "raters": sorted(raters), "fewest": fewest}
    return list((await session.scalars(_COMPLETE_RATERS, values)).all())


async def raters_below(session: AsyncSession, cycle: Cycle, above: UUID) -> list[UUID]:
    """Who rates somebody in the branch of this leader, however many steps below."""
    values = {"tenant": cycle.tenant_id, "cycle": cycle.id, "above": above}
    return list((await session.scalars(_BRANCH, values)).all())


async def raters(
    session: AsyncSession, cycle: Cycle, policy: Policy, only: Sequence[UUID] | None = None
) -> RaterComparison:
    """Every rater's statistics (or those of some, beside the sums of all); nobody who is still to be assessed counts."""
    values = {
        "tenant": cycle.tenant_id,
        "cycle": cycle.id,
        "middle": MIDDLE,
        "near": policy.moderation.central_points,
        "raters": None if only is None else list(only),
    }
    rows = (await session.execute(_RATERS, values)).mappings().all()
    found = tuple(RaterStatistics.model_validate(dict(row)) for row in rows)
    if only is None:
        people, total = sum(one.people for one in found), sum((one.total for one in found), Decimal(0))
        return RaterComparison(found, AllRaters(people=people, total=total))
    of_all = {name: values[name] for name in ("tenant", "cycle")}
    all_raters = (await session.execute(_ALL_RATERS, of_all)).mappings().one()
    return RaterComparison(found, AllRaters.model_validate(dict(all_raters)))
