"""What a final result suggests as reward: of an innovation, and the credit points of a functional position."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.base import Predicate
from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Consequences, Words
from scoring.credit_points import COEFFICIENTS, PERCENTAGES
from scoring.credit_points import credit as credit_points
from scoring.numbers import rounded
from services.evaluation.credits.rules.parts import LevelMonths
from services.evaluation.proposals.rules.case import Case, Proposed


def innovation(policy: Consequences, case: Case) -> Proposed | None:
    """A recognised innovation is rewarded whatever the predicate (BJI-3)."""
    if not (policy.innovation_reward and case.innovation_recognised):
        return None
    details = {"innovation_recognised": "true"}
    if policy.innovation_criterion is not None and policy.innovation_at_least is not None:
        score = case.criteria.get(policy.innovation_criterion)
        if score is None or score < policy.innovation_at_least:
            return None
        details |= {policy.innovation_criterion: str(score), "at_least": str(policy.innovation_at_least)}
    basis = Words(id="inovasi yang diakui", en="a recognised innovation")
    return Proposed(kind=ProposalKind.INNOVATION_REWARD, basis=basis, details=details)


def credit(_: Consequences, case: Case) -> Proposed | None:
    """Angka kredit of each level held in the period, with all that it was calculated from (Peraturan BKN 3/2023)."""
    if not case.levels:
        return None
    parts = [_part(one, case.predicate) for one in case.levels]
    points = sum((one.points for one in parts), Decimal(0))
    details = {
        "predicate": case.predicate.value,
        "percentage": str(PERCENTAGES[case.predicate.value]),
        "months": str(sum(one.held.months for one in parts)),
        "result_version": str(case.version),
        "points": str(points),
        "points_shown": str(rounded(points)),
        **_told(parts),
    }
    formula = " + ".join(one.formula for one in parts)
    shown = f"{formula} = {rounded(points)}"
    return Proposed(
        kind=ProposalKind.CREDIT_CONVERSION,
        basis=Words(id=f"angka kredit {shown}", en=f"credit points {shown}"),
        details=details,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    held: LevelMonths
    points: Decimal
    formula: str


def _part(held: LevelMonths, predicate: Predicate) -> _Part:
    coefficient, percentage = COEFFICIENTS[held.level], PERCENTAGES[predicate.value]
    formula = f"{percentage} % x {coefficient} x {held.months}/12"
    return _Part(held, credit_points(held.level, predicate.value, held.months), formula)


def _told(parts: Sequence[_Part]) -> dict[str, str]:
    """A single level as it always was told; of several each with its number, in the order in which they were held."""
    if len(parts) == 1:
        [one] = parts
        return {"level": one.held.level, "coefficient": str(COEFFICIENTS[one.held.level]), **_days(one.held, "")}
    told = {"parts": str(len(parts))}
    for number, one in enumerate(parts, start=1):
        told |= {
            f"level_{number}": one.held.level,
            f"coefficient_{number}": str(COEFFICIENTS[one.held.level]),
            f"months_{number}": str(one.held.months),
            f"points_{number}": str(one.points),
            **_days(one.held, f"_{number}"),
        }
    return told


def _days(held: LevelMonths, number: str) -> dict[str, str]:
    return {f"first_month{number}": f"{held.first:%Y-%m}", f"last_month{number}": f"{held.last:%Y-%m}"}
