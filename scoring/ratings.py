"""Ratings: of a unit head from the organisation, suggested from a number; and strengths and areas for development from the criteria."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from contracts.base import OrgPerformance, Rating

ABOVE_FROM = Decimal(110)  # edges of a suggestion: domain.md 6.4, 5
MEETS_FROM = Decimal(90)
STRONG_FROM = Decimal(100)
_BEST = 2


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
    """The rating that those of the single results suggest (PermenPANRB 6/2022 L IV.B; see regulation.md, Evaluation 3).

    Above: most are above and no ``primary`` one is below. Below: most are below. As expected: everything between.
    """
    listed = [*results, *primary]
    if 2 * listed.count(Rating.ABOVE) > len(listed) and Rating.BELOW not in primary:
        return Rating.ABOVE
    return Rating.BELOW if 2 * listed.count(Rating.BELOW) > len(listed) else Rating.MEETS


def strengths(criteria: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """Codes of the criteria of at least 100, best first; if there are none, the best two."""
    ranked = _ranked(criteria)
    strong = tuple(code for code in ranked if (criteria[code] or 0) >= STRONG_FROM)
    return strong or tuple(ranked[:_BEST])


def areas(criteria: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """Codes of the criteria below 90, lowest first; if there are none, the lowest."""
    ranked = _ranked(criteria)[::-1]
    weak = tuple(code for code in ranked if (criteria[code] or 0) < MEETS_FROM)
    return weak or tuple(ranked[:1])


def _ranked(criteria: Mapping[str, Decimal | None]) -> list[str]:
    """Best first; in alphabetical order where equal, so that the order of entry says nothing."""
    # What has no value is neither strength nor weakness.
    known = {code: value for code, value in criteria.items() if value is not None}
    return sorted(known, key=lambda code: (-known[code], code))
