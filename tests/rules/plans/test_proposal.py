"""What keeps a plan from being proposed, and what is only pointed out."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import new_id
from contracts.plans.plans import Direction
from contracts.policy import Method, Policy, Words
from kit.errors import Invalid
from services.plans.plans.rules import proposal
from services.plans.plans.rules.content import Content, Indicator, ResultKind, WorkResult, bare, identified
from tests.support import policies

PALEMBANG = policies.policy("palembang")
BINJAI = policies.policy("binjai")


def _indicator(**changes: Any) -> Indicator:
    plain: dict[str, Any] = {
        "statement": "Surat yang dijawab",
        "unit": "surat",
        "target_lo": Decimal(40),
        "target_hi": Decimal(40),
        "weight": Decimal(100),
        "source_of_data": "Buku agenda",
    }
    return Indicator(**(plain | changes))


def _content(*indicators: Indicator, **result: Any) -> Content:
    plain: dict[str, Any] = {"statement": "Surat terjawab", "goal": "Pelayanan cepat", "indicators": indicators}
    return Content(results=(WorkResult(**(plain | result)),))


def _wrong(content: Content, policy: Policy = PALEMBANG) -> list[str]:
    with pytest.raises(Invalid) as refused:
        proposal.require(content, policy)
    return [error["where"] for error in refused.value.extra["errors"]]


def test_a_plan_that_is_complete_may_be_proposed_and_leaves_nothing_to_say() -> None:
    proposal.require(_content(_indicator()), PALEMBANG)
    assert proposal.hints(_content(_indicator()), PALEMBANG) == []


def test_an_empty_plan_lacks_a_primary_result_and_all_of_its_weight() -> None:
    assert _wrong(Content()) == ["results", "results"]


def test_additional_results_alone_are_no_plan() -> None:
    assert _wrong(_content(_indicator(), kind=ResultKind.ADDITIONAL)) == ["results"]


def test_weights_sum_to_exactly_one_hundred() -> None:
    third = Decimal("33.3333")
    assert _wrong(_content(*[_indicator(weight=third)] * 3)) == ["results"]
    proposal.require(_content(*[_indicator(weight=third)] * 2, _indicator(weight=Decimal("33.3334"))), PALEMBANG)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8))
def test_any_weights_are_refused_unless_they_sum_to_one_hundred(weights: list[Decimal]) -> None:
    content = _content(*(_indicator(weight=weight) for weight in weights))
    if sum(weights) == 100:
        proposal.require(content, PALEMBANG)
    else:
        assert _wrong(content) == ["results"]


def test_a_target_of_nothing_is_refused_where_higher_is_better_and_taken_where_lower_is() -> None:
    nothing = {"target_lo": Decimal(0), "target_hi": Decimal(0)}
    assert _wrong(_content(_indicator(**nothing))) == ["results.0.indicators.0.target_hi"]
    proposal.require(_content(_indicator(**nothing, direction=Direction.LOWER_BETTER)), PALEMBANG)


def test_a_range_does_not_end_before_it_begins() -> None:
    assert _wrong(_content(_indicator(target_lo=Decimal(50)))) == ["results.0.indicators.0.target_lo"]
    proposal.require(_content(_indicator(target_lo=Decimal(30))), PALEMBANG)


def test_an_achievement_based_city_wants_every_result_linked() -> None:
    assert BINJAI.method is Method.ACHIEVEMENT
    unlinked = _content(_indicator(), goal=" ")
    assert _wrong(unlinked, BINJAI) == ["results.0.goal"]
    proposal.require(_content(_indicator(), goal=None, superior_result_id=new_id()), BINJAI)
    proposal.require(unlinked, PALEMBANG)
    assert [hint.where for hint in proposal.hints(unlinked, PALEMBANG)] == ["results.0.goal"]


def test_an_indicator_that_is_not_clear_measurable_and_relevant_is_pointed_out_but_not_refused() -> None:
    vague = _indicator(statement="Kinerja", unit=" ", weight=Decimal(0), source_of_data="")
    content = _content(_indicator(), vague)
    proposal.require(content, PALEMBANG)
    assert [hint.where for hint in proposal.hints(content, PALEMBANG)] == [
        f"results.0.indicators.1.{field}" for field in ("statement", "unit", "weight", "source_of_data")
    ]


def test_a_goal_that_the_city_does_not_have_is_pointed_out() -> None:
    goals = (Words(id="Pelayanan cepat", en="Fast services"),)
    city = PALEMBANG.model_copy(update={"goals": goals})
    assert proposal.hints(_content(_indicator()), city) == []
    assert [hint.where for hint in proposal.hints(_content(_indicator(), goal="Lain"), city)] == ["results.0.goal"]


def test_parts_named_by_their_id_stay_the_same_and_new_ones_get_one() -> None:
    before = identified(_content(_indicator()), Content(), new_id)
    first = before.results[0]
    written = Content(results=(first.model_copy(update={"indicators": (*first.indicators, _indicator())}),))
    after = identified(written, before, new_id)
    assert after.results[0].id == first.id
    assert after.indicators[0].id == first.indicators[0].id
    assert after.indicators[1].id not in (None, after.indicators[0].id)
    assert bare(before) == bare(_content(_indicator()))


def test_a_part_of_another_plan_is_refused() -> None:
    with pytest.raises(Invalid):
        identified(_content(_indicator(id=new_id())), Content(), new_id)


def test_a_part_cannot_be_there_twice() -> None:
    before = identified(_content(_indicator()), Content(), new_id)
    kept = before.results[0].indicators[0]
    with pytest.raises(Invalid):
        identified(_content(kept, kept), before, new_id)
