"""When a transfer asks for a plan with the new leader (PermenPANRB 6/2022, L II.C.6-7)."""

from contracts.base import Phase
from contracts.registry.personnel import ChangeKind
from services.plans.plans.rules.states import PlanState

_ORDER = tuple(Phase)


def is_owed(kind: ChangeKind, state: str, phase: str | None, *, has_new_rater: bool, has_ended: bool) -> bool:
    """After a transfer of the person or of the rater, for a plan that was set, until results are being rated.

    A plan that is still being made comes before the new leader anyway, and who has left needs none.
    """
    rated = phase is not None and _ORDER.index(Phase(phase)) >= _ORDER.index(Phase.EVALUATION)
    return kind is ChangeKind.TRANSFER and has_new_rater and not has_ended and state == PlanState.SET and not rated
