"""Keeps who rated whom in a cycle before a change: the export has a row for each part of the year and rater."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.cycles import ChangedMember
from contracts.registry.personnel import PersonnelChanged
from kit.db import actor
from services.evaluation.appraisals.models import RaterDelegation

_TOLD = "unnest(cast(:appraisals as uuid[]), cast(:raters as uuid[])) as c(appraisal, rater)"
# Whoever rated on the last day before the change did so until then: as was recorded of that day, else who rated until
# now. What was recorded of later days is not so any more.
_KEEP = text(
    f"""
    insert into former_raters (tenant_id, appraisal_id, until, rater_id)
    select :tenant, c.appraisal, :until, case when f.appraisal_id is null then c.rater else f.rater_id end
    from {_TOLD} left join lateral (
        select * from former_raters o where o.tenant_id = :tenant and o.appraisal_id = c.appraisal and o.until >= :until
        order by o.until limit 1
    ) f on true
    on conflict (tenant_id, appraisal_id, until) do nothing
    """  # noqa: S608 - nothing but the constant above is put in
)
_FORGET = text(
    "delete from former_raters where tenant_id = :tenant and appraisal_id = any(:appraisals) and until > :until"
)


async def keep_delegation(session: AsyncSession, event: PersonnelChanged) -> None:
    """Whom a delegate rates for whom: the export names the regional head."""
    delegate = next((one.rater_id for one in event.relations if one.servant_id == event.servant_id), None)
    if event.acting_for_id is None or delegate is None:
        return
    row = {
        "tenant_id": event.tenant_id,
        "servant_id": event.servant_id,
        "delegate_id": delegate,
        "since": event.effective_on,
        "head_id": event.acting_for_id,
    }
    storing = insert(RaterDelegation).values(row)
    keys = ["tenant_id", "servant_id", "delegate_id", "since"]
    await session.execute(storing.on_conflict_do_update(index_elements=keys, set_={"head_id": event.acting_for_id}))


async def keep_former_raters(session: AsyncSession, members: Sequence[ChangedMember], effective_on: date) -> None:
    """Of those among the members who got another rater; two statements for any number."""
    moved = [one for one in members if one.rater_id != one.former_rater_id]
    if not moved:
        return
    values = {
        "tenant": actor(session).tenant_id,
        "appraisals": [one.appraisal_id for one in moved],
        "raters": [one.former_rater_id for one in moved],
        "until": effective_on - timedelta(days=1),
    }
    for statement in (_KEEP, _FORGET):
        await session.execute(statement, values)
