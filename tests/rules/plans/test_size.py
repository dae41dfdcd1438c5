"""A plan that may be written can also be told of when it is set."""

from decimal import Decimal
from typing import Any

import pytest

from contracts.base import new_id
from contracts.plans.plans import Direction, ExpectedBehaviour, IndicatorState, PlanSet
from kit.errors import Invalid
from kit.outbox import LARGEST_BYTES
from services.plans.plans.rules.berakhlak import Value
from services.plans.plans.rules.content import MOST_INDICATORS, MOST_RESULTS, Content
from services.plans.plans.rules.size import MOST_BYTES, require_tellable, told


def whole(text: str, unit: str = "berkas") -> Content:
    """As many results and indicators as a plan may have, all with this text."""
    indicator: dict[str, Any] = {
        "statement": text,
        "unit": unit,
        "target_lo": "9999999999999999",
        "target_hi": "9999999999999999",
        "weight": "0.1667",
    }
    result = {"statement": text, "indicators": [indicator] * MOST_INDICATORS}
    expectations = [{"value": one, "expectation": text} for one in Value]
    return Content.model_validate({"results": [result] * MOST_RESULTS, "expectations": expectations})


def event_of(content: Content) -> PlanSet:
    state: dict[str, Any] = {"weight": Decimal("0.1667"), "direction": Direction.HIGHER_BETTER}
    indicators = [
        IndicatorState(
            id=new_id(),
            statement=one.statement,
            unit=one.unit,
            target_lo=one.target_lo,
            target_hi=one.target_hi,
            **state,
        )
        for one in content.indicators
    ]
    return PlanSet(
        tenant_id="16.71",
        plan_id=new_id(),
        cycle_id=new_id(),
        servant_id=new_id(),
        version=1,
        set_by=new_id(),
        by_superior=False,
        late=False,
        indicators=tuple(indicators),
        behaviours=tuple(
            ExpectedBehaviour(value=one.value, expectation=one.expectation) for one in content.expectations
        ),
    )


@pytest.mark.parametrize("sign", ["a", "é", "報", "😀", '"', "\\", "\x01"])
def test_what_is_told_of_a_plan_that_is_just_short_enough_fits_into_a_message(sign: str) -> None:
    longest = next(length for length in range(4000, 0, -10) if told(whole(sign * length)) <= MOST_BYTES)
    content = whole(sign * longest)
    require_tellable(content)
    assert len(event_of(content).model_dump_json().encode()) <= told(content) + 1000 < LARGEST_BYTES


def test_a_plan_of_texts_that_are_too_long_in_all_is_refused_with_how_to_mend_it() -> None:
    with pytest.raises(Invalid, match="shorten their texts") as refused:
        require_tellable(whole("a" * 1000))
    assert refused.value.extra["where"] == "results"
