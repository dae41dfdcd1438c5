"""What the plans service emits of actuals, reported period by period."""

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
