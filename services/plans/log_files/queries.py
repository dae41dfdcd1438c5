"""The log of a period as the lines of a file, and which entries of a file the log has already."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.sheets.cells import Cell
from services.plans.daily_log.models import Activity
from services.plans.daily_log.rules import Entry
from services.plans.log_files.rules import written_quantity
from services.plans.plans.models import Plan, WorkResultRow
from services.plans.plans.queries.plans import find

READ = ("download this log", "mengunduh catatan ini")


async def lines(
    session: AsyncSession, plan_id: UUID, *, since: date | None, until: date | None, most: int
) -> Sequence[Sequence[Cell]]:
    """One's own entries by day, as ``rules.WRITTEN`` has the columns; both days are included."""
    plan = await find(session, plan_id)
    require(relations(actor(session), servant_id=plan.servant_id), Relation.SELF, what=READ)
    looking = (
        select(
            col(Person.nip),
            col(Person.name),
            col(Activity.day),
            col(WorkResultRow.statement),
            col(Activity.text),
            col(Activity.quantity),
            col(Activity.minutes),
            col(Activity.late_reason),
        )
        .join(Person, col(Person.id) == col(Activity.servant_id))
        .outerjoin(WorkResultRow, col(WorkResultRow.id) == col(Activity.work_result_id))
        .where(col(Activity.plan_id) == plan.id)
    )
    if since is not None:
        looking = looking.where(col(Activity.day) >= since)
    if until is not None:
        looking = looking.where(col(Activity.day) <= until)
    rows = await session.execute(looking.order_by(col(Activity.day), col(Activity.id)).limit(most))
    return [[*row[:5], written_quantity(row.quantity), *row[6:]] for row in rows]


async def nip_of(session: AsyncSession, servant_id: UUID) -> str:
    """The NIP of a person; empty where the copy has none."""
    return (await session.scalars(select(col(Person.nip)).where(col(Person.id) == servant_id))).first() or ""


async def statements(session: AsyncSession, plan_id: UUID) -> dict[str, UUID]:
    """The ids of a plan's work results by what they say, the first of two that say the same."""
    mine = (
        select(col(WorkResultRow.statement), col(WorkResultRow.id))
        .where(col(WorkResultRow.plan_id) == plan_id)
        .order_by(col(WorkResultRow.ordinal).desc())
    )
    return {row.statement: row.id for row in await session.execute(mine)}


# An entry is known by its digest; and, where an application kept other things beside the words than we do, by the same
# words on the same day, as often as the log has them.
_KNOWN = text(r"""
with sent as (
    select number, day, digest, md5(lower(regexp_replace(btrim(text), '\s+', ' ', 'g'))) as words
    from jsonb_to_recordset(cast(:sent as jsonb)) as one(number integer, day date, digest text, text text)
), mine as (
    select day, digest, words from plan_activities where tenant_id = :tenant and plan_id = :plan
), same as (
    select number from sent join mine using (day, digest)
), rest as (
    select number, day, words, row_number() over (partition by day, words order by number) as nth
    from sent where number not in (select number from same)
), others as (
    select day, words, count(*) as times from mine
    where not exists (select from sent where sent.day = mine.day and sent.digest = mine.digest) group by day, words
)
select number from same
union all select rest.number from rest join others using (day, words) where rest.nth <= others.times
""")


async def known(session: AsyncSession, plan: Plan, entries: Sequence[Entry]) -> set[int]:
    """Which of the entries, by their place, the log has."""
    sent = [
        {"number": number, "day": one.day.isoformat(), "digest": one.digest, "text": one.text}
        for number, one in enumerate(entries)
    ]
    asked = {"sent": json.dumps(sent), "tenant": plan.tenant_id, "plan": plan.id}
    return set((await session.execute(_KNOWN, asked)).scalars())
