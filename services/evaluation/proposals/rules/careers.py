"""What a final result suggests for a career: the talent box, and the signal of a promotion."""

from collections.abc import Mapping

from contracts.evaluation.proposals import ProposalKind, ProposalState
from contracts.policy import Consequences, Words
from scoring.names import known_names
from services.evaluation.proposals.rules.case import Case, Earlier, Proposed, grade
from services.evaluation.proposals.rules.talent import PROMOTABLE, advice, box


def talent(_: Consequences, case: Case) -> Proposed:
    """The box of talent management, which everybody has (PermenPANRB 3/2020)."""
    number = box(case.result_rating, case.behaviour_rating)
    details = {
        "box": str(number),
        "performance": case.result_rating.value,
        "potential": case.behaviour_rating.value,
        "potential_from": "BEHAVIOUR_RATING",
        "result_version": str(case.version),
    }
    return Proposed(kind=ProposalKind.TALENT_BOX, basis=_made_from(details), details=details)


def _made_from(details: Mapping[str, str]) -> Words:
    """What a box was made from, and nothing of what may be done: that is said once somebody has decided."""
    results, behaviour = (known_names()[details[name]] for name in ("performance", "potential"))
    number = details["box"]
    return Words(
        id=f"kotak talenta {number} dari rating hasil kerja {results.id} dan rating perilaku {behaviour.id}; "
        "perilaku mewakili potensi yang belum diukur; belum diputus siapa pun",
        en=f"talent box {number} from results {results.en} and behaviour {behaviour.en}; "
        "behaviour stands for potential, which was not measured; nobody has decided",
    )


def stated(kind: str, basis: Words, details: Mapping[str, str]) -> Words:
    """Why something is proposed, as it may be shown: boxes of before said what to do, decided or not."""
    return _made_from(details) if kind == ProposalKind.TALENT_BOX else basis


def advised(kind: str, state: str, details: Mapping[str, str]) -> Words | None:
    """What is usually done for people in a box that somebody accepted; None before, and for everything else."""
    if kind != ProposalKind.TALENT_BOX or state != ProposalState.ACCEPTED:
        return None
    return advice(int(details["box"]))


def decided_details(kind: str, state: str, details: Mapping[str, str]) -> dict[str, str]:
    """The snapshot as the decision tells it: of an accepted box with what the head of BKN ties to it."""
    told = {name: value for name, value in details.items() if name != "promotable"}
    if advised(kind, state, details) is not None:
        told["promotable"] = str(int(details["box"]) in PROMOTABLE).lower()
    return told


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
