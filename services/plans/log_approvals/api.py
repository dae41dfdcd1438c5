"""Routes of what raters decide of daily logs, week by week."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.plans.daily_log import LogDecision
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.responses import FromRow
from services.plans.log_approvals import commands, queries
from services.plans.plans.queries.access import READERS
from services.plans.plans.rules.texts import LONGEST_TEXT

router = web.router(tags=["activities"])


class LogDecisionRequest(BaseModel):
    """What is decided of a week, of whose logs; a return says why."""

    week: Day
    """Any day of it."""
    decision: LogDecision
    reason: str | None = Field(default=None, max_length=LONGEST_TEXT)
    plan_ids: list[UUID] = Field(min_length=1, max_length=500)


class DecidedWeekResponse(BaseModel):
    """The week that was decided on, by its Monday."""

    week: date
    decision: LogDecision
    plan_ids: list[UUID]


class LogWeek(FromRow):
    """One week of a log, and what was decided of it last."""

    week: date
    entries: int
    minutes: int
    decision: LogDecision | None
    reason: str | None
    decided_at: datetime | None
    decided_by: UUID | None
    waiting: int
    """Entries that no approval covers; 0 where the policy asks for none."""


class LogWeeksResponse(BaseModel):
    """The weeks in which something was logged, oldest first."""

    weeks: list[LogWeek]


@router.post(
    "/cycles/{cycle_id}/log-decisions",
    summary="Approve the entries of a week, or return them with a reason, of several people in one act",
    **permits(Relation.RATER, note="of each of the plans, or none; where the policy asks for approval"),
)
async def decide(cycle_id: UUID, body: LogDecisionRequest, session: web.Session) -> DecidedWeekResponse:
    week = await commands.decide(
        session, cycle_id, plan_ids=body.plan_ids, day=body.week, decision=body.decision, reason=body.reason
    )
    return DecidedWeekResponse(week=week, decision=body.decision, plan_ids=body.plan_ids)


@router.get(
    "/plans/{plan_id}/activities/weeks",
    summary="The daily log week by week, with what was decided of each",
    **permits(*READERS, assisted=True),
)
async def weeks(plan_id: UUID, session: web.Session) -> LogWeeksResponse:
    return LogWeeksResponse(weeks=[LogWeek.model_validate(one) for one in await queries.weeks(session, plan_id)])
