"""Asks colleagues: drawn by a secret of the cycle, so that nobody computes who they are; beside those that a policy lets name."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.cycles.queries.context import CycleContext

# Made in the database, so that no statement carries it: two random UUIDs hold 244 bits of the server's strong random
# source, and need no extension. Asked twice, as a retried activity does, the first one stays.
_SECRET = text(
    """
    insert into peer_secrets (tenant_id, cycle_id, secret)
    values (:tenant, cast(:cycle as uuid), uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    on conflict do nothing
    """
)
# People stand in rings, one a rater and one a unit, in an order that a keyed hash gives. Who stands so many places
# further assesses, and which distances count is drawn as well: so each gives as many assessments as he or she gets,
# and knowing whom one assesses oneself tells nobody who assesses these (of neighbours in a ring it would). The unit's
# ring fills up where the rater has too few people. SHA-256 with the secret before and behind: PostgreSQL has no HMAC
# without an extension, and the secret behind keeps anybody from lengthening what was hashed.
_NOMINATE = text(
    """
    with drawn as (
        select secret from peer_secrets where tenant_id = :tenant and cycle_id = cast(:cycle as uuid)
    ),
    ring as (
        select id, servant_id, rater_id, authority_id, unit_id,
            row_number() over by_rater as at_rater, count(*) over (partition by rater_id) as of_rater,
            row_number() over by_unit as at_unit, count(*) over (partition by unit_id) as of_unit
        from appraisals, drawn where tenant_id = :tenant and cycle_id = cast(:cycle as uuid)
        window
            by_rater as (partition by rater_id
                order by sha256(secret || convert_to('rater' || servant_id::text, 'UTF8') || secret)),
            by_unit as (partition by unit_id
                order by sha256(secret || convert_to('unit' || servant_id::text, 'UTF8') || secret))
    ),
    rater_steps as (
        select rater_id, step, row_number() over (partition by rater_id
            order by sha256(secret || convert_to('rater' || rater_id::text || step, 'UTF8') || secret)) as turn
        from (select distinct rater_id, of_rater from ring) rings
            cross join generate_series(1, of_rater - 1) step cross join drawn
    ),
    unit_steps as (
        select unit_id, step, row_number() over (partition by unit_id
            order by sha256(secret || convert_to('unit' || unit_id::text || step, 'UTF8') || secret)) as turn
        from (select distinct unit_id, of_unit from ring) rings
            cross join generate_series(1, of_unit - 1) step cross join drawn
    ),
    asked as (
        select one.id, peer.servant_id as peer_id, 0 as tier, turn
        from ring one
        join rater_steps on rater_steps.rater_id = one.rater_id and turn <= :wanted
        join ring peer on peer.rater_id = one.rater_id and peer.at_rater = (one.at_rater - 1 + step) % one.of_rater + 1
        union all
        select one.id, peer.servant_id, 1, turn
        from ring one
        join unit_steps on unit_steps.unit_id = one.unit_id and turn <= :reach
        join ring peer on peer.unit_id = one.unit_id and peer.at_unit = (one.at_unit - 1 + step) % one.of_unit + 1
        where (one.rater_id is null or peer.rater_id is distinct from one.rater_id)
            and peer.rater_id is distinct from one.servant_id
            and peer.servant_id is distinct from one.rater_id
            and peer.servant_id is distinct from one.authority_id
            and (one.rater_id is not null or peer.servant_id <> all(cast(:officers as uuid[])))
    ),
    named as (
        select one.id, peer.servant_id as peer_id
        from nominees n
            join ring one on one.id = n.appraisal_id
            join ring peer on peer.servant_id = n.colleague_id
            join directory_people p on p.tenant_id = :tenant and p.id = n.colleague_id and p.status = 'ACTIVE'
        where n.tenant_id = :tenant and n.state = 'APPROVED'
            and peer.servant_id is distinct from one.rater_id
            and peer.servant_id is distinct from one.authority_id
            and peer.rater_id is distinct from one.servant_id
    ),
    ranked as (
        select id, peer_id, row_number() over (partition by id order by tier, turn) as place from asked
        where not exists (
            select from directory_people p where p.tenant_id = :tenant and p.id = peer_id and p.status <> 'ACTIVE'
        ) and not exists (
            select from nominees n
            where n.tenant_id = :tenant and n.appraisal_id = asked.id and n.colleague_id = peer_id
                and n.state <> 'PROPOSED'
        )
    )
    insert into peer_nominations (tenant_id, appraisal_id, peer_id)
    select :tenant, id, peer_id from named
    union all
    select :tenant, id, peer_id from ranked
    where place <= :wanted - (select count(*) from named where named.id = ranked.id)
    on conflict do nothing
    """
)
_REACH = 12
"""How far the unit's ring is searched beyond the number wanted, since some of its people are passed over."""


async def nominate(session: AsyncSession, context: CycleContext, *, wanted: int) -> None:
    """Nominate up to ``wanted`` colleagues for everybody: under the same rater first, then of the same unit.

    Never the person, the rater, the rater's superior, somebody whom the person rates, who is not at work, or, about whom
    nobody rates, an officer: one of them rates for the office. Whom the rater approved, where the policy lets people
    name colleagues, is asked before anybody is drawn; whom the rater declined is not drawn either.
    """
    values = {"tenant": context.tenant_id, "cycle": str(context.cycle.id)}
    await session.execute(_SECRET, values)
    offices = await in_cycle(session, context.cycle.id)
    wide = {"wanted": wanted, "reach": wanted + _REACH}
    await session.execute(_NOMINATE, values | wide | {"officers": sorted(offices.everybody)})
