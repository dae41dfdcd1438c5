"""What the feedback service emits of improvement: months after a poor result, reviewed each month, decided by a person."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime

from contracts.feedback.about import ServantEvent


class Progress(StrEnum):
    """What a month's review found."""

    BETTER = "BETTER"
    SAME = "SAME"
    WORSE = "WORSE"


class ImprovementOutcome(StrEnum):
    """What the competent official decided after the months (PP 30/2019 arts 56-58)."""

    EXTENDED = "EXTENDED"
    """More months, reviewed like those before."""
    ENDED_WELL = "ENDED_WELL"
    FURTHER_MEASURES = "FURTHER_MEASURES"
    """What they are is decided elsewhere; nothing follows by itself."""


class _ImprovementEvent(ServantEvent):
    case_id: UUID


class ImprovementStarted(_ImprovementEvent):
    """The office accepted the proposal; the months run."""

    rater_id: UUID
    months: int
    ends_at: AwareDatetime
    basis: str


class ImprovementReviewed(_ImprovementEvent):
    """The rater, or who stands in, looked at a month with the servant."""

    number: int
    progress: Progress
    held_by: UUID


class ImprovementDecisionAsked(_ImprovementEvent):
    """The months are over; a competent official is to decide."""

    reviews_held: int
    reviews_missed: int


class ImprovementDecided(_ImprovementEvent):
    """A competent official decided, with a reason."""

    outcome: ImprovementOutcome
    reason: str
    decided_by: UUID
    ends_at: AwareDatetime
    """The new end after an extension."""


class ImprovementSuperseded(_ImprovementEvent):
    """The result that it came from got a newer version: nobody owes anything about it any more."""

    by_version: int
