"""A result follows from its trace alone, and a trace or a result that somebody changed is found out."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import OrgPerformance, Rating
from contracts.policy import Policy
from scoring.inputs import ScoreInputs
from scoring.local_score import score
from scoring.outcome import outcome
from scoring.recomputation import StoredResult, differences
from scoring.trace import Code, Operand, Step
from tests.support.score_inputs import score_inputs

ratings = st.sampled_from(Rating)
performances = st.none() | st.sampled_from(OrgPerformance)
Case = tuple[Policy, ScoreInputs]


def _result(
    case: Case, result: Rating, behaviour: Rating, performance: OrgPerformance | None, *, no_degree: bool
) -> tuple[list[Step], StoredResult]:
    local = score(*case)
    head = performance is not None
    made = outcome(result, behaviour, unit_head=head, org_performance=performance, no_degree=no_degree)
    stored = StoredResult(
        result_rating=made.result_rating,
        behaviour_rating=made.behaviour_rating,
        predicate=made.predicate,
        local_score=local.score,
        local_band=local.band,
        criteria=local.criteria,
    )
    return [*local.trace, *made.trace], stored


@given(score_inputs(), ratings, ratings, performances, st.booleans())
def test_a_stored_result_follows_from_its_trace(
    case: Case,
    result: Rating,
    behaviour: Rating,
    performance: OrgPerformance | None,
    no_degree: bool,  # noqa: FBT001
) -> None:
    """Domain.md 6.6: the trace recomputes to the stored score."""
    trace, stored = _result(case, result, behaviour, performance, no_degree=no_degree)
    read_back = [Step.model_validate_json(step.model_dump_json()) for step in trace]
    assert differences(read_back, stored) == ()


@given(score_inputs(), ratings, ratings, st.data())
def test_whoever_changes_a_number_of_the_trace_is_found_out(
    case: Case, result: Rating, behaviour: Rating, data: st.DataObject
) -> None:
    trace, stored = _result(case, result, behaviour, None, no_degree=False)
    linked = {Code.INDICATORS, Code.ASSESSORS, Code.PARTS, Code.SOURCES, Code.LOCAL_SCORE, Code.SOURCE_GAP}
    places = [number for number, step in enumerate(trace) if step.code in linked | {Code.ACHIEVEMENT}]
    place = data.draw(st.sampled_from(places))
    step = trace[place]
    trace[place] = step.model_copy(update={"value": "7" if step.value != "7" else "8"})
    assert differences(trace, stored)


@given(score_inputs(), ratings, ratings, st.data())
def test_whoever_changes_the_result_is_found_out(
    case: Case, result: Rating, behaviour: Rating, data: st.DataObject
) -> None:
    trace, stored = _result(case, result, behaviour, None, no_degree=False)
    change: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"local_score": (stored.local_score or Decimal(0)) + 1},
                {"local_band": "VERY_GOOD" if stored.local_band != "VERY_GOOD" else "GOOD"},
                {"predicate": next(one for one in type(stored.predicate) if one is not stored.predicate)},
                {"behaviour_rating": next(one for one in Rating if one is not stored.behaviour_rating)},
                {"criteria": {code: (value or Decimal(0)) + 1 for code, value in stored.criteria.items()}},
            ]
        )
    )
    assert differences(trace, stored.model_copy(update=change))


def test_weights_that_do_not_sum_to_100_are_found_out() -> None:
    operands = (Operand(name="a", value="100", weight="60"), Operand(name="b", value="100", weight="30"))
    step = Step(code=Code.LOCAL_SCORE, subject="local_score", operands=operands, value="90")
    made = outcome(Rating.MEETS, Rating.MEETS)
    stored = StoredResult(
        result_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        predicate=made.predicate,
        local_score=Decimal("90.00"),
        local_band=None,
        criteria={},
    )
    assert differences([step, *made.trace], stored) == ("LOCAL_SCORE local_score: the weights do not sum to 100",)
