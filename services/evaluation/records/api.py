"""What the form says of records: that each is there, since when, and where it is read; words stay with their service."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Predicate, Rating
from contracts.evidence import Evidence
from kit.web import Session
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.records import queries
from services.evaluation.records.models import LoggedWork, RecordedFeedback, RecordedInitiative
from services.evaluation.records.queries import Log, Records


class Link(BaseModel):
    """Where to read it: which service answers below which path."""

    service: str
    path: str


class GivenFeedback(BaseModel):
    """That feedback was given; what it says is read where it lies (PLJ-5)."""

    given_at: datetime
    direction: str
    occasion: str | None
    channel: str | None
    link: Link


class BegunInitiative(BaseModel):
    """An initiative, innovation or idea (SWL-6)."""

    kind: str
    title: str
    recorded_at: datetime
    recognised: bool | None
    """Null until it is verified."""
    evidence: list[Evidence]
    link: Link


class ExpectedBehaviours(BaseModel):
    """What the plan expects of behaviour beyond the guides of the seven values."""

    special: list[dict[str, str]]
    link: Link


class LoggedDay(BaseModel):
    """One day of the daily log."""

    day: date
    entries: int
    minutes: int | None
    logged_on: date
    lag_days: int
    link: Link


class DailyLog(BaseModel):
    """The daily log in numbers, with its latest days."""

    days: int
    entries: int
    minutes: int
    last_day: date
    mean_lag_days: float
    longest_lag_days: int
    latest: list[LoggedDay]
    link: Link


class EvaluatedPeriod(BaseModel):
    """A month or quarter that was evaluated inside the cycle (art. 24)."""

    number: int
    starts_on: date
    ends_on: date
    result_rating: Rating | None
    behaviour_rating: Rating | None
    predicate: Predicate | None
    note: str | None
    link: Link


class ReportedEvidence(BaseModel):
    """What a reported value rests on (PLB-6)."""

    indicator_id: UUID
    statement: str
    evidence: list[Evidence]
    link: Link | None


class RecordsOfPeriod(BaseModel):
    """Everything that was recorded about the person while the period ran; totals count what is not listed as well."""

    feedback: list[GivenFeedback]
    feedback_total: int
    initiatives: list[BegunInitiative]
    initiatives_total: int
    behaviours: ExpectedBehaviours | None
    daily_log: DailyLog | None
    periods: list[EvaluatedPeriod]
    evidence: list[ReportedEvidence]


async def records_of(session: Session, appraisal: Appraisal) -> RecordsOfPeriod:
    """As whoever assesses as the superior reads it."""
    found = await queries.of(session, appraisal.id)
    plan = None if found.plan is None else f"/v1/plans/{found.plan.plan_id}"
    return RecordsOfPeriod(
        feedback=[_feedback(one) for one in found.feedback],
        feedback_total=found.feedback_total,
        initiatives=[_initiative(one) for one in found.initiatives],
        initiatives_total=found.initiatives_total,
        behaviours=_behaviours(found, plan),
        daily_log=None if found.log is None else _log(found.log),
        periods=[_period(one) for one in found.periods],
        evidence=_evidence(appraisal.plan or [], plan),
    )


def _feedback(one: RecordedFeedback) -> GivenFeedback:
    names = {name: getattr(one, name) for name in ("given_at", "direction", "occasion", "channel")}
    return GivenFeedback(**names, link=Link(service="feedback", path=f"/v1/feedback/{one.id}"))


def _initiative(one: RecordedInitiative) -> BegunInitiative:
    names = {name: getattr(one, name) for name in ("kind", "title", "recorded_at", "recognised")}
    evidence = [Evidence.model_validate(proof) for proof in one.evidence]
    return BegunInitiative(**names, evidence=evidence, link=Link(service="plans", path=f"/v1/initiatives/{one.id}"))


def _behaviours(found: Records, plan: str | None) -> ExpectedBehaviours | None:
    if found.plan is None or plan is None:
        return None
    return ExpectedBehaviours(special=found.plan.behaviours, link=Link(service="plans", path=plan))


def _log(found: Log) -> DailyLog:
    names = ("days", "entries", "minutes", "last_day", "mean_lag_days", "longest_lag_days")
    return DailyLog(
        **{name: getattr(found, name) for name in names},
        latest=[_day(one) for one in found.latest],
        link=Link(service="plans", path=_activities(found.latest[0])),
    )


def _day(one: LoggedWork) -> LoggedDay:
    names = {name: getattr(one, name) for name in ("day", "entries", "minutes", "logged_on")}
    link = Link(service="plans", path=f"{_activities(one)}?since={one.day}")
    return LoggedDay(**names, lag_days=max((one.logged_on - one.day).days, 0), link=link)


def _activities(one: LoggedWork) -> str:
    return f"/v1/plans/{one.plan_id}/activities"


def _period(one: PeriodicEvaluation) -> EvaluatedPeriod:
    link = Link(service="evaluation", path=f"/v1/appraisals/{one.appraisal_id}/periods")
    names = ("number", "starts_on", "ends_on", "result_rating", "behaviour_rating", "predicate", "note")
    return EvaluatedPeriod(**{name: getattr(one, name) for name in names}, link=link)


def _evidence(indicators: list[dict[str, Any]], plan: str | None) -> list[ReportedEvidence]:
    link = None if plan is None else Link(service="plans", path=plan)
    return [
        ReportedEvidence(indicator_id=one["id"], statement=one["statement"], evidence=one["evidence"], link=link)
        for one in indicators
        if one.get("evidence")
    ]
