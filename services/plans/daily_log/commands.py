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
from contracts.plans.daily_log import ActivitiesLogged
from directory import queries as directory
from directory.relations import Relation, relations, require
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
    plan = await locked(session, plan_id)
    found = relations(actor(session), servant_id=plan.servant_id)
    require(found, Relation.SELF, what=("write this log", "mengisi catatan ini"))
    move(plan.state, Act.LOG)
    policy = await directory.cycle_policy(session, plan.cycle_id)
    rules.require_used(daily_log=policy.features.daily_log)
    today = local_date(clock(session).now(), await directory.calendar(session))
    rules.require_timely(entries, today, policy.documentation)
    await _require_results(session, plan, entries)
    days = await _store(session, plan, entries)
    if days:
        emit(session, _logged(plan, days))
    return Logged(accepted=len(days), known=len(entries) - len(days))


def _logged(plan: Plan, days: Sequence[date]) -> ActivitiesLogged:
    return ActivitiesLogged(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        days=tuple(sorted(set(days))),
        entries=len(days),
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


async def _store(session: AsyncSession, plan: Plan, entries: Sequence[Entry]) -> list[date]:
    """The days of the entries that are new."""
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
    storing = insert(Activity).values(rows).on_conflict_do_nothing().returning(col(Activity.day))
    return list((await session.scalars(storing)).all())
