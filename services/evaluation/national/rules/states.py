"""The states of a row of a batch, and what may happen in each; the table is the documentation."""

from enum import StrEnum

from contracts.evaluation.exports import ExportState


class RowAct(StrEnum):
    """What happens to a row."""

    CONFIRM = "CONFIRM"
    """The national application has it: it says so, or it lists it, or the office's file of answers does."""
    REJECT = "REJECT"
    """It is not taken, for a reason."""


MOVES: dict[ExportState, dict[RowAct, ExportState]] = {
    ExportState.EXPORTED: {RowAct.CONFIRM: ExportState.CONFIRMED, RowAct.REJECT: ExportState.REJECTED},
    ExportState.CONFIRMED: {},
    ExportState.REJECTED: {},
}
SETTLED = tuple(state for state, moves in MOVES.items() if not moves)
"""The states in which a row stays; whoever was rejected gets another row in a later batch."""
