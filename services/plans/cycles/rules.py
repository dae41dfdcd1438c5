"""What the phase of a cycle allows: when planning is late, and until when plans and figures may change."""

from calendar import monthrange
from datetime import date, datetime

from contracts.base import Phase
from kit.errors import Refused

_ORDER = tuple(Phase)


def planning_is_over(phase: str | None, due_at: datetime | None, now: datetime) -> bool:
    """Whether a plan that is set now is late."""
    if phase is None:
        return False
    if phase == Phase.PLANNING:
        return due_at is not None and now > due_at
    return _ORDER.index(Phase(phase)) > _ORDER.index(Phase.PLANNING)


def limit_by_law(period_start: date) -> date:
    """The last day of the first month, the end of January of a year: expectations are set by then (art. 14; L II.C.4).

    A city's own planning may end earlier or later; this stays beside it, and no day off moves it.
    """
    return period_start.replace(day=monthrange(period_start.year, period_start.month)[1])


def require_before_evaluation(phase: str | None) -> None:
    """Raises Refused once results are being rated: what they are measured against stays as it is."""
    if phase is not None and _ORDER.index(Phase(phase)) >= _ORDER.index(Phase.EVALUATION):
        raise Refused(
            "the evaluation has begun: the plan cannot be amended any more",
            "evaluasi sudah dimulai: rencana tidak dapat diubah lagi",
        )


def require_before_moderation(phase: str | None) -> None:
    """Raises Refused once the evaluation is over; then a clarification or an objection is the way."""
    if phase is not None and _ORDER.index(Phase(phase)) > _ORDER.index(Phase.EVALUATION):
        raise Refused(
            "the evaluation is over: ask for a clarification instead",
            "evaluasi sudah selesai: ajukan klarifikasi",
        )
