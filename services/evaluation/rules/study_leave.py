"""Study leave that ended without a degree: Kurang or Sangat Kurang only (PermenPANRB 6/2022, regulation.md "Evaluation")."""

from contracts.base import Predicate

_BEST = Predicate.POOR
_ORDER = list(Predicate)


def capped(found: Predicate) -> Predicate:
    """The predicate of the table, but never better than Kurang."""
    return max(found, _BEST, key=_ORDER.index)
