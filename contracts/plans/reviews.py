"""What the plans service emits of the performance office's review of plans by sample (PP 30/2019)."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Event
from contracts.plans.about import PlanEvent


class ReviewFinding(StrEnum):
    """What the performance office found of a plan in its sample."""

    IN_ORDER = "IN_ORDER"
    TO_MEND = "TO_MEND"
    """With what is wrong and how to mend it; the plan counts all the same until its rater amends it."""


class PlansSampled(Event):
    """The performance office drew plans to read, so many of each unit; the seed lets anybody draw them again."""

    topic: ClassVar[str] = "plans"
    sample_id: UUID
    cycle_id: UUID
    seed: str
    share: int
    """Per cent of each unit's plans, rounded up."""
    least: int
    """At least so many of each unit, as far as it has them."""
    took_part: int
    drawn: int
    drawn_by: UUID

    @property
    def key(self) -> str:
        return str(self.sample_id)

    @property
    def subject(self) -> str:
        return str(self.sample_id)


class PlanReviewed(PlanEvent):
    """The performance office read a plan of its sample, and says whether it is in order."""

    version: int
    finding: ReviewFinding
    what: str | None = None
    how: str | None = None
    set_by: UUID
    """Who had set it, and is told as well as its owner."""
    reviewed_by: UUID
