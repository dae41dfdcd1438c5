"""The states of a training or socialisation session; the table is the documentation."""

from collections.abc import Sequence
from enum import StrEnum

from contracts.base import Words
from kit.errors import Invalid, Refused


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    LAPSED = "LAPSED"
    """Not reported in time; a late report still counts."""
    CALLED_OFF = "CALLED_OFF"
    """A further session that does not take place."""


class Act(StrEnum):
    """What happens to a session."""

    REPORT = "REPORT"
    LAPSE = "LAPSE"
    """Its obligation lapsed: nobody reported it."""
    CALL_OFF = "CALL_OFF"


MOVES: dict[SessionState, dict[Act, SessionState]] = {
    SessionState.PLANNED: {
        Act.REPORT: SessionState.HELD,
        Act.LAPSE: SessionState.LAPSED,
        Act.CALL_OFF: SessionState.CALLED_OFF,
    },
    SessionState.LAPSED: {Act.REPORT: SessionState.HELD},
    SessionState.HELD: {},
    SessionState.CALLED_OFF: {},
}


def before(act: Act) -> list[str]:
    """The states in which this can happen."""
    return [state.value for state, acts in MOVES.items() if act in acts]


def moved(state: str, act: Act) -> SessionState:
    """The state after it; raises Refused where it cannot happen."""
    if (then := MOVES[SessionState(state)].get(act)) is None:
        raise Refused(f"the session is {state.lower()} already", f"sesi ini sudah berstatus {state}")
    return then


def topic(topics: Sequence[Words], ordinal: int) -> Words:
    """The topic of that number, 1 for the first; raises Invalid."""
    if not 1 <= ordinal <= len(topics):
        raise Invalid(
            f"the policy of this cycle has {len(topics)} topics: name one of them by its number",
            f"kebijakan siklus ini memuat {len(topics)} topik: sebutkan nomornya",
            where="topic",
        )
    return topics[ordinal - 1]


def require_further(number: int) -> None:
    """Raises Refused for the session that the policy asks for: it is owed, and reported when it was held."""
    if number == 1:
        raise Refused(
            "the policy asks for this session: hold it and report it, or plan a further one beside it",
            "sesi ini diwajibkan kebijakan: laksanakan dan laporkan, atau rencanakan sesi tambahan",
        )


def require_room(seats: int | None, taken: int) -> None:
    """Raises Refused where no seat is left."""
    if seats is not None and taken >= seats:
        raise Refused(
            f"all {seats} seats are taken: choose another session of the topic",
            f"seluruh {seats} tempat sudah terisi: pilih sesi lain untuk topik ini",
        )
