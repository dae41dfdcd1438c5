"""What an assessor must fill in: a number for every criterion that is assessed, and from the superior the two ratings."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from pydantic import Field

from contracts.base import AssessorRole, Frozen, Rating
from contracts.policy import Policy
from kit.errors import Invalid
from scoring.formula import assessed, scored_codes


class Form(Frozen):
    """One assessor's assessment."""

    scores: dict[str, Decimal]
    reasons: dict[str, str] = Field(default_factory=dict)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = ""
    competences: dict[str, int] = Field(default_factory=dict)
    """Of each technical competence that the post asks for, 1 to 5."""


def codes(policy: Policy) -> tuple[str, ...]:
    """What is to be scored, in the policy's order."""
    return tuple(code for criterion in assessed(policy) for code in (criterion.parts or (criterion.code,)))


def levels_from(policy: Policy, role: AssessorRole) -> bool:
    """Whether this assessor says how high the technical competences are."""
    return role is AssessorRole.SUPERIOR or (role is AssessorRole.PEER and policy.competences.by_peers)


def check(
    policy: Policy, role: AssessorRole, form: Form, *, unit_head: bool, competences: Collection[str] = ()
) -> None:
    """Raises Invalid, naming every place that must be fixed; ``competences`` are the codes that the post asks for."""
    wrong = _scores(policy, form.scores)
    wrong += _competences(form.competences, competences if levels_from(policy, role) else ())
    if role is AssessorRole.SUPERIOR:
        wrong += _ratings(form, unit_head=unit_head)
    elif form.result_rating is not None or form.behaviour_rating is not None:
        wrong.append({"where": "result_rating", "detail": "only the superior rates results and behaviour"})
    if wrong:
        raise Invalid("the assessment is not complete", "penilaian belum lengkap", errors=wrong)


def _scores(policy: Policy, scores: Mapping[str, Decimal]) -> list[dict[str, str]]:
    wanted = scored_codes(assessed(policy))
    missing = [{"where": f"scores.{code}", "detail": "a number is missing"} for code in sorted(wanted - scores.keys())]
    unknown = [
        {"where": f"scores.{code}", "detail": "no criterion that is assessed"}
        for code in sorted(scores.keys() - wanted)
    ]
    return missing + unknown


def _competences(levels: Mapping[str, int], wanted: Collection[str]) -> list[dict[str, str]]:
    missing = [
        {"where": f"competences.{code}", "detail": "a level is missing"} for code in sorted(set(wanted) - set(levels))
    ]
    unknown = [
        {"where": f"competences.{code}", "detail": "no competence that is asked of this assessor"}
        for code in sorted(set(levels) - set(wanted))
    ]
    return missing + unknown


def _ratings(form: Form, *, unit_head: bool) -> list[dict[str, str]]:
    """Above and below need a reason; a head's results are rated from the organisation, so the rating may be left out."""
    wrong = []
    for name in ("result_rating", "behaviour_rating"):
        rating = getattr(form, name)
        if name == "result_rating" and unit_head:
            continue
        if rating is None:
            wrong.append({"where": name, "detail": "the superior rates both results and behaviour"})
        elif rating is not Rating.MEETS and not form.reasons.get(name, "").strip():
            wrong.append({"where": f"reasons.{name}", "detail": f"{rating} needs a reason"})
    return wrong
