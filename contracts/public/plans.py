"""Published facts of plans, reports and the daily log."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.plans import daily_log, plans, reports
from contracts.public.base import Fact, published


class _Plan(Fact):
    plan_id: UUID
    cycle_id: UUID
    servant_id: UUID


class PlanProposedFact(_Plan):
    """A plan was handed to the rater."""

    round: int
    respond_by: AwareDatetime
    late: bool


class PlanReturnedFact(_Plan):
    """A plan came back to be changed."""

    round: int


class PlanSetFact(_Plan):
    """A version of a plan was set: it counts."""

    version: int
    late: bool


class ActualsReportedFact(_Plan):
    """What was reached in a period was reported."""

    period: int
    final: bool
    automatic: bool


class ActivitiesLoggedFact(_Plan):
    """Daily activity was written into the log, for these days."""

    days: tuple[date, ...]
    entries: int


class LogWeekDecidedFact(_Plan):
    """The rater approved a week of the daily log, or gave it back."""

    week: date
    decision: daily_log.LogDecision
    entries: int


TYPES = (
    published(PlanProposedFact, plans.PlanProposed, name="plan-proposed"),
    published(PlanReturnedFact, plans.PlanReturned, name="plan-returned"),
    published(PlanSetFact, plans.PlanSet, name="plan-set"),
    published(ActualsReportedFact, reports.ActualsReported, name="actuals-reported"),
    published(ActivitiesLoggedFact, daily_log.ActivitiesLogged, name="activities-logged"),
    published(LogWeekDecidedFact, daily_log.LogWeekDecided, name="log-week-decided"),
)
