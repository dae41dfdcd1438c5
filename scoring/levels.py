"""Which level of a criterion a score is, by the points that the policy ties to its descriptors (PLB-4)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from contracts.base import Rating
from contracts.policy import Criterion, Policy
from contracts.policy.levels import Descriptor


class Level(NamedTuple):
    """One level with its words and points."""

    rating: Rating
    descriptor: Descriptor

    def holds(self, score: Decimal) -> bool:
        """Whether the score is this level."""
        above, below = self.descriptor.points_from, self.descriptor.points_below
        return above is not None and score >= above and (below is None or score < below)


def levels(criterion: Criterion) -> tuple[Level, ...]:
    """The levels that are tied to points, best first; none where the policy gives words alone."""
    return tuple(
        Level(rating, criterion.descriptors[rating])
        for rating in Rating
        if rating in criterion.descriptors and criterion.descriptors[rating].points_from is not None
    )


def level_of(criterion: Criterion, score: Decimal) -> Level | None:
    """The level of a score of 0 to 120."""
    return next((one for one in levels(criterion) if one.holds(score)), None)


def scored_by(policy: Policy) -> Iterator[tuple[str, Criterion]]:
    """Everything that may be scored with the criterion that it belongs to: the criterion itself, or each of its parts."""
    for criterion in policy.criteria:
        for code in criterion.parts or (criterion.code,):
            yield code, criterion
