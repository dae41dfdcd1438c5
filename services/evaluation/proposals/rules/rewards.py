"""What a final result suggests as reward: of an innovation, and the credit points of a functional position."""

from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Consequences, Words
from scoring.credit_points import COEFFICIENTS, PERCENTAGES
from scoring.credit_points import credit as credit_points
from scoring.numbers import rounded
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
    """Angka kredit of a functional position, with all that it was calculated from (Peraturan BKN 3/2023)."""
    if case.position_kind not in COEFFICIENTS:
        return None
    points = credit_points(case.position_kind, case.predicate.value, case.months)
    coefficient, percentage = COEFFICIENTS[case.position_kind], PERCENTAGES[case.predicate.value]
    formula = f"{percentage} % x {coefficient} x {case.months}/12 = {rounded(points)}"
    details = {
        "level": case.position_kind,
        "coefficient": str(coefficient),
        "predicate": case.predicate.value,
        "percentage": str(percentage),
        "months": str(case.months),
        "result_version": str(case.version),
        "points": str(points),
        "points_shown": str(rounded(points)),
    }
    basis = Words(id=f"angka kredit {formula}", en=f"credit points {formula}")
    return Proposed(kind=ProposalKind.CREDIT_CONVERSION, basis=basis, details=details)
