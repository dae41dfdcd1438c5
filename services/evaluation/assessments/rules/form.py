"""What an assessor must fill in: a number for every criterion that is assessed, and from the superior the two ratings."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.base import AssessorRole, Frozen, Rating
from contracts.policy import Criterion, Policy
from contracts.policy.criteria import AssessingRule, BeforeOrganisation
from contracts.policy.levels import Descriptor
from kit.errors import Invalid, Refused
from scoring.formula import assessed, scored_codes
from scoring.levels import Level, level_of, levels, scored_by


class Form(Frozen):
    """One assessor's assessment."""

    scores: dict[str, Decimal]
    reasons: dict[str, str] = Field(default_factory=dict)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = ""
    levels: dict[str, Rating] = Field(default_factory=dict)
    """Which level of the policy's descriptors a score is meant to be, where the assessor says so."""
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
    wrong = _scores(policy, form.scores) + _levels(policy, form)
    wrong += _competences(form.competences, competences if levels_from(policy, role) else ())
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


def _levels(policy: Policy, form: Form) -> list[dict[str, str]]:
    """A level that is named is the one that the score has: what exceeds is not 75 (PLB-4)."""
    known, wrong = dict(scored_by(policy)), []
    for code, named in form.levels.items():
        criterion, score = known.get(code), form.scores.get(code)
        if criterion is None or not levels(criterion):
            wrong.append({"where": f"levels.{code}", "detail": "the policy ties no level of this to points"})
        elif score is not None and (fits := level_of(criterion, score)) is not None and fits.rating is not named:
            wrong.append(_unfit(code, score, named, fits, criterion))
    return wrong


def _unfit(code: str, score: Decimal, named: Rating, fits: Level, criterion: Criterion) -> dict[str, str]:
    meant = next((one.descriptor for one in levels(criterion) if one.rating is named), None)
    points = "has no points" if meant is None else points_of(meant)
    detail = f"{score:f} is {fits.rating} ({fits.descriptor.en}; {points_of(fits.descriptor)}), and {named} {points}"
    return {"where": f"levels.{code}", "detail": detail, "fits": fits.rating.value}


def points_of(one: Descriptor) -> str:
    """The points of a level in words."""
    return f"is from {one.points_from}" + ("" if one.points_below is None else f" to below {one.points_below}")


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
