"""What a final result suggests for a career: the talent box, and the signal of a promotion."""

from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Consequences, Words
from services.evaluation.proposals.rules.case import Case, Earlier, Proposed, grade
from services.evaluation.proposals.rules.talent import PROMOTABLE, advice, box


def talent(_: Consequences, case: Case) -> Proposed:
    """The box of talent management, which everybody has (PermenPANRB 3/2020)."""
    number = box(case.result_rating, case.behaviour_rating)
    words = advice(number)
    details = {
        "box": str(number),
        "performance": case.result_rating.value,
        "potential": case.behaviour_rating.value,
        "potential_from": "BEHAVIOUR_RATING",
        "promotable": str(number in PROMOTABLE).lower(),
    }
    basis = Words(id=f"kotak talenta {number}: {words.id}", en=f"talent box {number}: {words.en}")
    return Proposed(kind=ProposalKind.TALENT_BOX, basis=basis, details=details)


def promotion(policy: Consequences, case: Case) -> Proposed | None:
    """So many final results in a row that the policy counts, the newest included."""
    row = [Earlier(predicate=case.predicate, local_score=case.local_score), *case.earlier]
    wanted = policy.promotion_results
    if len(row) < wanted or not all(_counts(policy, one) for one in row[:wanted]):
        return None
    name = grade(case.predicate)
    basis = Words(
        id=f"{name.id}, {wanted} hasil final berturut-turut", en=f"{name.en}, {wanted} final results in a row"
    )
    details = {"predicate": case.predicate.value, "results": str(wanted)}
    return Proposed(kind=ProposalKind.PROMOTION_SIGNAL, basis=basis, details=details)


def _counts(policy: Consequences, one: Earlier) -> bool:
    least = policy.promotion_at_least
    return one.predicate in policy.promotion_predicates and (
        least is None or (one.local_score is not None and one.local_score >= least)
    )
