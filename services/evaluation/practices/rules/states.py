"""The states of a good practice, and what may happen in each; the table is the documentation."""

from enum import StrEnum

from contracts.evaluation.practices import PracticeState


class PracticeAct(StrEnum):
    """What happens to a practice."""

    PUBLISH = "PUBLISH"
    """The performance office takes it into the library; again, if it was withdrawn."""
    DECLINE = "DECLINE"
    """The performance office does not, for a reason."""
    WITHDRAW = "WITHDRAW"
    """It is no longer an example, for a reason."""


MOVES: dict[PracticeState, dict[PracticeAct, PracticeState]] = {
    PracticeState.SUBMITTED: {
        PracticeAct.PUBLISH: PracticeState.PUBLISHED,
        PracticeAct.DECLINE: PracticeState.DECLINED,
    },
    PracticeState.PUBLISHED: {PracticeAct.WITHDRAW: PracticeState.WITHDRAWN},
    PracticeState.DECLINED: {PracticeAct.PUBLISH: PracticeState.PUBLISHED},
    PracticeState.WITHDRAWN: {PracticeAct.PUBLISH: PracticeState.PUBLISHED},
}


def target(act: PracticeAct) -> PracticeState:
    """The state in which an act ends, from wherever it is possible."""
    return next(moves[act] for moves in MOVES.values() if act in moves)


def can(state: str, act: PracticeAct) -> bool:
    """Whether the act is possible in this state."""
    return act in MOVES[PracticeState(state)]
