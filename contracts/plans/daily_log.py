"""What the plans service emits of the daily log."""

from datetime import date

from contracts.plans.about import PlanEvent


class ActivitiesLogged(PlanEvent):
    """Daily activity was written (Dumai)."""

    days: tuple[date, ...]
    entries: int
