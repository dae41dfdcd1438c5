"""A decision about a question or an objection enters the score, and the trace proves it (DMI-8)."""

from decimal import Decimal

import pytest

from contracts.base import AssessorRole, Rating
from contracts.plans.plans import Direction
from kinerja.commands.places import policy
from scoring.explanation import explain
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import LocalScore, score
from scoring.names import Names
from scoring.outcome import outcome
from scoring.recomputation import StoredResult, differences
from scoring.trace import Code, Step

PALEMBANG = policy("palembang")
INDICATOR = "0190aaaa-0000-7000-8000-000000000001"


def _inputs(*, actual: int | None = 90, corrected: int | None = None, **change: Decimal) -> ScoreInputs:
    one = MeasuredIndicator(
        id=INDICATOR,
        weight=Decimal(100),
        direction=Direction.HIGHER_BETTER,
        target_lo=Decimal(100),
        target_hi=Decimal(100),
        actual=None if actual is None else Decimal(actual),
    )
    given = dict.fromkeys(("productivity", "community_impact", "creativity", "collaboration"), Decimal(70))
    return ScoreInputs(
        indicators=(one if corrected is None else one.corrected_to(Decimal(corrected)),),
        assessments=(AssessorScores(source=AssessorRole.SUPERIOR, scores=given),),
        decided=change,
    )


def _proved(local: LocalScore) -> tuple[str, ...]:
    national = outcome(Rating.MEETS, Rating.MEETS)
    stored = StoredResult(
        result_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        predicate=national.predicate,
        local_score=local.score,
        local_band=local.band,
        criteria=local.criteria,
    )
    # As it lies in the database.
    trace = [Step.model_validate(step.model_dump(mode="json")) for step in (*local.trace, *national.trace)]
    return differences(trace, stored)


def test_a_criterion_that_was_decided_counts_with_its_weight_and_the_trace_keeps_what_it_was() -> None:
    before, after = score(PALEMBANG, _inputs()), score(PALEMBANG, _inputs(productivity=Decimal(100)))
    # productivity weighs 20: 30 points more are 6 points of the score, by hand.
    assert (before.score, after.score) == (Decimal("78.00"), Decimal("84.00"))
    (step,) = [one for one in after.trace if one.code is Code.AMENDED]
    assert (step.subject, step.operand("before"), step.value) == ("productivity", "70", "100")
    assert _proved(after) == ()


def test_an_actual_that_was_corrected_is_measured_again() -> None:
    after = score(PALEMBANG, _inputs(corrected=110))
    assert after.score == Decimal("86.00")  # 110 x 40 + 70 x 60
    (step,) = [one for one in after.trace if one.code is Code.CORRECTED]
    assert (step.operand("before"), step.value) == ("90", "110")
    assert _proved(after) == ()


def test_an_actual_that_was_missing_completes_the_score() -> None:
    assert score(PALEMBANG, _inputs(actual=None)).score is None
    after = score(PALEMBANG, _inputs(actual=None, corrected=100))
    assert after.score == Decimal("82.00")
    assert _proved(after) == ()


@pytest.mark.parametrize("code", [Code.AMENDED, Code.LOCAL_SCORE])
def test_a_decision_that_was_edited_afterwards_is_found_out(code: Code) -> None:
    local = score(PALEMBANG, _inputs(productivity=Decimal(100)))
    place = next(at for at, one in enumerate(local.trace) if one.code is code)
    forged = list(local.trace)
    forged[place] = forged[place].model_copy(update={"value": "101"})
    local.trace = tuple(forged)
    assert _proved(local) != ()


def test_the_explanation_says_what_was_decided_in_both_languages() -> None:
    local = score(PALEMBANG, _inputs(corrected=110, productivity=Decimal("95.5")))
    said = {one.code: one for one in explain(local.trace, Names(PALEMBANG, {INDICATOR: "Laporan"}))}
    assert said[Code.AMENDED].en.endswith("decided to be 95.5, before 70; that means: Delivers the agreed workload")
    assert "diputuskan menjadi 95,5, " in said[Code.AMENDED].id
    assert said[Code.AMENDED].id.endswith("sebelumnya 70; artinya: Menyelesaikan beban kerja yang disepakati")
    assert said[Code.CORRECTED].id == "Laporan, realisasi: diputuskan menjadi 110, sebelumnya 90"
