"""What the feedback service emits of feedback given and answered (PermenPANRB 6/2022 arts 17-19)."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.feedback.about import ServantEvent


class FeedbackGiven(ServantEvent):
    """Feedback with what was observed and how to go on; who speaks to a leader or a colleague is named inside only."""

    internal: ClassVar[bool] = True
    feedback_id: UUID
    author_id: UUID
    direction: str
    """DOWN, UP, PEER or OTHER."""
    occasion: str | None = None
    """REGULAR or INCIDENTAL (PermenPANRB 6/2022 arts 17-19)."""
    channel: str | None = None
    """DIRECT or INDIRECT."""
    given_at: AwareDatetime | None = None
    activity_id: UUID | None = None
    """The entry of the daily log that it is about, if it is about one."""


class FeedbackAnswered(ServantEvent):
    """The one concerned answered the feedback."""

    internal: ClassVar[bool] = True
    feedback_id: UUID
    author_id: UUID
