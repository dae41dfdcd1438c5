"""The exact values between the inputs and a score: kept beside it, so that its trace can be written later."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.base import AssessorRole
from scoring.formula import Formula
from scoring.inputs import ScoreInputs
from scoring.ratios import Ratio
from scoring.sources import SourceScores


@dataclass(frozen=True, slots=True)
class Gap:
    """The two sources that lie furthest apart, by their means over the criteria that both assessed."""

    points: Ratio
    means: Mapping[AssessorRole, Ratio]


@dataclass(slots=True)
class Calculation:
    """One person's score, step by step; filled by ``scoring.local_score``."""

    formula: Formula
    inputs: ScoreInputs
    by_source: SourceScores
    criteria: dict[str, Ratio | None] = field(default_factory=dict)
    """By code, on the scale of 0 to 120; None while something is missing."""
    assessed: dict[str, Ratio | None] = field(default_factory=dict)
    """Of criteria that a decision set: what they were by the assessors."""
    incomplete: list[str] = field(default_factory=list)
    """What is missing: ids of indicators without an actual, codes of criteria that nobody scored."""
    gap: Gap | None = None
    moderation: bool = False
