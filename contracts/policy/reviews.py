"""How many plans the performance office reads after they were set (PP 30/2019: it manages the quality of plans)."""

from pydantic import Field

from contracts.base import Frozen


class PlanReviewRule(Frozen):
    """The size of a sample of plans that were set, unit by unit."""

    share: int = Field(default=10, ge=1, le=100)
    """Per cent of each unit's plans, rounded up."""
    least: int = Field(default=1, ge=0, le=100)
    """At least so many of each unit, as far as it has them."""
