"""The states of a report, and what leads from one to the next; the table is the documentation."""

from enum import StrEnum


class ReportState(StrEnum):
    """Whether a report was handed in."""

    OPEN = "OPEN"
    DRAFT = "DRAFT"
    """Written before the period's last day: it is kept and seen, and counts once it is handed in from that day on."""
    SUBMITTED = "SUBMITTED"
    AUTOMATIC = "AUTOMATIC"
    """Nobody handed it in: what is known was taken over."""


class Act(StrEnum):
    """What happens to a report."""

    DRAFT = "DRAFT"
    """Before the last day of the period."""
    SUBMIT = "SUBMIT"
    TAKE_OVER = "TAKE_OVER"
    """At the end of the ladder, or when the servant has left; a draft stands as its writer left it."""
    RESUME = "RESUME"
    """The servant is back before the period ends: what was said of the first part is a draft of the whole again."""
    REOPEN = "REOPEN"
    """The servant is back, and had said nothing."""


MOVES: dict[ReportState, dict[Act, ReportState]] = {
    ReportState.OPEN: {
        Act.DRAFT: ReportState.DRAFT,
        Act.SUBMIT: ReportState.SUBMITTED,
        Act.TAKE_OVER: ReportState.AUTOMATIC,
    },
    ReportState.DRAFT: {
        Act.DRAFT: ReportState.DRAFT,
        Act.SUBMIT: ReportState.SUBMITTED,
        Act.TAKE_OVER: ReportState.AUTOMATIC,
    },
    ReportState.SUBMITTED: {Act.SUBMIT: ReportState.SUBMITTED, Act.RESUME: ReportState.DRAFT},
    ReportState.AUTOMATIC: {
        Act.SUBMIT: ReportState.SUBMITTED,
        Act.RESUME: ReportState.DRAFT,
        Act.REOPEN: ReportState.OPEN,
    },
}

UNSETTLED = frozenset(state for state, acts in MOVES.items() if Act.TAKE_OVER in acts)
"""What is still owed: it counts for nothing yet, and is taken over when the ladder ends."""
CORRECTABLE = frozenset(ReportState) - UNSETTLED
"""What was handed in or taken over is corrected only while the evaluation lasts."""
