"""Study leave that ended without a degree: Kurang or Sangat Kurang only (PermenPANRB 6/2022, regulation.md "Evaluation")."""

from collections.abc import Iterable, Mapping

from contracts.base import Predicate
from scoring.trace import Code, Step

REASON = "study_leave_without_degree"
"""Key of the superior's reason: whoever states it must give one, in words."""
_BEST = Predicate.POOR
_ORDER = list(Predicate)


def capped(found: Predicate) -> Predicate:
    """The predicate of the table, but never better than Kurang."""
    return max(found, _BEST, key=_ORDER.index)


def stated(reasons: Mapping[str, str]) -> bool:
    """Whether the superior says that study leave ended without a degree."""
    return bool(reasons.get(REASON, "").strip())


def recorded(trace: Iterable[Step]) -> bool:
    """Whether a trace has the step; a later decision about the ratings does not undo it."""
    return any(step.code is Code.STUDY_LEAVE for step in trace)
