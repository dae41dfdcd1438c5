"""Asks colleagues: chosen by a hash, so that nobody picks his or her own judges and everybody is asked equally often."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.cycles.queries.context import CycleContext

# People stand in rings ordered by a hash: one ring a rater, one a unit. Whoever comes next in the ring assesses, so each
# gives about as many assessments as he or she gets. The unit's ring fills up where the rater has too few people.
_NOMINATE = text(
    """
    with ring as (
        select id, servant_id, rater_id, authority_id, unit_id,
            row_number() over by_rater as at_rater, count(*) over (partition by rater_id) as of_rater,
            row_number() over by_unit as at_unit, count(*) over (partition by unit_id) as of_unit
        from appraisals where tenant_id = :tenant and cycle_id = :cycle
        window by_rater as (partition by rater_id order by md5(:cycle || servant_id::text)),
               by_unit as (partition by unit_id order by md5(servant_id::text || :cycle))
    ),
    asked as (
        select one.id, peer.servant_id as peer_id, 0 as tier, step
        from ring one
        cross join generate_series(1, :wanted) step
        join ring peer on peer.rater_id = one.rater_id and peer.at_rater = (one.at_rater - 1 + step) % one.of_rater + 1
        where step < one.of_rater
        union all
        select one.id, peer.servant_id, 1, step
        from ring one
        cross join generate_series(1, :reach) step
        join ring peer on peer.unit_id = one.unit_id and peer.at_unit = (one.at_unit - 1 + step) % one.of_unit + 1
        where step < one.of_unit
            and (one.rater_id is null or peer.rater_id is distinct from one.rater_id)
            and peer.rater_id is distinct from one.servant_id
            and peer.servant_id is distinct from one.rater_id
            and peer.servant_id is distinct from one.authority_id
    ),
    ranked as (
        select id, peer_id, row_number() over (partition by id order by tier, step) as place from asked
        where not exists (
            select from directory_people p where p.tenant_id = :tenant and p.id = peer_id and p.status <> 'ACTIVE'
        )
    )
    insert into peer_nominations (tenant_id, appraisal_id, peer_id)
    select :tenant, id, peer_id from ranked where place <= :wanted
    on conflict do nothing
    """
)
_REACH = 12
"""How far the unit's ring is searched beyond the number wanted, since some of its people are passed over."""


async def nominate(session: AsyncSession, context: CycleContext, *, wanted: int) -> None:
    """Nominate up to ``wanted`` colleagues for everybody: under the same rater first, then of the same unit.

    Never the person, the rater, the rater's superior, somebody whom the person rates, or who is not at work.
    """
    values = {"tenant": context.tenant_id, "cycle": str(context.cycle.id), "wanted": wanted, "reach": wanted + _REACH}
    await session.execute(_NOMINATE, values)
