"""The states of a proposal, and what may happen in each; the table is the documentation."""

from enum import StrEnum

from contracts.evaluation.proposals import ProposalState


class ProposalAct(StrEnum):
    """What happens to a proposal."""

    ACCEPT = "ACCEPT"
    """The competent official does what is proposed, for a reason."""
    DECLINE = "DECLINE"
    """The competent official does not, for a reason."""
    SUPERSEDE = "SUPERSEDE"
    """The result got a newer version; what was decided on this one must be looked at again."""


MOVES: dict[ProposalState, dict[ProposalAct, ProposalState]] = {
    ProposalState.PROPOSED: {
        ProposalAct.ACCEPT: ProposalState.ACCEPTED,
        ProposalAct.DECLINE: ProposalState.DECLINED,
        ProposalAct.SUPERSEDE: ProposalState.SUPERSEDED,
    },
    ProposalState.ACCEPTED: {ProposalAct.SUPERSEDE: ProposalState.SUPERSEDED},
    ProposalState.DECLINED: {ProposalAct.SUPERSEDE: ProposalState.SUPERSEDED},
    ProposalState.SUPERSEDED: {},
}


def can(state: str, act: ProposalAct) -> bool:
    """Whether the act is possible in this state."""
    return act in MOVES[ProposalState(state)]


def move(state: str, act: ProposalAct) -> ProposalState:
    """Where the act leads from this state; raises KeyError where it is not possible (ask :func:`can` before)."""
    return MOVES[ProposalState(state)][act]
