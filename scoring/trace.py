"""The trace of a score: every step with its operands, from which anybody recomputes the value."""

from enum import StrEnum

from contracts.base import Frozen


class Code(StrEnum):
    """What a step does."""

    POLICY = "POLICY"
    """Whose policy, and which version of it."""
    ACHIEVEMENT = "ACHIEVEMENT"
    """Target and actual of one indicator."""
    INDICATORS = "INDICATORS"
    """A criterion from its indicators."""
    ASSESSORS = "ASSESSORS"
    """What the assessors of one source gave for one criterion or part; anonymous ones as count and sum."""
    PARTS = "PARTS"
    """What one source says of a criterion that is scored in parts."""
    SOURCES = "SOURCES"
    """A criterion from its sources."""
    AMENDED = "AMENDED"
    """A criterion as it was decided about a question or an objection; ``before`` is what its sources make of it."""
    CORRECTED = "CORRECTED"
    """The actual of an indicator (``<id>/actual``) as it was decided; ``before`` is what was reported."""
    LOCAL_SCORE = "LOCAL_SCORE"
    """The weighted criteria, rounded once."""
    BAND = "BAND"
    """The policy's band of the rounded score."""
    SOURCE_DROPPED = "SOURCE_DROPPED"
    """Too few assessors of a kind: at all, or (``criterion/ROLE``) for one criterion."""
    SOURCE_GAP = "SOURCE_GAP"
    """Points between the two sources that lie furthest apart."""
    MISSING = "MISSING"
    """An indicator, a criterion or the score has no value; it is never taken as 0."""
    UNIT_HEAD = "UNIT_HEAD"
    """The results of a unit's head are rated from the organisation."""
    BEFORE_ORGANISATION = "BEFORE_ORGANISATION"
    """The superior assessed before the achievement of the organisation was set (PermenPANRB 6/2022 arts 24-25)."""
    PREDICATE = "PREDICATE"
    STUDY_LEAVE = "STUDY_LEAVE"
    """Study leave ended without a degree."""
    PP30 = "PP30"
    """Plan and behaviour by the numeric method of PP 30/2019."""
    CREDIT = "CREDIT"
    DEADLINE = "DEADLINE"


NATIONAL = frozenset({Code.UNIT_HEAD, Code.PREDICATE, Code.STUDY_LEAVE})
"""Steps from the ratings to the predicate; all others are of the local score."""


class Operand(Frozen):
    """One thing that a step works on; ``weight`` in percent, where the step weights."""

    name: str
    value: str
    weight: str | None = None


class Step(Frozen):
    """One step; ``value`` is exact (see ``numbers.written``), or None where something is missing."""

    code: Code
    subject: str
    operands: tuple[Operand, ...] = ()
    value: str | None = None

    def operand(self, name: str) -> str:
        """The value of the operand of that name; raises KeyError."""
        return {one.name: one.value for one in self.operands}[name]
