"""Every step of a trace is a sentence in both languages."""

from decimal import Decimal

from contracts.base import AssessorRole, OrgPerformance, Rating
from contracts.plans.plans import Direction
from kinerja.commands.places import policy
from scoring.explanation import _SENTENCES, explain
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import score
from scoring.names import Names
from scoring.outcome import outcome
from scoring.ratings import suggested
from scoring.trace import Code


def _indicator(actual: int | None) -> MeasuredIndicator:
    return MeasuredIndicator(
        id="k1",
        weight=Decimal(100),
        direction=Direction.HIGHER_BETTER,
        target_lo=Decimal(100),
        target_hi=Decimal(100),
        actual=None if actual is None else Decimal(actual),
    )


def test_the_share_of_each_criterion_is_written_as_one_would_write_it_by_hand() -> None:
    chosen = policy("palembang")
    scores = {"productivity": 100, "community_impact": 110, "creativity": 90, "collaboration": 100}
    given = AssessorScores(
        source=AssessorRole.SUPERIOR, scores={code: Decimal(value) for code, value in scores.items()}
    )
    made = score(chosen, ScoreInputs(indicators=(_indicator(105),), assessments=(given,)))
    sentences = explain(made.trace, Names(chosen, {"k1": "Laporan selesai"}))
    local = next(one for one in sentences if one.code is Code.LOCAL_SCORE)
    assert "105,00 x bobot 40 = 42,00" in local.id
    assert local.id.endswith("jumlah = 103,00")
    assert "105.00 x weight 40 = 42.00" in local.en
    assert "Laporan selesai: target 100, realisasi 105, capaian 105,00" in {one.id for one in sentences}


def test_dropped_sources_gaps_caps_and_missing_actuals_are_explained() -> None:
    chosen = policy("dumai")
    superior = AssessorScores(
        source=AssessorRole.SUPERIOR, scores={"effectiveness": Decimal(92), "efficiency": Decimal(88)}
    )
    panel = AssessorScores(source=AssessorRole.PANEL, scores={"effectiveness": Decimal(70), "efficiency": Decimal(70)})
    apart = explain(score(chosen, ScoreInputs(assessments=(superior, panel))).trace, Names(chosen))
    alone = explain(score(chosen, ScoreInputs(assessments=(superior,))).trace, Names(chosen))
    assert any("Selisih 20,00" in one.id and "A gap of 20.00" in one.en for one in apart)
    assert any("tim evaluasi independen tidak dipakai: 0 masuk, paling sedikit 1" in one.id for one in alone)
    binjai = policy("binjai")
    missing = explain(score(binjai, ScoreInputs(indicators=(_indicator(None),))).trace, Names(binjai))
    capped = explain(score(binjai, ScoreInputs(indicators=(_indicator(150),))).trace, Names(binjai))
    assert any(one.code is Code.MISSING and "tidak dihitung sebagai nol" in one.id for one in missing)
    assert any("dihitung 150,00, dibatasi 0-120" in one.id for one in capped)


def test_the_head_of_a_unit_reads_that_the_organisation_decides() -> None:
    made = outcome(None, Rating.ABOVE, unit_head=True, org_performance=OrgPerformance.OUTSTANDING)
    head, predicate = explain(made.trace, Names(policy("dumai")))
    assert head.id == "Pimpinan unit: capaian organisasi Istimewa, maka hasil kerja di atas ekspektasi"
    assert predicate.en == "Results above expectation and behaviour above expectation: predicate Very good"


def test_every_kind_of_step_has_words() -> None:
    assert set(_SENTENCES) == set(Code)


def test_a_number_only_suggests_a_rating() -> None:
    numbers = ("110", "109.99", "90", "89.99")
    expected = [Rating.ABOVE, Rating.MEETS, Rating.MEETS, Rating.BELOW]
    assert [suggested(Decimal(number)) for number in numbers] == expected
