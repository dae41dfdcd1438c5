"""Ratings: of a unit head from the organisation, and those that numbers or single results suggest."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.base import OrgPerformance, Rating

ABOVE_FROM = Decimal(110)  # edges of a suggestion: docs/domain.md 6.4, 5
MEETS_FROM = Decimal(90)


def of_unit_head(performance: OrgPerformance) -> Rating:
    """The achievement of the organisation is the rating of its head's results (SE MenPANRB 3/2023)."""
    if performance is OrgPerformance.OUTSTANDING:
        return Rating.ABOVE
    return Rating.MEETS if performance is OrgPerformance.GOOD else Rating.BELOW


def suggested(score: Decimal) -> Rating:
    """The rating that a number of 0 to 120 suggests to the rater, who decides."""
    if score >= ABOVE_FROM:
        return Rating.ABOVE
    return Rating.MEETS if score >= MEETS_FROM else Rating.BELOW


def guided(results: Sequence[Rating], *, primary: Sequence[Rating] = ()) -> Rating:
    """The rating that those of the single results suggest (PermenPANRB 6/2022 L IV.B; see docs/domain.md 2.4).

    Above: most are above and no ``primary`` one is below. Below: most are below. As expected: everything between.
    """
    listed = [*results, *primary]
    if 2 * listed.count(Rating.ABOVE) > len(listed) and Rating.BELOW not in primary:
        return Rating.ABOVE
    return Rating.BELOW if 2 * listed.count(Rating.BELOW) > len(listed) else Rating.MEETS
