"""How many plans the performance office reads after they were set (PP 30/2019: it manages the quality of plans), and how
long a plan may take that is made anew.
"""

from pydantic import Field

from contracts.base import Frozen


class PlanReviewRule(Frozen):
    """The size of a sample of plans that were set, unit by unit."""

    share: int = Field(default=10, ge=1, le=100)
    """Per cent of each unit's plans, rounded up."""
    least: int = Field(default=1, ge=0, le=100)
    """At least so many of each unit, as far as it has them."""


class PlanWindows(Frozen):
    """Working days for a plan that comes again; the first plan of a year has its limit by the phases."""

    renew_within: int = Field(default=15, ge=1, le=100)
    """After a transfer of the person or of the rater (PermenPANRB 6/2022, L II.C.6-7, which names no limit)."""
    revise_within: int = Field(default=3, ge=1, le=100)
    """Of a plan that was returned."""
