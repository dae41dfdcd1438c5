"""What holds for every score: monotone, independent of the order of entry, and recomputable from its trace."""

from decimal import Decimal
from itertools import pairwise, product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import AssessorRole, Predicate, Rating
from contracts.plans import Direction
from contracts.policy import Measure, Policy
from kinerja.commands.places import policy
from services.evaluation.rules.achievement import achievement
from services.evaluation.rules.formula import assessed, scored_codes
from services.evaluation.rules.material import Given, Material, Measured
from services.evaluation.rules.pp30 import pp30
from services.evaluation.rules.quadrant import TABLE, predicate, quadrant
from services.evaluation.rules.recomputing import recomputed
from services.evaluation.rules.scoring import score
from services.evaluation.rules.trace import Code

PLACES = ("palembang", "plaju", "sawahlunto", "binjai", "dumai")
numbers = st.decimals(min_value=0, max_value=120, places=2)
targets = st.decimals(min_value=1, max_value=1000, places=1)
actuals = st.decimals(min_value=0, max_value=2000, places=1)


@st.composite
def materials(draw: st.DrawFn) -> tuple[Policy, Material]:
    """A place and everything that one person's score there is made from."""
    chosen = policy(draw(st.sampled_from(PLACES)))
    codes = sorted(scored_codes(assessed(chosen)))
    weights = draw(st.sampled_from([(100,), (50, 50), (33, 33, 34), (10, 20, 30, 40)]))
    indicators = tuple(
        Measured(
            id=f"i{number}",
            weight=Decimal(weight),
            direction=draw(st.sampled_from(Direction)),
            target_lo=(target := draw(targets)),
            target_hi=target + draw(st.integers(0, 5)),
            actual=draw(actuals),
        )
        for number, weight in enumerate(weights)
    )
    given_by = [AssessorRole.SUPERIOR] + [
        source.role
        for source in chosen.sources
        if source.role is not AssessorRole.SUPERIOR
        for _ in range(draw(st.integers(0, 5)))
    ]
    assessments = tuple(Given(source=role, scores={code: draw(numbers) for code in codes}) for role in given_by)
    recognised = draw(st.booleans())
    return chosen, Material(indicators=indicators, assessments=assessments, innovation_recognised=recognised)


@given(materials())
def test_the_trace_of_a_score_recomputes_to_it(case: tuple[Policy, Material]) -> None:
    made = score(*case)
    values = {(step.code, step.subject): step.value for step in made.trace}
    assert all(recomputed(step) == step.value for step in made.trace)
    for step in made.trace:
        if step.code is Code.INDICATORS:
            assert all(one.value == values[Code.ACHIEVEMENT, one.name] for one in step.operands)
        if step.code is Code.LOCAL_SCORE:
            assert made.score == Decimal(step.value or "0")


@given(materials(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(case: tuple[Policy, Material], random: Random) -> None:
    chosen, material = case
    shuffled = {
        "indicators": tuple(random.sample(material.indicators, len(material.indicators))),
        "assessments": tuple(random.sample(material.assessments, len(material.assessments))),
    }
    made, again = score(chosen, material), score(chosen, material.model_copy(update=shuffled))
    assert (made.score, made.band, made.trace) == (again.score, again.band, again.trace)
    assert (made.criteria, made.incomplete, made.dropped) == (again.criteria, again.incomplete, again.dropped)


@given(materials(), st.decimals(min_value=0, max_value=50, places=1))
def test_a_better_actual_never_lowers_the_score(case: tuple[Policy, Material], more: Decimal) -> None:
    chosen, material = case
    first, *rest = material.indicators
    assert first.actual is not None
    sign = 1 if first.direction is Direction.HIGHER_BETTER else -1
    better = first.model_copy(update={"actual": max(first.actual + sign * more, Decimal(0))})
    before, after = score(chosen, material), score(chosen, material.model_copy(update={"indicators": (better, *rest)}))
    assert (after.score or 0) >= (before.score or 0)


@given(materials(), numbers)
def test_a_better_number_of_an_assessor_never_lowers_the_score(case: tuple[Policy, Material], number: Decimal) -> None:
    chosen, material = case
    first, *rest = material.assessments
    raised = first.model_copy(update={"scores": {code: max(one, number) for code, one in first.scores.items()}})
    after = score(chosen, material.model_copy(update={"assessments": (raised, *rest)}))
    assert (after.score or 0) >= (score(chosen, material).score or 0)


@given(materials())
def test_a_missing_actual_leaves_the_score_open_where_indicators_count(case: tuple[Policy, Material]) -> None:
    chosen, material = case
    first, *rest = material.indicators
    silent = first.model_copy(update={"actual": None})
    made = score(chosen, material.model_copy(update={"indicators": (silent, *rest)}))
    counts = any(criterion.measure is Measure.INDICATORS for criterion in chosen.criteria)
    assert (made.score is None) == counts
    assert made.incomplete == (("i0",) if counts else ())


@given(materials())
def test_the_best_band_needs_a_recognised_innovation(case: tuple[Policy, Material]) -> None:
    chosen, material = case
    made = score(chosen, material.model_copy(update={"innovation_recognised": False}))
    assert made.band != "VERY_GOOD"


@given(materials())
def test_peers_below_the_minimum_leave_no_trace_of_their_numbers(case: tuple[Policy, Material]) -> None:
    made = score(*case)
    told = [step for step in made.trace if step.code is Code.ASSESSORS and step.subject.endswith("/PEER")]
    assert all([operand.name for operand in step.operands] == ["count", "sum"] for step in told)
    if any(one.role is AssessorRole.PEER for one in made.dropped):
        assert not told


@given(st.sampled_from(Direction), targets, st.integers(0, 50), actuals, actuals)
def test_achievement_is_monotone_and_stays_on_the_scale(
    direction: Direction, lo: Decimal, width: int, one: Decimal, other: Decimal
) -> None:
    less, more = sorted((one, other))
    if direction is Direction.LOWER_BETTER:
        less, more = more, less
    worse, better = (achievement(direction, lo, lo + width, actual).used for actual in (less, more))
    assert 0 <= worse <= 120
    assert worse <= better


@given(numbers, numbers, numbers, st.booleans(), st.booleans())
def test_pp30_is_monotone(skp: Decimal, more: Decimal, behaviour: Decimal, peers: bool, idea: bool) -> None:  # noqa: FBT001
    low, high = sorted((skp, more))
    order = ("VERY_POOR", "POOR", "FAIR", "GOOD", "VERY_GOOD")
    before, after = (
        pp30(one, behaviour, considers_peers_and_reports=peers, innovation_recognised=idea) for one in (low, high)
    )
    assert before.score <= after.score
    assert order.index(before.predicate) <= order.index(after.predicate)


def test_the_nine_cells_are_monotone_in_both_axes() -> None:
    best_first = list(Rating)
    assert len(TABLE) == 9
    for (one, other), fixed in product(pairwise(best_first), best_first):
        assert quadrant(one, fixed) <= quadrant(other, fixed)
        assert quadrant(fixed, one) <= quadrant(fixed, other)


def test_good_results_do_not_make_up_for_misconduct() -> None:
    assert predicate(Rating.ABOVE, Rating.BELOW) is predicate(Rating.MEETS, Rating.BELOW) is Predicate.POOR
