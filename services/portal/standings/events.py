"""Takes what plans and evaluation tell: one statement an event, idempotent, in any order."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.evaluation.results import ResultFinalised, ResultIssued, ResultProvisional, ResultReceived
from contracts.plans.plans import PlanDrafted, PlanProposed, PlanReturned, PlanSet
from contracts.plans.reports import ActualsReported
from kit.kafka import Listener

_SET = 1_000_000
"""Beyond every round of proposals: a plan that is set is only ever followed by its next version."""


def _statement(group: str, extra: str) -> Any:
    return text(f"""
insert into standings as t (tenant_id, cycle_id, servant_id, {extra}, {group}_state, {group}_at)
values (:tenant, :cycle, :servant, :extra, :state, :at)
on conflict (tenant_id, cycle_id, servant_id) do update set
    {extra} = excluded.{extra}, {group}_state = excluded.{group}_state, {group}_at = excluded.{group}_at
where t.{group}_at < excluded.{group}_at
""")  # noqa: S608 - names of columns, all written here


_PLAN, _REPORT, _RESULT = (
    _statement("plan", "plan_id"),
    _statement("report", "report_period"),
    _statement("result", "result_id"),
)
_RATING = text("""
insert into standings as t (tenant_id, cycle_id, servant_id, rating_state, rating_at)
values (:tenant, :cycle, :servant, :state, :at)
on conflict (tenant_id, cycle_id, servant_id) do update set
    rating_state = excluded.rating_state, rating_at = excluded.rating_at
where t.rating_at < excluded.rating_at
""")


def install(listener: Listener) -> None:
    """Bind every event that moves a row."""
    listener.on(PlanDrafted, take_drafted)
    listener.on(PlanProposed, take_proposed)
    listener.on(PlanReturned, take_returned)
    listener.on(PlanSet, take_set)
    listener.on(ActualsReported, take_reported)
    listener.on(AssessmentSubmitted, take_assessed)
    listener.on(ResultProvisional, take_provisional)
    listener.on(ResultIssued, take_issued)
    listener.on(ResultReceived, take_received)
    listener.on(ResultFinalised, take_finalised)


async def take_drafted(session: AsyncSession, event: PlanDrafted) -> None:
    """A first draft is there."""
    await _take(session, _PLAN, event, "DRAFT", 0, event.plan_id)


async def take_proposed(session: AsyncSession, event: PlanProposed) -> None:
    """The rater has it."""
    await _take(session, _PLAN, event, "PROPOSED", 2 * event.round, event.plan_id)


async def take_returned(session: AsyncSession, event: PlanReturned) -> None:
    """The servant has it again; the next proposal is of the next round, so further along."""
    await _take(session, _PLAN, event, "RETURNED", 2 * event.round + 1, event.plan_id)


async def take_set(session: AsyncSession, event: PlanSet) -> None:
    """It counts."""
    await _take(session, _PLAN, event, "SET", _SET + event.version, event.plan_id)


async def take_reported(session: AsyncSession, event: ActualsReported) -> None:
    """Actuals of a period; what the servant reports is further along than what was taken over at the deadline."""
    state = "TAKEN_OVER" if event.automatic else "REPORTED"
    await _take(session, _REPORT, event, state, 2 * event.period + (not event.automatic), event.period)


async def take_assessed(session: AsyncSession, event: AssessmentSubmitted) -> None:
    """The superior has rated; who else did is nobody's business here."""
    if event.role is AssessorRole.SUPERIOR:
        await _take(session, _RATING, event, "RATED", 0)


async def take_provisional(session: AsyncSession, event: ResultProvisional) -> None:
    """It waits to be signed."""
    await _take(session, _RATING, event, "COMPUTED", 1)


async def take_issued(session: AsyncSession, event: ResultIssued) -> None:
    """A version is signed."""
    await _take(session, _RESULT, event, "ISSUED", 4 * event.version, event.result_id)


async def take_received(session: AsyncSession, event: ResultReceived) -> None:
    """The servant has it."""
    await _take(session, _RESULT, event, "RECEIVED", 4 * event.version + 1, event.result_id)


async def take_finalised(session: AsyncSession, event: ResultFinalised) -> None:
    """Nothing changes it any more."""
    await _take(session, _RESULT, event, "FINAL", 4 * event.version + 2, event.result_id)


async def _take(
    session: AsyncSession, statement: Any, event: Any, state: str, at: int, extra: UUID | int | None = None
) -> None:
    values = {
        "tenant": event.tenant_id,
        "cycle": event.cycle_id,
        "servant": event.servant_id,
        "state": state,
        "at": at,
    }
    await session.execute(statement, values if extra is None else values | {"extra": extra})
