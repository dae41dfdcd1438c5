"""The states of a visit and of the response to it, and what may happen in each; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class VisitState(StrEnum):
    """Where a visit stands."""

    SCHEDULED = "SCHEDULED"
    HELD = "HELD"
    """Its report stands; the panel assesses once those observed have responded, or their time to do so is over."""
    ASSESSED = "ASSESSED"
    """The panel has assessed every member of the unit; it may still change what it gave until results are computed."""
    NOT_HELD = "NOT_HELD"
    """Its obligation lapsed: the panel's share goes to the other sources."""


class ResponseState(StrEnum):
    """Where the response of those observed stands, once the visit is reported."""

    AWAITED = "AWAITED"
    ANSWERED = "ANSWERED"
    SILENT = "SILENT"
    """Nobody responded in time, or nobody leads the unit: neither agreement nor refusal."""


class VisitAct(StrEnum):
    """What is done to a visit."""

    SET_DATE = "SET_DATE"
    """The panel sets its date, or moves it."""
    REPORT = "REPORT"
    ASSESS = "ASSESS"
    """The panel gives assessments; the visit is assessed with that of the last member."""
    LAPSE = "LAPSE"
    """Nobody visited in time."""


MOVES: dict[VisitState, dict[VisitAct, VisitState]] = {
    VisitState.SCHEDULED: {
        VisitAct.SET_DATE: VisitState.SCHEDULED,
        VisitAct.REPORT: VisitState.HELD,
        VisitAct.LAPSE: VisitState.NOT_HELD,
    },
    VisitState.HELD: {VisitAct.ASSESS: VisitState.ASSESSED},
    VisitState.ASSESSED: {VisitAct.ASSESS: VisitState.ASSESSED},
    VisitState.NOT_HELD: {},
}
REPORTED = (VisitState.HELD, VisitState.ASSESSED)
"""A report stands, and is not written twice."""

_REFUSALS = {
    VisitAct.SET_DATE: ("this visit was held, or its time is over", "kunjungan sudah dilaksanakan atau waktunya lewat"),
    VisitAct.REPORT: ("the time for this visit is over", "waktu kunjungan ini sudah lewat"),
    VisitAct.ASSESS: (
        "the panel assesses after its visit was held and reported",
        "tim menilai setelah kunjungan dilaksanakan dan dilaporkan",
    ),
    VisitAct.LAPSE: ("a visit that was held does not lapse", "kunjungan yang telah dilaksanakan tidak gugur"),
}


def can(state: str, act: VisitAct) -> bool:
    """Whether the act is possible in this state."""
    return act in MOVES[VisitState(state)]


def move(state: str, act: VisitAct) -> VisitState:
    """Where the act leads from this state; raises Refused where it is not possible."""
    there = MOVES[VisitState(state)].get(act)
    if there is None:
        raise Refused(*_REFUSALS[act])
    return there
