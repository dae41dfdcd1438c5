"""What the plans service emits of the daily log."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Frozen
from contracts.plans.about import PlanEvent


class LoggedDay(Frozen):
    """What a batch says of one day; the words stay where they were written."""

    day: date
    entries: int
    minutes: int


class ActivitiesLogged(PlanEvent):
    """Daily activity was written (Dumai)."""

    days: tuple[date, ...]
    entries: int
    logged_on: date | None = None
    """The day on which it was written down, as the city counts days."""
    by_day: tuple[LoggedDay, ...] | None = None


class LogDecision(StrEnum):
    """What the rater decided of a week's entries."""

    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    """With a reason; the writer adds what is missing."""


class LogWeekDecided(PlanEvent):
    """The rater approved the entries of a week, or returned them with a reason."""

    week: date
    """Its Monday."""
    decision: LogDecision
    reason: str | None = None
    entries: int
    """So many were there when it was decided; what is entered later is not covered."""
    decided_by: UUID


class _LogReminder(Event):
    """Who is reminded of the log in one cycle, some hundreds at once."""

    abstract: ClassVar[bool] = True
    topic: ClassVar[str] = "plans"
    internal: ClassVar[bool] = True
    cycle_id: UUID

    @property
    def key(self) -> str:
        return str(self.cycle_id)

    @property
    def subject(self) -> str:
        return str(self.cycle_id)


class LogGap(Frozen):
    """Somebody has entered nothing for so many working days."""

    servant_id: UUID
    plan_id: UUID
    last_day: date | None = None
    """The day of the last entry; none yet if it is missing."""
    working_days: int


class LogEntriesMissed(_LogReminder):
    """People have entered nothing for as many working days as the policy allows, and are reminded."""

    items: tuple[LogGap, ...]


class LogsWaiting(Frozen):
    """Entries of weeks that are over wait for one rater."""

    rater_id: UUID
    people: int
    entries: int
    since: date
    """The Monday of the oldest week."""


class LogApprovalsAwaited(_LogReminder):
    """Weeks are over whose entries nobody has approved; each rater reads of it once a week."""

    items: tuple[LogsWaiting, ...]
