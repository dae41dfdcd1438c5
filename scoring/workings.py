"""What a score was worked out from and through: kept beside it, so that its trace can be told later."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.base import AssessorRole
from scoring.formula import Formula
from scoring.material import Material
from scoring.ratios import Ratio
from scoring.sources import Heard


@dataclass(frozen=True, slots=True)
class Gap:
    """The two sources that lie furthest apart, by their means over the criteria that both assessed."""

    points: Ratio
    means: Mapping[AssessorRole, Ratio]


@dataclass(slots=True)
class Worked:
    """The exact values between material and score."""

    formula: Formula
    material: Material
    heard: Heard
    criteria: dict[str, Ratio | None] = field(default_factory=dict)
    incomplete: list[str] = field(default_factory=list)
    gap: Gap | None = None
    moderation: bool = False
