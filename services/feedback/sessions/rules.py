"""The states of a training or socialisation session; the table is the documentation."""

from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    LAPSED = "LAPSED"
    """Not reported in time; a late report still counts."""


class Act(StrEnum):
    """What happens to a session."""

    REPORT = "REPORT"
    LAPSE = "LAPSE"
    """Its obligation lapsed: nobody reported it."""


MOVES: dict[SessionState, dict[Act, SessionState]] = {
    SessionState.PLANNED: {Act.REPORT: SessionState.HELD, Act.LAPSE: SessionState.LAPSED},
    SessionState.LAPSED: {Act.REPORT: SessionState.HELD},
    SessionState.HELD: {},
}


def before(act: Act) -> list[str]:
    """The states in which this can happen."""
    return [state.value for state, acts in MOVES.items() if act in acts]
