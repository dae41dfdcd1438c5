"""The states of an initiative, and what leads from one to the next; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class InitiativeKind(StrEnum):
    """Only a recognised innovation or idea meets the condition of PP 30/2019 art. 41(5)."""

    INITIATIVE = "INITIATIVE"
    INNOVATION = "INNOVATION"
    IDEA = "IDEA"


class InitiativeState(StrEnum):
    """What was found of an initiative."""

    RECORDED = "RECORDED"
    RECOGNISED = "RECOGNISED"
    NOT_RECOGNISED = "NOT_RECOGNISED"


class Act(StrEnum):
    """What happens to an initiative."""

    RECOGNISE = "RECOGNISE"
    DECLINE = "DECLINE"
    LAPSE = "LAPSE"
    """Nobody verified it in time."""


MOVES: dict[InitiativeState, dict[Act, InitiativeState]] = {
    InitiativeState.RECORDED: {
        Act.RECOGNISE: InitiativeState.RECOGNISED,
        Act.DECLINE: InitiativeState.NOT_RECOGNISED,
        Act.LAPSE: InitiativeState.NOT_RECOGNISED,
    },
    InitiativeState.RECOGNISED: {Act.RECOGNISE: InitiativeState.RECOGNISED},
    InitiativeState.NOT_RECOGNISED: {
        Act.RECOGNISE: InitiativeState.RECOGNISED,
        Act.DECLINE: InitiativeState.NOT_RECOGNISED,
    },
}
"""Out of NOT_RECOGNISED only where that is what lapsing made of it: what somebody decided is decided."""


def verified(state: str, *, recognised: bool, decided: bool) -> InitiativeState:
    """The state that a verification leads to; raises Refused where somebody decided the other way before."""
    here = InitiativeState(state)
    there = MOVES[here].get(Act.RECOGNISE if recognised else Act.DECLINE)
    if there is None or (decided and there is not here):
        raise Refused(
            "it was decided the other way: that decision stands", "sudah diputuskan lain: keputusan itu berlaku"
        )
    return there
