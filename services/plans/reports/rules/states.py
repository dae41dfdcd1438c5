"""The states of a report, and what leads from one to the next; the table is the documentation."""

from enum import StrEnum


class ReportState(StrEnum):
    """Whether a report was handed in."""

    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    AUTOMATIC = "AUTOMATIC"
    """Nobody handed it in: what is known was taken over."""


class Act(StrEnum):
    """What happens to a report."""

    SUBMIT = "SUBMIT"
    TAKE_OVER = "TAKE_OVER"
    """At the end of the ladder, or when the servant has left."""


MOVES: dict[ReportState, dict[Act, ReportState]] = {
    ReportState.OPEN: {Act.SUBMIT: ReportState.SUBMITTED, Act.TAKE_OVER: ReportState.AUTOMATIC},
    ReportState.SUBMITTED: {Act.SUBMIT: ReportState.SUBMITTED},
    ReportState.AUTOMATIC: {Act.SUBMIT: ReportState.SUBMITTED},
}

CORRECTABLE = frozenset(state for state in ReportState if state is not ReportState.OPEN)
"""What was handed in or taken over is corrected only while the evaluation lasts."""
