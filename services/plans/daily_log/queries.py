"""The daily log, for those whom it concerns; what was copied in it, for those who lead its writer alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.keyset import Found, Window, read
from services.plans.daily_log.models import Activity
from services.plans.daily_log.rules import FEWEST_WORDS, LOOKS_BACK
from services.plans.plans.queries.plans import find


async def page(session: AsyncSession, plan_id: UUID, *, since: date | None, window: Window) -> Found[Activity]:
    """A page of a plan's daily log, in the order in which it was entered."""
    plan = await find(session, plan_id)
    looking = select(Activity).where(col(Activity.plan_id) == plan.id)
    if since is not None:
        looking = looking.where(col(Activity.day) >= since)
    return await read(session, looking, col(Activity.id), window=window)


@dataclass(frozen=True, slots=True)
class Copied:
    """An entry whose words stood in another one: of the same person some days before, or of a colleague."""

    day: date
    text: str
    same_as: date
    servant_id: UUID
    """Whose the other entry is."""


MOST_HINTS = 200
_OWN = """
select a.day, a.text, b.day as same_as, b.servant_id from plan_activities a
cross join lateral (
    select b.day, b.servant_id from plan_activities b
    where b.tenant_id = a.tenant_id and b.words = a.words and b.plan_id = a.plan_id
        and b.day >= a.day - cast(:back as integer) and b.day < a.day
    order by b.day desc limit 1
) b
where a.tenant_id = :tenant and a.plan_id = :plan
"""
# Of colleagues only those whom the reader leads as well: whom somebody else leads is not named here.
_OTHERS = """
select a.day, a.text, b.day as same_as, b.servant_id from plan_activities a
join plan_activities b on b.tenant_id = a.tenant_id and b.words = a.words and b.plan_id <> a.plan_id
join plans p on p.tenant_id = b.tenant_id and p.id = b.plan_id and p.cycle_id = :cycle
    and (cast(:everybody as boolean) or p.rater_id = :reader or p.authority_id = :reader)
where a.tenant_id = :tenant and a.plan_id = :plan
    and array_length(regexp_split_to_array(btrim(a.text), '\\s+'), 1) >= :fewest
"""
_COPIED = text(f"{_OWN} union all {_OTHERS} order by 1, 3 limit :most")


async def copied(session: AsyncSession, plan_id: UUID) -> Sequence[Copied]:
    """A hint and never a refusal, for those who lead the writer: the same words again, and the same as a colleague's (DMI-10)."""
    plan, acting = await find(session, plan_id), actor(session)
    found = relations(acting, servant_id=plan.servant_id, rater_id=plan.rater_id, authority_id=plan.authority_id)
    allowed = (Relation.RATER, Relation.AUTHORITY, Relation.OFFICE)
    require(found - {Relation.SELF}, *allowed, what=("see what was copied", "melihat teks yang disalin"))
    asked = {
        "tenant": plan.tenant_id,
        "plan": plan.id,
        "cycle": plan.cycle_id,
        "reader": acting.id,
        "everybody": acting.has(Role.PERFORMANCE_OFFICE),
        "back": LOOKS_BACK.days,
        "fewest": FEWEST_WORDS,
        "most": MOST_HINTS,
    }
    rows = (await session.execute(_COPIED, asked)).all()
    return [Copied(day=row.day, text=row.text, same_as=row.same_as, servant_id=row.servant_id) for row in rows]
