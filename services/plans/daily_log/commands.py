"""The daily log: entries in batches, each kept once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.plans.daily_log import ActivitiesLogged, LoggedDay
from contracts.policy import Policy
from directory import queries as directory
from directory.relations import Relation, relations, require
from kit.chunks import in_chunks
from kit.db import actor, clock
from kit.errors import Invalid
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.plans.daily_log import rules
from services.plans.daily_log.models import Activity
from services.plans.daily_log.rules import Entry
from services.plans.plans.commands.locks import locked
from services.plans.plans.models import Plan, WorkResultRow
from services.plans.plans.rules.states import Act, move


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of a batch."""

    accepted: int
    known: int
    """Entries that had been sent before."""


async def log(session: AsyncSession, plan_id: UUID, *, entries: Sequence[Entry]) -> Logged:
    """Write one's own activities; what was sent before is not written again."""
    log = await opened(session, plan_id)
    rules.require_timely(entries, log.today, log.policy.documentation, late_after=log.policy.log.late_after)
    await _require_results(session, log.plan, entries)
    return await keep(session, log, entries)


@dataclass(frozen=True, slots=True)
class OpenLog:
    """A log that may be written, its plan locked."""

    plan: Plan
    policy: Policy
    today: date
    """As the city counts days."""


async def opened(session: AsyncSession, plan_id: UUID) -> OpenLog:
    """One's own; raises Forbidden for anybody else's, Refused where there is none or the plan is closed."""
    plan = await locked(session, plan_id)
    found = relations(actor(session), servant_id=plan.servant_id)
    require(found, Relation.SELF, what=("write this log", "mengisi catatan ini"))
    move(plan.state, Act.LOG)
    policy = await directory.cycle_policy(session, plan.cycle_id)
    rules.require_used(daily_log=policy.features.daily_log)
    return OpenLog(plan, policy, local_date(clock(session).now(), await directory.calendar(session)))


async def keep(session: AsyncSession, log: OpenLog, entries: Sequence[Entry]) -> Logged:
    """Entries that were judged, each once."""
    stored = [one for some in in_chunks(entries, rules.MOST_ENTRIES) for one in await _store(session, log.plan, some)]
    if stored:
        emit(session, _logged(log.plan, stored, log.today))
    return Logged(accepted=len(stored), known=len(entries) - len(stored))


def _logged(plan: Plan, stored: Sequence[tuple[date, int]], today: date) -> ActivitiesLogged:
    days = sorted({day for day, _ in stored})
    minutes = {day: [spent for on, spent in stored if on == day] for day in days}
    return ActivitiesLogged(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        days=tuple(days),
        entries=len(stored),
        logged_on=today,
        by_day=tuple(LoggedDay(day=day, entries=len(spent), minutes=sum(spent)) for day, spent in minutes.items()),
    )


async def _require_results(session: AsyncSession, plan: Plan, entries: Sequence[Entry]) -> None:
    wanted = {entry.work_result_id for entry in entries if entry.work_result_id is not None}
    if not wanted:
        return
    mine = select(col(WorkResultRow.id)).where(col(WorkResultRow.plan_id) == plan.id)
    if strange := wanted - set((await session.scalars(mine)).all()):
        raise Invalid(
            f"{min(strange)} is no work result of this plan", f"{min(strange)} bukan hasil kerja dalam rencana ini"
        )


async def _store(session: AsyncSession, plan: Plan, entries: Sequence[Entry]) -> list[tuple[date, int]]:
    """Day and minutes of each entry that is new."""
    now = clock(session).now()
    rows = [
        {
            "tenant_id": plan.tenant_id,
            "id": new_id(),
            "plan_id": plan.id,
            "servant_id": plan.servant_id,
            "digest": entry.digest,
            "entered_at": now,
            **entry.model_dump(),
        }
        for entry in entries
    ]
    # The unique index on day and digest decides what is known, also between two devices that send the same batch at once.
    storing = insert(Activity).values(rows).on_conflict_do_nothing().returning(col(Activity.day), col(Activity.minutes))
    return [(row.day, row.minutes) for row in await session.execute(storing)]
