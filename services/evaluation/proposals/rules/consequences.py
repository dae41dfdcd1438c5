"""What a final result suggests to a competent official: never a sanction, never by itself.

PermenPANRB 6/2022 art. 31 and L V.A.12; the clocks of PP 30/2019 arts 56-58 begin only when an official says so.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from contracts.base import Frozen, Predicate, Rating
from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Consequences, Words
from scoring.credit_points import COEFFICIENTS, PERCENTAGES, credit
from scoring.names import known_names
from scoring.numbers import rounded
from scoring.ratings import MEETS_FROM
from services.evaluation.proposals.rules.talent import PROMOTABLE, advice, box

IMPROVEMENT_MONTHS = 6
"""PP 30/2019 arts 56-58."""
_LEADING = "JPT_"
_LOW = frozenset({Predicate.POOR, Predicate.VERY_POOR})
"""For administrative and functional positions; leading ones have their clock from needs-improvement on."""


class Earlier(Frozen):
    """A final result of an earlier cycle."""

    predicate: Predicate
    local_score: Decimal | None = None


class Case(Frozen):
    """A final result, and what was known of the person when it became final."""

    version: int
    predicate: Predicate
    result_rating: Rating
    behaviour_rating: Rating
    local_score: Decimal | None = None
    criteria: dict[str, Decimal | None]
    months: int
    position_kind: str = ""
    """JPT_*, ADMINISTRATOR, PENGAWAS, PELAKSANA, or the level of a functional position."""
    employment_type: str = ""
    innovation_recognised: bool = False
    earlier: tuple[Earlier, ...] = ()
    """Newest first."""


class Proposed(Frozen):
    """One suggestion with its reason and the snapshot that it was made from."""

    kind: ProposalKind
    basis: Words
    details: dict[str, str]


def proposed(policy: Consequences, case: Case) -> tuple[Proposed, ...]:
    """Everything that this result suggests, at most one of a kind."""
    found = (rule(policy, case) for rule in _RULES)
    return tuple(one for one in found if one is not None)


def _grade(code: str) -> Words:
    return known_names()[code]


def _talent(_: Consequences, case: Case) -> Proposed:
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


def _promotion(policy: Consequences, case: Case) -> Proposed | None:
    """So many final results in a row that the policy counts, the newest included."""
    row = [Earlier(predicate=case.predicate, local_score=case.local_score), *case.earlier]
    wanted = policy.promotion_results
    if len(row) < wanted or not all(_counts(policy, one) for one in row[:wanted]):
        return None
    name = _grade(case.predicate)
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


def _priority(policy: Consequences, case: Case) -> Proposed | None:
    """An award: first in line for competence development (art. 31)."""
    if case.predicate not in policy.priority_predicates:
        return None
    name = _grade(case.predicate)
    basis = Words(
        id=f"{name.id}: prioritas pengembangan kompetensi", en=f"{name.en}: priority in competence development"
    )
    return Proposed(kind=ProposalKind.DEVELOPMENT_PRIORITY, basis=basis, details={"predicate": case.predicate.value})


def _training(policy: Consequences, case: Case) -> Proposed | None:
    """Criteria below the policy's target, or below what "as expected" begins with; a missing score is no low one."""
    target = policy.development_below or MEETS_FROM
    only = policy.development_criterion
    low = {
        code: score
        for code, score in sorted(case.criteria.items())
        if score is not None and score < target and only in (None, code)
    }
    if not low:
        return None
    listed = ", ".join(f"{code} {score}" for code, score in low.items())
    basis = Words(id=f"di bawah {target}: {listed}", en=f"below {target}: {listed}")
    details = {"below": str(target)} | {code: str(score) for code, score in low.items()}
    return Proposed(kind=ProposalKind.TRAINING_NEED, basis=basis, details=details)


def _coaching(_: Consequences, case: Case) -> Proposed | None:
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


def _improvement(_: Consequences, case: Case) -> Proposed | None:
    """Six months to improve: for leading positions from needs-improvement on, for others from poor on.

    PP 30/2019 speaks of a result for one year; the months of this one are told, so that the official can see.
    """
    leading = case.position_kind.startswith(_LEADING)
    if case.predicate not in (_LOW | {Predicate.NEEDS_IMPROVEMENT} if leading else _LOW):
        return None
    name = _grade(case.predicate)
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


def _innovation(policy: Consequences, case: Case) -> Proposed | None:
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


def _credit(_: Consequences, case: Case) -> Proposed | None:
    """Angka kredit of a functional position, with all that it was calculated from (Peraturan BKN 3/2023)."""
    if case.position_kind not in COEFFICIENTS:
        return None
    points = credit(case.position_kind, case.predicate.value, case.months)
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


_RULES: Iterable[Callable[[Consequences, Case], Proposed | None]] = (
    _talent,
    _promotion,
    _priority,
    _training,
    _coaching,
    _improvement,
    _innovation,
    _credit,
)
