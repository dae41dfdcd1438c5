"""What posts ask for: taken in from the registry, frozen when a cycle's people are enrolled, and asked of each of them."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.competences import position_key
from contracts.registry.competences import CompetencesRecorded
from obligations.legal_dates import local_date
from services.evaluation.cycles.queries.context import CycleContext

_FORGET = text("delete from known_competences where tenant_id = :tenant and position_key = :position")
_TAKE = text(
    """
    insert into known_competences (tenant_id, position_key, code, name, required, valid_from, valid_to)
    select :tenant, :position, r.code, r.name, r.required, r.valid_from, r.valid_to
    from jsonb_to_recordset(cast(:rows as jsonb))
        as r(code text, name text, required smallint, valid_from date, valid_to date)
    """
)
# The newest day that has come decides, and only then whether it has ended: an older level does not come back.
_FREEZE = text(
    """
    insert into cycle_competences (tenant_id, cycle_id, position_key, code, name, required)
    select tenant_id, cast(:cycle as uuid), position_key, code, name, required
    from (select distinct on (position_key, code) * from known_competences
        where tenant_id = :tenant and valid_from <= :day order by position_key, code, valid_from desc) newest
    where (valid_to is null or valid_to >= :day) and not exists (
        select from cycle_competences c
        where c.tenant_id = :tenant and c.cycle_id = :cycle and c.position_key = newest.position_key
    )
    on conflict do nothing
    """
)
# The copy of people has the name of the post as it is written; its key is made as `contracts.competences` makes it.
_POST = r"lower(btrim(regexp_replace(p.position, '\s+', ' ', 'g')))"
_LEAVE = text(
    rf"""
    delete from appraisal_competences c using appraisals a, directory_people p
    where c.tenant_id = :tenant and a.tenant_id = :tenant and a.id = c.appraisal_id and a.cycle_id = :cycle
        and a.assessed_by is null and p.tenant_id = :tenant and p.id = a.servant_id and c.position_key <> {_POST}
    """  # noqa: S608 - nothing but the key above is put in
)
_ASK = text(
    rf"""
    insert into appraisal_competences (tenant_id, appraisal_id, code, position_key, name, required)
    select a.tenant_id, a.id, c.code, c.position_key, c.name, c.required
    from cycle_competences c
        join directory_people p on p.tenant_id = c.tenant_id and {_POST} = c.position_key
        join appraisals a on a.tenant_id = c.tenant_id and a.cycle_id = c.cycle_id and a.servant_id = p.id
    where c.tenant_id = :tenant and c.cycle_id = :cycle and a.assessed_by is null
    on conflict do nothing
    """  # noqa: S608 - nothing but the key above is put in
)


async def take(session: AsyncSession, event: CompetencesRecorded) -> None:
    """All that the position asks for takes the place of what was known of it; cycles that run keep theirs."""
    about = {"tenant": event.tenant_id, "position": position_key(event.position)}
    rows: Sequence[object] = [one.model_dump(mode="json") for one in event.items]
    await session.execute(_FORGET, about)
    await session.execute(_TAKE, about | {"rows": json.dumps(rows)})


async def freeze(session: AsyncSession, tenant_id: str, cycle_id: object, day: date) -> None:
    """What posts ask for on this day is what they ask for in the cycle; what is frozen of a post already stays."""
    await session.execute(_FREEZE, {"tenant": tenant_id, "cycle": cycle_id, "day": day})


async def settle(session: AsyncSession, context: CycleContext) -> None:
    """When planning opens: posts of which nothing had arrived when the people were enrolled; from then on nothing new.

    What a city imports and the cycle that it opens right after travel by different ways.
    """
    day = max(context.cycle.period_start, local_date(context.now, context.calendar))
    await freeze(session, context.tenant_id, context.cycle.id, day)
    await ask(session, context.tenant_id, context.cycle.id)


async def ask(session: AsyncSession, tenant_id: str, cycle_id: object) -> None:
    """Of everybody who was not assessed yet is asked what the post asks for that he or she holds now."""
    about = {"tenant": tenant_id, "cycle": cycle_id}
    await session.execute(_LEAVE, about)
    await session.execute(_ASK, about)
