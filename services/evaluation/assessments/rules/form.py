"""What an assessor must fill in: a number for every criterion that is assessed, and from the superior the two ratings."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.base import AssessorRole, Frozen, Rating, Words
from contracts.policy import Criterion, Policy
from contracts.policy.criteria import AssessingRule, BeforeOrganisation
from contracts.policy.levels import Descriptor
from kit.errors import Fault, Invalid, Refused, fault
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
        wrong.append(
            fault(
                "result_rating",
                "only the superior rates results and behaviour",
                "hanya atasan yang menilai hasil dan perilaku kerja",
            )
        )
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


def _scores(policy: Policy, scores: Mapping[str, Decimal]) -> list[Fault]:
    wanted = scored_codes(assessed(policy))
    missing = [
        fault(f"scores.{code}", "a number is missing", "nilai belum diisi") for code in sorted(wanted - scores.keys())
    ]
    unknown = [
        fault(f"scores.{code}", "no criterion that is assessed", "bukan kriteria yang dinilai")
        for code in sorted(scores.keys() - wanted)
    ]
    return missing + unknown


def _levels(policy: Policy, form: Form) -> list[Fault]:
    """A level that is named is the one that the score has: what exceeds is not 75 (PLB-4)."""
    known, wrong = dict(scored_by(policy)), []
    for code, named in form.levels.items():
        criterion, score = known.get(code), form.scores.get(code)
        if criterion is None or not levels(criterion):
            wrong.append(
                fault(
                    f"levels.{code}",
                    "the policy ties no level of this to points",
                    "kebijakan tidak mengaitkan tingkatnya dengan nilai",
                )
            )
        elif score is not None and (fits := level_of(criterion, score)) is not None and fits.rating is not named:
            wrong.append(_unfit(code, score, named, fits, criterion))
    return wrong


def _unfit(code: str, score: Decimal, named: Rating, fits: Level, criterion: Criterion) -> Fault:
    meant = next((one.descriptor for one in levels(criterion) if one.rating is named), None)
    none, own = Words(en="has no points", id="tidak memiliki nilai"), points_of(fits.descriptor)
    points = none if meant is None else points_of(meant)
    return fault(
        f"levels.{code}",
        f"{score:f} is {fits.rating} ({fits.descriptor.en}; {own.en}), and {named} {points.en}",
        f"{score:f} adalah {fits.rating} ({fits.descriptor.id}; {own.id}), sedangkan {named} {points.id}",
        fits=fits.rating.value,
    )


def points_of(one: Descriptor) -> Words:
    """The points of a level in words."""
    below = one.points_below
    return Words(
        en=f"is from {one.points_from}" + ("" if below is None else f" to below {below}"),
        id=f"mulai {one.points_from}" + ("" if below is None else f" sampai di bawah {below}"),
    )


def _competences(levels: Mapping[str, int], wanted: Collection[str]) -> list[Fault]:
    missing = [
        fault(f"competences.{code}", "a level is missing", "tingkat belum diisi")
        for code in sorted(set(wanted) - set(levels))
    ]
    unknown = [
        fault(
            f"competences.{code}",
            "no competence that is asked of this assessor",
            "bukan kompetensi yang diminta dari penilai ini",
        )
        for code in sorted(set(levels) - set(wanted))
    ]
    return missing + unknown


def _ratings(form: Form, *, unit_head: bool) -> list[Fault]:
    """Above and below need a reason; a head's results are rated from the organisation, so the rating may be left out."""
    wrong = []
    for name in ("result_rating", "behaviour_rating"):
        rating = getattr(form, name)
        if name == "result_rating" and unit_head:
            continue
        if rating is None:
            wrong.append(
                fault(name, "the superior rates both results and behaviour", "atasan menilai hasil dan perilaku kerja")
            )
        elif rating is not Rating.MEETS and not form.reasons.get(name, "").strip():
            wrong.append(fault(f"reasons.{name}", f"{rating} needs a reason", f"{rating} memerlukan alasan"))
    return wrong
