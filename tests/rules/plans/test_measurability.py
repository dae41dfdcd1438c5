"""Indicators that measure nothing are told apart from those that do, in both languages (BJI-5)."""

from decimal import Decimal
from typing import Any

import pytest

from contracts.plans.plans import Direction
from kit.errors import Invalid
from services.plans.plans.rules import proposal
from services.plans.plans.rules.content import Aspect, Content, Indicator, WorkResult
from services.plans.plans.rules.measurability import doubtful, unmeasurable
from tests.support.policies import policy


def _indicator(statement: str = "Surat yang dijawab", unit: str = "surat", target: int = 40, **more: Any) -> Indicator:
    return Indicator(
        statement=statement,
        unit=unit,
        target_lo=Decimal(target),
        target_hi=Decimal(target),
        weight=Decimal(100),
        source_of_data="Buku agenda",
        **more,
    )


def _fields(indicator: Indicator) -> list[str]:
    return [field for field, _, _ in unmeasurable(indicator)]


@pytest.mark.parametrize(
    "statement",
    [
        "kerja baik sekali",
        "Bekerja dengan sangat baik",
        "Pelaksanaan tugas secara optimal",
        "Very good work",
        "Kinerja maksimal!",
    ],
)
def test_a_judgement_is_no_measure(statement: str) -> None:
    assert _fields(_indicator(statement)) == ["statement"]


@pytest.mark.parametrize("unit", ["baik", "Sangat Baik", "bagus", "-", "1", "good", "maksimal", " "])
def test_nothing_is_counted_in_a_judgement(unit: str) -> None:
    assert _fields(_indicator(unit=unit)) == ["unit"]


@pytest.mark.parametrize(
    "unit", ["surat", "%", "persen", "orang", "Rp juta", "hari kerja", "kegiatan", "dokumen", "m2"]
)
def test_what_can_be_counted_is_a_unit(unit: str) -> None:
    assert _fields(_indicator(unit=unit)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "Keluhan masyarakat",
        "Persentase jalan dalam kondisi baik",
        "Jumlah layanan yang diselesaikan",
        "Laporan tepat waktu",
        "Kunjungan pasien",
        "Gizi buruk",
        "Letters answered well before the limit",
    ],
)
def test_a_statement_that_names_what_is_counted_may_hold_any_word(statement: str) -> None:
    assert _fields(_indicator(statement)) == []


def test_the_worst_of_them_is_told_of_each_of_its_parts_in_both_languages() -> None:
    found = list(unmeasurable(_indicator("kerja baik sekali", "baik", 1)))
    assert [field for field, _, _ in found] == ["statement", "unit"]
    assert all(en != indonesian and en and indonesian for _, en, indonesian in found)
    assert [field for field, _, _ in doubtful(_indicator(target=1))] == ["target_hi"]


@pytest.mark.parametrize(
    "more", [{"aspect": Aspect.TIME}, {"direction": Direction.LOWER_BETTER}], ids=["by when", "at most one"]
)
def test_one_is_a_target_like_any_other_where_it_says_when_or_at_most(more: dict[str, Any]) -> None:
    assert list(doubtful(_indicator(target=1, **more))) == []


def _plan(indicator: Indicator) -> Content:
    result = WorkResult(statement="Surat masuk terjawab", goal="Pelayanan publik yang cepat", indicators=(indicator,))
    return Content(results=(result,))


def test_the_policy_decides_whether_it_is_pointed_out_or_refused() -> None:
    vague = _plan(_indicator("kerja baik sekali", "baik", 1))
    lenient = policy("palembang")
    strict = lenient.model_copy(update={"features": lenient.features.model_copy(update={"measurable_plans": True})})
    proposal.require(vague, lenient)
    assert not any(one.blocks for one in proposal.hints(vague, lenient))
    with pytest.raises(Invalid) as refused:
        proposal.require(vague, strict)
    assert "baik" in refused.value.indonesian
    blocking = [one.where for one in proposal.hints(vague, strict) if one.blocks]
    assert blocking == ["results.0.indicators.0.statement", "results.0.indicators.0.unit"]
    proposal.require(_plan(_indicator()), strict)
