"""The states of development actions and of recognitions; the tables are the documentation."""

from enum import StrEnum

from kit.errors import Refused


class ActionKind(StrEnum):
    """What a development action consists of (PermenPANRB 6/2022 art. 21)."""

    TRAINING = "TRAINING"
    COACHING = "COACHING"
    COUNSELLING = "COUNSELLING"
    MENTORING = "MENTORING"


class Need(StrEnum):
    """What an action answers; of each there is one in force for a person and cycle."""

    DEVELOPMENT = "DEVELOPMENT"
    """A result below target, and the training that was accepted for it: one thing, not two."""
    COACHING = "COACHING"
    """Guidance or counselling that was accepted (art. 21)."""


class ActionState(StrEnum):
    """Where a development action stands."""

    PROPOSED = "PROPOSED"
    PLANNED = "PLANNED"
    COMPLETED = "COMPLETED"
    NOT_HELD = "NOT_HELD"
    """It did not take place, for a reason that is recorded."""
    UNREPORTED = "UNREPORTED"
    """Nobody recorded what came of it until its ladder ended."""
    SUPERSEDED = "SUPERSEDED"
    """Nobody had planned it when the result got a newer version."""


class ActionAct(StrEnum):
    """What happens to a development action."""

    PLAN = "PLAN"
    COMPLETE = "COMPLETE"
    GIVE_UP = "GIVE_UP"
    LAPSE = "LAPSE"
    SUPERSEDE = "SUPERSEDE"
    """The result that asked for it got a newer version."""


ACTION_MOVES: dict[ActionState, dict[ActionAct, ActionState]] = {
    ActionState.PROPOSED: {
        ActionAct.PLAN: ActionState.PLANNED,
        ActionAct.SUPERSEDE: ActionState.SUPERSEDED,
    },
    ActionState.PLANNED: {
        ActionAct.COMPLETE: ActionState.COMPLETED,
        ActionAct.GIVE_UP: ActionState.NOT_HELD,
        ActionAct.LAPSE: ActionState.UNREPORTED,
    },
    ActionState.COMPLETED: {},
    ActionState.NOT_HELD: {},
    ActionState.UNREPORTED: {ActionAct.COMPLETE: ActionState.COMPLETED, ActionAct.GIVE_UP: ActionState.NOT_HELD},
    ActionState.SUPERSEDED: {},
}
"""What was planned with the person goes on, whatever becomes of the result; its end may be recorded late."""


class RecognitionState(StrEnum):
    """Where a proposal to recognise somebody stands."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    SUPERSEDED = "SUPERSEDED"
    """The result got a newer version; whatever was decided must be looked at again."""


class RecognitionAct(StrEnum):
    """What happens to a recognition."""

    APPROVE = "APPROVE"
    DECLINE = "DECLINE"
    SUPERSEDE = "SUPERSEDE"
    """The result that it honours got a newer version."""


RECOGNITION_MOVES: dict[RecognitionState, dict[RecognitionAct, RecognitionState]] = {
    RecognitionState.PROPOSED: {
        RecognitionAct.APPROVE: RecognitionState.APPROVED,
        RecognitionAct.DECLINE: RecognitionState.DECLINED,
        RecognitionAct.SUPERSEDE: RecognitionState.SUPERSEDED,
    },
    RecognitionState.APPROVED: {RecognitionAct.SUPERSEDE: RecognitionState.SUPERSEDED},
    RecognitionState.DECLINED: {RecognitionAct.SUPERSEDE: RecognitionState.SUPERSEDED},
    RecognitionState.SUPERSEDED: {},
}


def planned(state: str) -> str:
    """The state of an action after its plan; raises Refused where it can no longer be planned."""
    here = ActionState(state)
    if (there := ACTION_MOVES[here].get(ActionAct.PLAN)) is None:
        if here is ActionState.SUPERSEDED:
            raise Refused("its result got a newer version", "hasilnya sudah digantikan versi baru")
        raise Refused("this development action was planned already", "pengembangan ini sudah direncanakan")
    return there.value


def completed(state: str, *, held: bool) -> str:
    """The state of an action after its end; raises Refused where it cannot be completed."""
    act = ActionAct.COMPLETE if held else ActionAct.GIVE_UP
    if (there := ACTION_MOVES[ActionState(state)].get(act)) is None:
        raise Refused(
            f"a development action that is {state.lower()} cannot be completed",
            f"pengembangan berstatus {state} tidak dapat diselesaikan",
        )
    return there.value


def decided(state: str, *, approved: bool) -> str:
    """The state of a recognition after the decision; raises Refused where none is possible any more."""
    here, act = RecognitionState(state), RecognitionAct.APPROVE if approved else RecognitionAct.DECLINE
    if (there := RECOGNITION_MOVES[here].get(act)) is None:
        if here is RecognitionState.SUPERSEDED:
            raise Refused("its result got a newer version", "hasilnya sudah digantikan versi baru")
        raise Refused("this recognition was decided already", "penghargaan ini sudah diputus")
    return there.value


def actions_superseded_from() -> list[str]:
    """The states in which a development action gives way to a newer result."""
    return [state.value for state, acts in ACTION_MOVES.items() if ActionAct.SUPERSEDE in acts]


def recognitions_superseded_from() -> list[str]:
    """The states in which a recognition gives way to a newer result."""
    return [state.value for state, acts in RECOGNITION_MOVES.items() if RecognitionAct.SUPERSEDE in acts]
