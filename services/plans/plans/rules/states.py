"""The states of a plan and of an initiative, and what may be done in each; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class State(StrEnum):
    """Where a plan stands."""

    DRAFT = "DRAFT"
    PROPOSED = "PROPOSED"
    RETURNED = "RETURNED"
    SET = "SET"
    CLOSED = "CLOSED"


class Act(StrEnum):
    """What somebody does to a plan."""

    WRITE = "WRITE"
    PROPOSE = "PROPOSE"
    RETURN = "RETURN"
    SET = "SET"
    RENEW = "RENEW"
    """Set again, with a new leader after a transfer."""
    AMEND = "AMEND"
    REPORT = "REPORT"
    TALK = "TALK"
    LOG = "LOG"
    CLOSE = "CLOSE"


MOVES: dict[State, dict[Act, State]] = {
    State.DRAFT: {
        Act.WRITE: State.DRAFT,
        Act.PROPOSE: State.PROPOSED,
        Act.TALK: State.DRAFT,
        Act.LOG: State.DRAFT,
        Act.CLOSE: State.CLOSED,
    },
    State.PROPOSED: {
        Act.RETURN: State.RETURNED,
        Act.SET: State.SET,
        Act.TALK: State.PROPOSED,
        Act.LOG: State.PROPOSED,
        Act.CLOSE: State.CLOSED,
    },
    State.RETURNED: {
        Act.WRITE: State.RETURNED,
        Act.PROPOSE: State.PROPOSED,
        Act.TALK: State.RETURNED,
        Act.LOG: State.RETURNED,
        Act.CLOSE: State.CLOSED,
    },
    State.SET: {
        Act.RENEW: State.SET,
        Act.AMEND: State.SET,
        Act.REPORT: State.SET,
        Act.TALK: State.SET,
        Act.LOG: State.SET,
        Act.CLOSE: State.CLOSED,
    },
    State.CLOSED: {},
}

_STATES = {
    State.DRAFT: "draf",
    State.PROPOSED: "diusulkan",
    State.RETURNED: "dikembalikan",
    State.SET: "ditetapkan",
    State.CLOSED: "ditutup",
}
_ACTS = {
    Act.WRITE: ("be written", "ditulis"),
    Act.PROPOSE: ("be proposed", "diusulkan"),
    Act.RETURN: ("be returned", "dikembalikan"),
    Act.SET: ("be set", "ditetapkan"),
    Act.RENEW: ("be set anew: it has not been set", "ditetapkan kembali: belum ditetapkan"),
    Act.AMEND: ("be amended: it has not been set", "diubah: belum ditetapkan"),
    Act.REPORT: ("be reported on: only a plan that was set", "dilaporkan: hanya rencana yang telah ditetapkan"),
    Act.TALK: ("be talked about any more", "didialogkan lagi"),
    Act.LOG: ("take a daily log any more", "menerima catatan harian lagi"),
    Act.CLOSE: ("be closed", "ditutup"),
}


def move(state: str, act: Act) -> State:
    """Where the act leads from this state; raises Refused where it is not possible."""
    here = State(state)
    there = MOVES[here].get(act)
    if there is None:
        en, indonesian = _ACTS[act]
        raise Refused(
            f"a plan that is {here.lower()} cannot {en}",
            f"rencana yang {_STATES[here]} tidak dapat {indonesian}",
            state=here.value,
        )
    return there


class InitiativeState(StrEnum):
    """Where an initiative stands."""

    RECORDED = "RECORDED"
    RECOGNISED = "RECOGNISED"
    NOT_RECOGNISED = "NOT_RECOGNISED"


def decided(*, recognised: bool) -> InitiativeState:
    """The state that a verification leads to."""
    return InitiativeState.RECOGNISED if recognised else InitiativeState.NOT_RECOGNISED
