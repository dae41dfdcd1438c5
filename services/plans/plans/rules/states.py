"""The states of a plan, and what may be done in each; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class PlanState(StrEnum):
    """How far a plan has come."""

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
    CONFIRM = "CONFIRM"
    """The servant says whether it was agreed on."""
    REPORT = "REPORT"
    TALK = "TALK"
    LOG = "LOG"
    CLOSE = "CLOSE"


MOVES: dict[PlanState, dict[Act, PlanState]] = {
    PlanState.DRAFT: {
        Act.WRITE: PlanState.DRAFT,
        Act.PROPOSE: PlanState.PROPOSED,
        Act.TALK: PlanState.DRAFT,
        Act.LOG: PlanState.DRAFT,
        Act.CLOSE: PlanState.CLOSED,
    },
    PlanState.PROPOSED: {
        Act.RETURN: PlanState.RETURNED,
        Act.SET: PlanState.SET,
        Act.TALK: PlanState.PROPOSED,
        Act.LOG: PlanState.PROPOSED,
        Act.CLOSE: PlanState.CLOSED,
    },
    PlanState.RETURNED: {
        Act.WRITE: PlanState.RETURNED,
        Act.PROPOSE: PlanState.PROPOSED,
        Act.TALK: PlanState.RETURNED,
        Act.LOG: PlanState.RETURNED,
        Act.CLOSE: PlanState.CLOSED,
    },
    PlanState.SET: {
        Act.RENEW: PlanState.SET,
        Act.AMEND: PlanState.SET,
        Act.CONFIRM: PlanState.SET,
        Act.REPORT: PlanState.SET,
        Act.TALK: PlanState.SET,
        Act.LOG: PlanState.SET,
        Act.CLOSE: PlanState.CLOSED,
    },
    PlanState.CLOSED: {},
}

_STATES = {
    PlanState.DRAFT: "draf",
    PlanState.PROPOSED: "diusulkan",
    PlanState.RETURNED: "dikembalikan",
    PlanState.SET: "ditetapkan",
    PlanState.CLOSED: "ditutup",
}
_ACTS = {
    Act.WRITE: ("be written", "ditulis"),
    Act.PROPOSE: ("be proposed", "diusulkan"),
    Act.RETURN: ("be returned", "dikembalikan"),
    Act.SET: ("be set", "ditetapkan"),
    Act.RENEW: ("be set anew: it has not been set", "ditetapkan kembali: belum ditetapkan"),
    Act.AMEND: ("be amended: it has not been set", "diubah: belum ditetapkan"),
    Act.CONFIRM: ("be confirmed: only a plan that was set", "dikonfirmasi: hanya rencana yang telah ditetapkan"),
    Act.REPORT: ("be reported on: only a plan that was set", "dilaporkan: hanya rencana yang telah ditetapkan"),
    Act.TALK: ("be talked about any more", "didialogkan lagi"),
    Act.LOG: ("take a daily log any more", "menerima catatan harian lagi"),
    Act.CLOSE: ("be closed", "ditutup"),
}


def move(state: str, act: Act) -> PlanState:
    """Where the act leads from this state; raises Refused where it is not possible."""
    here = PlanState(state)
    there = MOVES[here].get(act)
    if there is None:
        en, indonesian = _ACTS[act]
        raise Refused(
            f"a plan that is {here.lower()} cannot {en}",
            f"rencana yang {_STATES[here]} tidak dapat {indonesian}",
            state=here.value,
        )
    return there
