"""What a plan agrees on beside its targets, and academic expectations of study leave."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.base import new_id
from contracts.feedback.support import SupportKind
from contracts.policy.follow_up import Documentation
from kit.errors import Invalid
from services.plans.plans.rules import proposal
from services.plans.plans.rules.agreements import Expectation, Resource
from services.plans.plans.rules.berakhlak import GUIDES, Value
from services.plans.plans.rules.content import Content, Indicator, ResultKind, WorkResult, identified
from tests.support import policies

FORTY = Decimal(40)
INDICATOR = Indicator(
    statement="Surat yang dijawab", unit="surat", target_lo=FORTY, target_hi=FORTY, weight=Decimal(100)
)
WHOLE: dict[str, Any] = {
    "expectations": [{"value": "SERVICE_ORIENTED", "expectation": "Antrean di bawah 15 menit"}],
    "resources": [{"kind": kind.value, "need": "dua orang"} for kind in SupportKind],
    "positive_consequences": ["Diusulkan mengikuti pelatihan lanjutan"],
    "negative_consequences": ["Bimbingan kinerja tiap bulan"],
}


def _result(**change: Any) -> WorkResult:
    plain: dict[str, Any] = {"statement": "Surat terjawab", "goal": "Pelayanan cepat", "indicators": (INDICATOR,)}
    return WorkResult(**(plain | change))


def test_permenpanrb_6_2022_arts_7_to_13_seven_values_each_with_three_guides_are_expected_of_everybody() -> None:
    assert list(GUIDES) == list(Value)
    assert (len(GUIDES), {len(guides) for _, guides in GUIDES.values()}) == (7, {3})
    assert len({guide for _, guides in GUIDES.values() for guide in guides}) == 21


def test_permenpanrb_6_2022_arts_7_to_13_a_plan_names_five_kinds_of_resources_and_both_consequences() -> None:
    content = Content.model_validate(WHOLE)
    assert content.expectations == (Expectation(value=Value.SERVICE_ORIENTED, expectation="Antrean di bawah 15 menit"),)
    assert {one.kind for one in content.resources} == set(SupportKind)
    assert content.resources[0] == Resource(kind=SupportKind.PEOPLE, need="dua orang")
    assert len(SupportKind) == 5
    for wrong in (
        {"resources": [{"kind": "MONEY", "need": "banyak"}]},
        {"resources": [{"kind": "BUDGET", "need": ""}]},
        {"negative_consequences": ["  "]},
        {"expectations": WHOLE["expectations"] * 2},
        {"expectations": [{"value": "PUNCTUAL", "expectation": "Tepat waktu"}]},
    ):
        with pytest.raises(ValidationError):
            Content.model_validate(WHOLE | wrong)


def test_permenpanrb_6_2022_arts_7_to_13_what_was_not_agreed_on_is_pointed_out_and_not_refused() -> None:
    bare = Content(results=(_result(),))
    proposal.require(bare, policies.policy())
    assert [one.where for one in proposal.lacking(bare)] == [
        "resources",
        "positive_consequences",
        "negative_consequences",
        "results.0.report_every",
        "results.0.evidence",
    ]
    whole = Content.model_validate(WHOLE).model_copy(
        update={"results": (_result(report_every=Documentation.MONTHLY, evidence="Buku agenda"),)}
    )
    assert proposal.lacking(whole) == []


@pytest.mark.parametrize(
    ("kind", "on_study_leave", "wrong"),
    [
        (ResultKind.PRIMARY, False, None),
        (ResultKind.ACADEMIC, True, None),
        (ResultKind.PRIMARY, True, "results"),
        (ResultKind.ACADEMIC, False, "results.0.kind"),
    ],
)
def test_permenpanrb_6_2022_l_ii_c_8_study_leave_has_academic_expectations_and_nobody_else(
    *, kind: ResultKind, on_study_leave: bool, wrong: str | None
) -> None:
    content = Content(results=(_result(kind=kind),))
    if wrong is None:
        proposal.require(content, policies.policy(), on_study_leave=on_study_leave)
        return
    with pytest.raises(Invalid) as refused:
        proposal.require(content, policies.policy(), on_study_leave=on_study_leave)
    assert [one["where"] for one in refused.value.extra["errors"]] == [wrong]


def test_permenpanrb_6_2022_l_ii_c_8_who_came_back_from_study_leave_keeps_academic_expectations() -> None:
    studied = identified(Content(results=(_result(kind=ResultKind.ACADEMIC),)), Content(), new_id)
    proposal.require(studied, policies.policy(), before=studied)
    new = studied.model_copy(update={"results": (*studied.results, _result(kind=ResultKind.ACADEMIC, indicators=()))})
    with pytest.raises(Invalid) as refused:
        proposal.require(new, policies.policy(), before=studied)
    assert [one["where"] for one in refused.value.extra["errors"]] == ["results.1.kind"]
