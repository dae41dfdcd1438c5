"""What a policy asks of a daily log beside its entries: approval by the rater, and reminders of what is missing (Dumai)."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from contracts.base import Frozen
from contracts.policy.follow_up import Documentation


class LogApproval(StrEnum):
    """Whether the rater approves what was logged."""

    NONE = "NONE"
    WEEKLY = "WEEKLY"
    """The entries of a week, from Monday to Sunday, of several people in one act."""


class LogRule(Frozen):
    """The daily log where ``features.daily_log`` says that one is kept; at these defaults nobody is asked for anything."""

    approval: LogApproval = LogApproval.NONE
    remind_after: int = Field(default=0, ge=0, le=100)
    """After so many working days without an entry its writer is reminded, and again after as many more; 0: never."""
    late_after: int = Field(default=7, ge=0, le=366)
    """An entry needs a reason once the stretch of time that it documents ended more than so many calendar days ago."""


_MONTHS = {
    Documentation.MONTHLY: 1,
    Documentation.QUARTERLY: 3,
    Documentation.HALF_YEARLY: 6,
    Documentation.YEARLY: 12,
}


def ends(day: date, documentation: Documentation) -> date:
    """The last day of the stretch of time in which the day is documented (art. 16); weeks end on Sundays."""
    if documentation is Documentation.DAILY:
        return day
    if documentation is Documentation.WEEKLY:
        return day + timedelta(days=6 - day.weekday())
    months = _MONTHS[documentation]
    last = (day.month - 1) // months * months + months
    following = date(day.year + 1, 1, 1) if last == 12 else date(day.year, last + 1, 1)
    return following - timedelta(days=1)


def in_time_until(day: date, documentation: Documentation, rule: LogRule) -> date:
    """The last day on which what was done that day is entered without a reason."""
    return ends(day, documentation) + timedelta(days=rule.late_after)
