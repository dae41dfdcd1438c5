"""What an assessor must fill in: a number for every criterion that is assessed, and from the superior the two ratings."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.base import AssessorRole, Frozen, Rating
from contracts.policy import Policy
from contracts.policy.criteria import AssessingRule, BeforeOrganisation
from kit.errors import Invalid, Refused
from scoring.formula import assessed, scored_codes


class Form(Frozen):
    """One assessor's assessment."""

    scores: dict[str, Decimal]
    reasons: dict[str, str] = Field(default_factory=dict)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = ""


def codes(policy: Policy) -> tuple[str, ...]:
    """What is to be scored, in the policy's order."""
    return tuple(code for criterion in assessed(policy) for code in (criterion.parts or (criterion.code,)))


def check(policy: Policy, role: AssessorRole, form: Form, *, unit_head: bool) -> None:
    """Raises Invalid, naming every place that must be fixed."""
    wrong = _scores(policy, form.scores)
    if role is AssessorRole.SUPERIOR:
        wrong += _ratings(form, unit_head=unit_head)
    elif form.result_rating is not None or form.behaviour_rating is not None:
        wrong.append({"where": "result_rating", "detail": "only the superior rates results and behaviour"})
    if wrong:
        raise Invalid("the assessment is not complete", "penilaian belum lengkap", errors=wrong)


def require_organisation(rule: AssessingRule, unset: UUID | None, *, cycle_id: UUID) -> None:
    """Raises Refused where the policy waits for the achievement of this unit (arts 24-25), and it is not set."""
    if unset is None or rule.before_organisation is not BeforeOrganisation.REFUSE:
        return
    raise Refused(
        "the achievement of the organisation comes first (PermenPANRB 6/2022 arts 24-25): ask the performance office to "
        "set it, then assess",
        "capaian kinerja organisasi ditetapkan lebih dahulu (PermenPANRB 6/2022 ps. 24-25): minta pengelola kinerja "
        "menetapkannya, lalu nilai",
        unit_id=str(unset),
        set_by=f"POST /v1/cycles/{cycle_id}/org-performance",
    )


def _scores(policy: Policy, scores: Mapping[str, Decimal]) -> list[dict[str, str]]:
    wanted = scored_codes(assessed(policy))
    missing = [{"where": f"scores.{code}", "detail": "a number is missing"} for code in sorted(wanted - scores.keys())]
    unknown = [
        {"where": f"scores.{code}", "detail": "no criterion that is assessed"}
        for code in sorted(scores.keys() - wanted)
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
