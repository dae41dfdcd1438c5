"""The states of a change of personnel, and what may happen in each; the table is the documentation."""

from collections.abc import Mapping
from enum import StrEnum

from kit.errors import Refused


class ChangeState(StrEnum):
    """Whether a change of personnel is still to come."""

    PLANNED = "PLANNED"
    """Recorded; on its day, which may be today or in the past, it is tried."""
    APPLIED = "APPLIED"
    CANCELLED = "CANCELLED"
    REFUSED = "REFUSED"
    """On its day the rules forbade it, e.g. two people would have rated one another."""


class Act(StrEnum):
    """What happens to a change."""

    APPLY = "APPLY"
    """Its day has come."""
    REFUSE = "REFUSE"
    """Its day has come, and the rules forbid it."""
    CANCEL = "CANCEL"
    """The office takes it back."""


MOVES: Mapping[ChangeState, Mapping[Act, ChangeState]] = {
    ChangeState.PLANNED: {
        Act.APPLY: ChangeState.APPLIED,
        Act.REFUSE: ChangeState.REFUSED,
        Act.CANCEL: ChangeState.CANCELLED,
    },
    # What took effect is never undone: another change, with a day of its own, keeps the history true.
    ChangeState.APPLIED: {},
    ChangeState.CANCELLED: {Act.CANCEL: ChangeState.CANCELLED},
    ChangeState.REFUSED: {},
}


def move(state: str, act: Act) -> ChangeState:
    """Where the act leads from this state; raises Refused where it is not possible."""
    there = MOVES[ChangeState(state)].get(act)
    if there is None:
        raise Refused(
            f"this change is {state.lower()}: record another one instead",
            f"perubahan ini sudah {state}: catat perubahan lain",
        )
    return there
