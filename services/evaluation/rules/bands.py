"""Bands of a number on the 0-120 scale (PP 30/2019 art. 41); the best one needs a recognised innovation or idea."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.policy import Band
from kit.errors import Invalid

PP30: tuple[Band, ...] = (
    Band(name="VERY_GOOD", at_least=Decimal(110)),
    Band(name="GOOD", at_least=Decimal(90)),
    Band(name="FAIR", at_least=Decimal(70)),
    Band(name="POOR", at_least=Decimal(50)),
    Band(name="VERY_POOR", at_least=Decimal(0)),
)
NEEDS_IDEA = "VERY_GOOD"


def band(score: Decimal, bands: Sequence[Band] = PP30, *, innovation_recognised: bool) -> str:
    """The band of a score that was rounded already, so that anyone can check it by hand."""
    reached = sorted((one for one in bands if score >= one.at_least), key=lambda one: one.at_least, reverse=True)
    allowed = [one.name for one in reached if innovation_recognised or one.name != NEEDS_IDEA]
    if not allowed:
        raise Invalid(f"no band of the policy holds {score}", f"tidak ada rentang untuk {score}", where="bands")
    return allowed[0]
