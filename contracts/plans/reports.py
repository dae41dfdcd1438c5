"""What the plans service emits of actuals, reported period by period."""

from datetime import date

from contracts.plans.about import PlanEvent
from contracts.plans.plans import IndicatorState


class ActualsReported(PlanEvent):
    """Actuals of one reporting period are in; the indicators carry the values of the whole period so far."""

    period: int
    """1-based number of the reporting period inside the cycle."""
    final: bool
    """The last reporting period of the cycle."""
    automatic: bool
    """Taken over at the deadline; missing actuals are flagged, never zeroed."""
    indicators: tuple[IndicatorState, ...]
    drafted: bool = False
    """What was taken over is a draft that the servant had written before the period ended."""


class ActualsDrafted(PlanEvent):
    """Actuals were written before their period had ended: they count for nothing until they are handed in."""

    period: int
    ends_on: date
    revision: int
    """Counts what was written of this report."""


class ReportsReopened(PlanEvent):
    """The servant is back from leave: what had ended with it is owed again, for the time that remains (L II.C.8)."""

    periods: tuple[int, ...]
    back_on: date
