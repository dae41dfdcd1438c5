"""Bands of a number on the 0-120 scale (PP 30/2019 art. 41); the best one needs a recognised innovation or idea."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from kit.errors import Invalid

Edges: TypeAlias = Sequence[tuple[str, Decimal]]
"""Name and lower edge (``score >= edge``), best first."""

PP30: Edges = (  # PP 30/2019 art. 41
    ("VERY_GOOD", Decimal(110)),
    ("GOOD", Decimal(90)),
    ("FAIR", Decimal(70)),
    ("POOR", Decimal(50)),
    ("VERY_POOR", Decimal(0)),
)
NEEDS_INNOVATION = "VERY_GOOD"


def band_of(score: Decimal, edges: Edges = PP30, *, innovation_recognised: bool) -> str:
    """The band of a score (0 to 120) that was rounded already, so that anyone can check it by hand.

    Raises Invalid if no band holds it. The best band needs a recognised innovation or idea (PP 30/2019 art. 41).
    """
    # An edge belongs to the band above it; who lacks the innovation falls to the next one, however high the score.
    for name, edge in edges:
        if score >= edge and (innovation_recognised or name != NEEDS_INNOVATION):
            return name
    raise Invalid(f"no band of the policy holds {score}", f"tidak ada rentang untuk {score}", where="bands")
