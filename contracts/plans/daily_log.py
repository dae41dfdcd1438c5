"""What the plans service emits of the daily log."""

from datetime import date

from contracts.base import Frozen
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
