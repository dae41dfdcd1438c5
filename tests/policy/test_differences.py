"""What changed between two policies, said in sentences (issue 3: `kinerja policy diff`)."""

import pytest

from policy.differences import differences
from policy.phrases import phrase
from policy.provenance import IDENTITY, dotted, leaves
from tests.support.library_of import effective, replaced, text_of


def sentences(old: str, new: str, place: str = "plaju") -> list[tuple[str, str]]:
    """Sentences for one change in a committed policy, (Indonesian, English)."""
    text = text_of(place)
    found = differences(effective(text).policy, effective(replaced(text, old, new)).policy)
    return [(one.id, one.en) for one in found]


def test_a_weight_falls_and_another_rises() -> None:
    text = text_of("plaju")
    start = text.index("code: discipline")
    after = text[start:].replace("weight: 20", "weight: 15", 1).replace("weight: 20", "weight: 25", 1)
    found = differences(effective(text).policy, effective(text[:start] + after).policy)
    assert [one.id for one in found] == [
        "Bobot disiplin turun dari 20 menjadi 15",
        "Bobot kompetensi naik dari 20 menjadi 25",
    ]
    assert found[0].en == "Weight of discipline falls from 20 to 15"


@pytest.mark.parametrize(
    ("old", "new", "indonesian", "english"),
    [
        (
            "development_below: 90",
            "development_below: 85.5",
            "Nilai batas usulan pembinaan turun dari 90 menjadi 85.5",
            "Score below which development is proposed falls from 90 to 85.5",
        ),
        (
            "development_below: 90",
            "development_below: null",
            "Nilai batas usulan pembinaan berubah dari 90 menjadi tidak ada",
            "Score below which development is proposed changes from 90 to nothing",
        ),
        (
            "ideas: true",
            "ideas: false",
            "Pengumpulan gagasan tidak lagi berlaku",
            "Collection of ideas no longer applies",
        ),
        (
            "features:",
            "objection: {file_within: 10}\nfeatures:",
            "Hari kerja untuk mengajukan keberatan turun dari 14 menjadi 10",
            "Working days to file an objection falls from 14 to 10",
        ),
        (
            "features:",
            "ladders: {MODERATE: {rungs: [{days: 0, step: REMIND}, {days: 3, step: LAPSE}]}}\nfeatures:",
            "Anak tangga kewajiban MODERATE: ditambah '+3 WORKING LAPSE'; dihapus '+5 WORKING LAPSE'",
            "Rung of obligation MODERATE: added '+3 WORKING LAPSE'; removed '+5 WORKING LAPSE'",
        ),
    ],
)
def test_each_kind_of_value_has_its_sentence(old: str, new: str, indonesian: str, english: str) -> None:
    assert sentences(old, new) == [(indonesian, english)]


def test_what_is_new_and_what_is_gone() -> None:
    """Palembang's five criteria against Dumai's two and its independent panel (docs/domain.md 5.1)."""
    old, new = (effective(text_of(place)).policy for place in ("palembang", "dumai"))
    sentences = [one.id for one in differences(old, new)]
    assert "Kriteria 'efektivitas' ditambahkan dengan 50 persen" in sentences
    assert "Sumber penilaian 'tim evaluasi independen' ditambahkan dengan 40 persen" in sentences
    assert "Kriteria 'kolaborasi dengan rekan kerja' dihapus" in sentences
    assert "Porsi atasan langsung turun dari 100 menjadi 60" in sentences


def test_the_same_policy_or_the_same_in_another_order_has_no_differences() -> None:
    policy = effective(text_of("plaju")).policy
    turned = policy.model_copy(update={"criteria": policy.criteria[::-1], "version": 7})
    assert differences(policy, policy) == []
    assert differences(policy, turned) == []


def test_a_description_that_is_gone_is_a_difference() -> None:
    before = 'points_from: 90, points_below: 110}\n      BELOW: {id: "Tujuan'
    after = 'points_from: 0, points_below: 110}\n      # BELOW: {id: "Tujuan'
    [(points, _), (indonesian, _), *_] = sentences(before, after, "dumai")
    assert points == "Uraian tingkat (MEETS, nilai mulai) efektivitas turun dari 90 menjadi 0"
    assert indonesian.startswith("Uraian tingkat (BELOW, bahasa")


@pytest.mark.parametrize("place", ["palembang", "plaju", "sawahlunto", "binjai", "dumai"])
def test_every_value_has_a_name_in_words(place: str) -> None:
    content = effective(text_of(place)).policy.model_dump(mode="json", exclude=set(IDENTITY))
    nameless = [dotted(path) for path, _ in leaves(content) if phrase(path, content).id == dotted(path)]
    assert nameless == []
