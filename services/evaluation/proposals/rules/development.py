"""What a final result suggests for development: priority, training, coaching, and the months to improve."""

from contracts.base import Predicate, Rating
from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Consequences, Words
from scoring.ratings import MEETS_FROM
from services.evaluation.competences.rules import CompetenceGap, said
from services.evaluation.proposals.rules.case import Case, Proposed, grade

IMPROVEMENT_MONTHS = 6
"""PP 30/2019 arts 56-58."""
_LEADING = "JPT_"
_LOW = frozenset({Predicate.POOR, Predicate.VERY_POOR})
"""For administrative and functional positions; leading ones have their clock from needs-improvement on."""


def priority(policy: Consequences, case: Case) -> Proposed | None:
    """An award: first in line for competence development (art. 31)."""
    if case.predicate not in policy.priority_predicates:
        return None
    name = grade(case.predicate)
    basis = Words(
        id=f"{name.id}: prioritas pengembangan kompetensi", en=f"{name.en}: priority in competence development"
    )
    return Proposed(kind=ProposalKind.DEVELOPMENT_PRIORITY, basis=basis, details={"predicate": case.predicate.value})


def training(policy: Consequences, case: Case) -> Proposed | None:
    """Criteria below the policy's target or what "as expected" begins with, and competences too far below the post.

    A missing score is no low one.
    """
    target = policy.development_below or MEETS_FROM
    only = policy.development_criterion
    # A criterion that nobody scored is no weakness: None is left out, never taken as 0.
    low = {
        code: score
        for code, score in sorted(case.criteria.items())
        if score is not None and score < target and only in (None, code)
    }
    missing = _missing(policy, case)
    if not low and not missing:
        return None
    parts, details = [said(one) for one in missing], {f"competence:{one.code}": _levels(one) for one in missing}
    if low:
        listed = ", ".join(f"{code} {score}" for code, score in low.items())
        parts.insert(0, Words(id=f"di bawah {target}: {listed}", en=f"below {target}: {listed}"))
        details = {"below": str(target)} | {code: str(score) for code, score in low.items()} | details
    basis = Words(id="; ".join(one.id for one in parts), en="; ".join(one.en for one in parts))
    return Proposed(kind=ProposalKind.TRAINING_NEED, basis=basis, details=details)


def _missing(policy: Consequences, case: Case) -> list[CompetenceGap]:
    limit = policy.development_gap
    return [one for one in case.competences if limit is not None and one.gap is not None and one.gap >= limit]


def _levels(one: CompetenceGap) -> str:
    return f"{one.assessed} / {one.required}"


def coaching(_: Consequences, case: Case) -> Proposed | None:
    """Guidance on competence where results are below, counselling where behaviour is (art. 21)."""
    wanted = {
        "GUIDANCE": (case.result_rating, Words(id="bimbingan kinerja: hasil kerja", en="guidance: work results")),
        "COUNSELLING": (case.behaviour_rating, Words(id="konseling kinerja: perilaku", en="counselling: behaviour")),
    }
    below = {name: words for name, (rating, words) in wanted.items() if rating is Rating.BELOW}
    if not below:
        return None
    basis = Words(
        id="; ".join(one.id for one in below.values()) + " di bawah ekspektasi",
        en="; ".join(one.en for one in below.values()) + " below expectation",
    )
    return Proposed(kind=ProposalKind.COACHING, basis=basis, details={"forms": ",".join(below)})


def improvement(_: Consequences, case: Case) -> Proposed | None:
    """Six months to improve: for leading positions from needs-improvement on, for others from poor on.

    PP 30/2019 speaks of a result for one year; the months of this one are stated, so that the official can see.
    """
    leading = case.position_kind.startswith(_LEADING)
    if case.predicate not in (_LOW | {Predicate.NEEDS_IMPROVEMENT} if leading else _LOW):
        return None
    name = grade(case.predicate)
    basis = Words(
        id=f"predikat {name.id} selama {case.months} bulan: kesempatan perbaikan {IMPROVEMENT_MONTHS} bulan",
        en=f"predicate {name.en} over {case.months} months: {IMPROVEMENT_MONTHS} months to improve",
    )
    details = {
        "predicate": case.predicate.value,
        "covers_months": str(case.months),
        "months_to_improve": str(IMPROVEMENT_MONTHS),
        "position_kind": case.position_kind,
        "employment_type": case.employment_type,
    }
    return Proposed(kind=ProposalKind.IMPROVEMENT_CASE, basis=basis, details=details)
