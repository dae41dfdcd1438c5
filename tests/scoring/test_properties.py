"""What holds for every score: monotone, independent of the order of entry, and recomputable from its trace."""

from decimal import Decimal
from itertools import pairwise, product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import AssessorRole, OrgPerformance, Predicate, Rating
from contracts.plans.plans import Direction
from contracts.policy import Measure, Policy
from scoring.achievement import achievement
from scoring.credit_points import COEFFICIENTS, credit
from scoring.inputs import AssessorScores, ScoreInputs
from scoring.local_score import score
from scoring.outcome import outcome
from scoring.pp30 import pp30
from scoring.quadrant import TABLE, predicate, quadrant
from scoring.recomputation import recomputed
from scoring.trace import Code
from tests.support.score_inputs import actuals, numbers, score_inputs, targets

BANDS = ("VERY_POOR", "POOR", "FAIR", "GOOD", "VERY_GOOD")


@given(score_inputs())
def test_the_trace_of_a_score_recomputes_to_it(case: tuple[Policy, ScoreInputs]) -> None:
    made = score(*case)
    values = {(step.code, step.subject): step.value for step in made.trace}
    assert all(recomputed(step) == step.value for step in made.trace)
    for step in made.trace:
        if step.code is Code.INDICATORS:
            assert all(one.value == values[Code.ACHIEVEMENT, one.name] for one in step.operands)
        if step.code is Code.LOCAL_SCORE:
            assert made.score == Decimal(step.value or "0")


@given(score_inputs(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(case: tuple[Policy, ScoreInputs], random: Random) -> None:
    """Domain.md 6.6."""
    chosen, inputs = case
    shuffled = {
        "indicators": tuple(random.sample(inputs.indicators, len(inputs.indicators))),
        "assessments": tuple(random.sample(inputs.assessments, len(inputs.assessments))),
    }
    made, again = score(chosen, inputs), score(chosen, inputs.model_copy(update=shuffled))
    assert (made.score, made.band, made.trace) == (again.score, again.band, again.trace)
    assert (made.criteria, made.incomplete, made.dropped) == (again.criteria, again.incomplete, again.dropped)


@given(score_inputs(), st.decimals(min_value=0, max_value=50, places=1))
def test_a_better_actual_never_lowers_the_score(case: tuple[Policy, ScoreInputs], more: Decimal) -> None:
    chosen, inputs = case
    first, *rest = inputs.indicators
    assert first.actual is not None
    sign = 1 if first.direction is Direction.HIGHER_BETTER else -1
    better = first.model_copy(update={"actual": max(first.actual + sign * more, Decimal(0))})
    before, after = score(chosen, inputs), score(chosen, inputs.model_copy(update={"indicators": (better, *rest)}))
    assert (after.score or 0) >= (before.score or 0)


@given(score_inputs(), numbers)
def test_a_better_number_of_an_assessor_never_lowers_the_score(
    case: tuple[Policy, ScoreInputs], number: Decimal
) -> None:
    chosen, inputs = case
    first, *rest = inputs.assessments
    raised = first.model_copy(update={"scores": {code: max(one, number) for code, one in first.scores.items()}})
    after = score(chosen, inputs.model_copy(update={"assessments": (raised, *rest)}))
    assert (after.score or 0) >= (score(chosen, inputs).score or 0)


@given(score_inputs(), st.data())
def test_no_single_number_that_gets_better_lowers_score_or_band(
    case: tuple[Policy, ScoreInputs], data: st.DataObject
) -> None:
    """Domain.md 6.6: monotone."""
    chosen, inputs = case
    before = score(chosen, inputs)
    number = data.draw(st.integers(0, len(inputs.assessments) - 1))
    one = inputs.assessments[number]
    code, raised = data.draw(st.sampled_from(sorted(one.scores))), data.draw(numbers)
    better = one.model_copy(update={"scores": one.scores | {code: max(raised, one.scores[code])}})
    after = score(chosen, inputs.model_copy(update={"assessments": _with(inputs.assessments, number, better)}))
    assert (after.score or 0) >= (before.score or 0)
    assert _rank(after.band) >= _rank(before.band)


@given(score_inputs())
def test_a_recognised_innovation_never_lowers_the_band_and_never_changes_the_score(
    case: tuple[Policy, ScoreInputs],
) -> None:
    chosen, inputs = case
    without, recognised = (
        score(chosen, inputs.model_copy(update={"innovation_recognised": one})) for one in (False, True)
    )
    assert recognised.score == without.score
    assert _rank(recognised.band) >= _rank(without.band)


@given(score_inputs(), numbers)
def test_the_weights_are_100_whatever_sources_are_dropped(case: tuple[Policy, ScoreInputs], points: Decimal) -> None:
    """Domain.md 6.4, 2. Whoever gets the same number everywhere has that score: nothing is lost, nothing counts twice."""
    chosen, inputs = case
    given_by = tuple(one.model_copy(update={"scores": dict.fromkeys(one.scores, points)}) for one in inputs.assessments)
    reached = tuple(
        one.model_copy(
            update={"direction": Direction.HIGHER_BETTER, "target_lo": 100, "target_hi": 100, "actual": points}
        )
        for one in inputs.indicators
    )
    made = score(chosen, inputs.model_copy(update={"indicators": reached, "assessments": given_by}))
    assert made.score == points
    (total,) = (step for step in made.trace if step.code is Code.LOCAL_SCORE)
    assert sum(Decimal(one.weight or "0") for one in total.operands) == 100


def _with(assessments: tuple[AssessorScores, ...], number: int, better: AssessorScores) -> tuple[AssessorScores, ...]:
    return (*assessments[:number], better, *assessments[number + 1 :])


def _rank(band: str | None) -> int:
    return BANDS.index(band) if band is not None else -1


@given(score_inputs())
def test_a_missing_actual_leaves_the_score_open_where_indicators_count(case: tuple[Policy, ScoreInputs]) -> None:
    """Domain.md 6.4, 1."""
    chosen, inputs = case
    first, *rest = inputs.indicators
    silent = first.model_copy(update={"actual": None})
    made = score(chosen, inputs.model_copy(update={"indicators": (silent, *rest)}))
    counts = any(criterion.measure is Measure.INDICATORS for criterion in chosen.criteria)
    assert (made.score is None) == counts
    assert made.incomplete == (("i0",) if counts else ())


@given(score_inputs())
def test_the_best_band_needs_a_recognised_innovation(case: tuple[Policy, ScoreInputs]) -> None:
    chosen, inputs = case
    made = score(chosen, inputs.model_copy(update={"innovation_recognised": False}))
    assert made.band != "VERY_GOOD"


@given(score_inputs())
def test_peers_below_the_minimum_leave_no_trace_of_their_numbers(case: tuple[Policy, ScoreInputs]) -> None:
    made = score(*case)
    shown = [step for step in made.trace if step.code is Code.ASSESSORS and step.subject.endswith("/PEER")]
    assert all([operand.name for operand in step.operands] == ["count", "sum"] for step in shown)
    if any(one.role is AssessorRole.PEER for one in made.dropped):
        assert not shown


@given(st.sampled_from(Direction), targets, st.integers(0, 50), actuals, actuals)
def test_achievement_is_monotone_and_stays_on_the_scale(
    direction: Direction, lo: Decimal, width: int, one: Decimal, other: Decimal
) -> None:
    """PP 30/2019; domain.md 2.5: from 0 to 120."""
    less, more = sorted((one, other))
    if direction is Direction.LOWER_BETTER:
        less, more = more, less
    worse, better = (achievement(direction, lo, lo + width, actual).used for actual in (less, more))
    assert 0 <= worse <= 120
    assert worse <= better


@given(numbers, numbers, numbers, st.booleans(), st.booleans())
def test_pp30_is_monotone_in_both_parts(one: Decimal, other: Decimal, fixed: Decimal, peers: bool, idea: bool) -> None:  # noqa: FBT001
    low, high = sorted((one, other))
    for before, after in (((low, fixed), (high, fixed)), ((fixed, low), (fixed, high))):
        worse, better = (
            pp30(*parts, considers_peers_and_reports=peers, innovation_recognised=idea) for parts in (before, after)
        )
        assert worse.score <= better.score
        assert _rank(worse.predicate) <= _rank(better.predicate)


def test_credit_points_are_monotone_in_predicate_and_months() -> None:
    for level in COEFFICIENTS:
        for better, worse in pairwise(Predicate):
            assert all(credit(level, better, months) > credit(level, worse, months) for months in range(1, 13))
        for grade in Predicate:
            assert all(credit(level, grade, months) < credit(level, grade, months + 1) for months in range(1, 12))


def test_the_head_of_a_better_organisation_never_has_a_worse_predicate() -> None:
    for behaviour in Rating:
        for better, worse in pairwise(OrgPerformance):
            codes = [outcome(None, behaviour, unit_head=True, org_performance=one).quadrant for one in (better, worse)]
            assert codes[0] <= codes[1]


def test_the_nine_cells_are_monotone_in_both_axes() -> None:
    """Domain.md 2.4."""
    best_first = list(Rating)
    assert len(TABLE) == 9
    for (one, other), fixed in product(pairwise(best_first), best_first):
        assert quadrant(one, fixed) <= quadrant(other, fixed)
        assert quadrant(fixed, one) <= quadrant(fixed, other)


def test_good_results_do_not_make_up_for_misconduct() -> None:
    assert predicate(Rating.ABOVE, Rating.BELOW) is predicate(Rating.MEETS, Rating.BELOW) is Predicate.POOR
