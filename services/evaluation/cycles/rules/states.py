"""The states of a cycle, and what may be done in each; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class CycleState(StrEnum):
    """How far a cycle has come."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    """Its phases are over, nobody owes anything, every result is final."""
    CANCELLED = "CANCELLED"
    """Ended for good before that; its results stay as they are."""


class CycleStatus(StrEnum):
    """The same as people ask about it: an open one may be paused."""

    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class CycleAct(StrEnum):
    """What is done to a cycle."""

    WORK = "WORK"
    """Anybody does what the cycle asks of him or her."""
    STEER = "STEER"
    """The performance office pauses or resumes it, or extends a phase; a pause is an instant and no state."""
    CANCEL = "CANCEL"
    CLOSE = "CLOSE"


MOVES: dict[CycleState, dict[CycleAct, CycleState]] = {
    CycleState.OPEN: {
        CycleAct.WORK: CycleState.OPEN,
        CycleAct.STEER: CycleState.OPEN,
        CycleAct.CANCEL: CycleState.CANCELLED,
        CycleAct.CLOSE: CycleState.CLOSED,
    },
    CycleState.CLOSED: {},
    CycleState.CANCELLED: {},
}

_STATES = {
    CycleState.OPEN: ("open", "dibuka"),
    CycleState.CLOSED: ("closed", "ditutup"),
    CycleState.CANCELLED: ("cancelled", "dibatalkan"),
}


def move(state: str, act: CycleAct) -> CycleState:
    """Where the act leads from this state; raises Refused where it is not possible."""
    here = CycleState(state)
    there = MOVES[here].get(act)
    if there is None:
        en, indonesian = _STATES[here]
        raise Refused(f"the cycle is {en}", f"siklus sudah {indonesian}", state=here.value)
    return there
