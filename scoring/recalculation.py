"""The value of one step of a trace from its operands alone."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.plans.plans import Direction
from scoring.achievement import achievement
from scoring.bands import PP30, band_of
from scoring.credit_points import points
from scoring.numbers import read, rounded, weighted_mean, written
from scoring.quadrant import predicate
from scoring.ratings import of_unit_head
from scoring.study_leave import capped
from scoring.trace import Code, Step


def recomputed(step: Step) -> str | None:
    """The value of a step from its operands alone, as ``numbers.written``; its own value where nothing is calculated.

    None for an achievement whose uncapped value does not follow. Raises KeyError where an operand is missing.
    """
    calculate = _CALCULATED.get(step.code)
    return step.value if calculate is None else calculate(step)


def _achievement(step: Step) -> str | None:
    lo, hi, actual = (Decimal(step.operand(name)) for name in ("target_lo", "target_hi", "actual"))
    made = achievement(Direction(step.operand("direction")), lo, hi, actual)
    # The uncapped value is an operand, not the step's value: a changed one must be found out as well.
    return written(made.used) if written(made.raw) == step.operand("raw") else None


def _mean(step: Step) -> str | None:
    return written(weighted_mean((read(one.value), read(one.weight or "1")) for one in step.operands))


def _assessors(step: Step) -> str | None:
    """Anonymous ones by their sum and count; before the sum was kept, a mean stood for itself."""
    values = {one.name: one.value for one in step.operands}
    if "count" not in values:
        return _mean(step)
    return written(read(values["sum"]) / int(values["count"])) if "sum" in values else step.value


def _decided(step: Step) -> str | None:
    return written(Decimal(step.operand("decided")))


def _sum(step: Step) -> str | None:
    total = sum((read(one.value) * read(one.weight or "0") for one in step.operands), Fraction(0))
    return written(rounded(total / 100))


def _band(step: Step) -> str | None:
    inputs = ("local_score", "innovation_recognised")
    edges = [(one.name, Decimal(one.value)) for one in step.operands if one.name not in inputs]
    recognised = step.operand("innovation_recognised") == "true"
    # Before a step held the edges of the policy, every city had those of PP 30.
    return band_of(Decimal(step.operand("local_score")), edges or PP30, innovation_recognised=recognised)


def _gap(step: Step) -> str | None:
    one, other = (read(operand.value) for operand in step.operands if operand.name != "allowed")
    return written(abs(one - other))


def _unit_head(step: Step) -> str | None:
    return of_unit_head(OrgPerformance(step.operand("org_performance"))).value


def _predicate(step: Step) -> str | None:
    return predicate(Rating(step.operand("result_rating")), Rating(step.operand("behaviour_rating"))).value


def _study_leave(step: Step) -> str | None:
    return capped(Predicate(step.operand("predicate"))).value


def _credit(step: Step) -> str | None:
    percent, coefficient = Decimal(step.operand("percent")), Decimal(step.operand("coefficient"))
    return str(points(percent, coefficient, int(step.operand("months"))))


_CALCULATED: Mapping[Code, Callable[[Step], str | None]] = {
    Code.ACHIEVEMENT: _achievement,
    Code.INDICATORS: _mean,
    Code.ASSESSORS: _assessors,
    Code.PARTS: _mean,
    Code.SOURCES: _mean,
    Code.AMENDED: _decided,
    Code.CORRECTED: _decided,
    Code.LOCAL_SCORE: _sum,
    Code.PP30: _sum,
    Code.BAND: _band,
    Code.SOURCE_GAP: _gap,
    Code.UNIT_HEAD: _unit_head,
    Code.PREDICATE: _predicate,
    Code.STUDY_LEAVE: _study_leave,
    Code.CREDIT: _credit,
}
