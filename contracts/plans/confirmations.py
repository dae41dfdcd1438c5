"""What the plans service emits of whether a plan that was set was agreed on (PermenPANRB 6/2022 art. 14)."""

from enum import StrEnum
from uuid import UUID

from contracts.plans.about import PlanEvent


class Answer(StrEnum):
    """What the servant said of the plan that was set."""

    AGREED = "AGREED"
    DISAGREED = "DISAGREED"
    """With a reason, which stays with the plan; the plan counts all the same."""
    SILENT = "SILENT"
    """Said nothing within the limit: recorded as silence, never taken for consent."""


class PlanConfirmed(PlanEvent):
    """The servant agreed with the plan that was set, disagreed, or said nothing in time."""

    version: int
    answer: Answer
    reason: str | None = None
    set_by: UUID
    """Who had set it, and is told of a disagreement."""
