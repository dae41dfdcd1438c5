"""What a policy may not say, on the committed policies of the five places: refused with its line and a way out.

Each case is refused by the same code in `kinerja policy check` and in an import.
"""

from typing import NamedTuple

import pytest

from kit.files.errors import FileError
from services.registry.imports.rules.judgement import KnownPolicy
from tests.support.files_of import judged
from tests.support.library_of import document, effective, judged_as_file, line_of, replaced, text_of


class Case(NamedTuple):
    """A change that makes a committed policy wrong, and what is said of it."""

    place: str
    old: str
    new: str
    line: str
    """Words on the line that is named."""
    wrong: str
    fix: str


CASES = {
    "weights of 99.9 (docs/domain.md 6.6: plan weights sum to 100 exactly)": Case(
        "palembang",
        "weight: 40",
        "weight: 39.9",
        "criteria:",
        "the weights of the criteria sum to 99.9, not to 100",
        "raise them by 0.1 in all",
    ),
    "weights of 100.01": Case(
        "palembang", "weight: 40", "weight: 40.01", "criteria:", "sum to 100.01", "lower them by 0.01"
    ),
    "levels that leave points out (docs/domain.md PLB-4)": Case(
        "dumai",
        'Goes beyond the purpose of the task", points_from: 110',
        'Goes beyond the purpose of the task", points_from: 111',
        "Goes beyond the purpose of the task",
        "ABOVE begins at 111, but the levels below it end at 110",
        "let points_from be the points_below of the level below it",
    ),
    "levels that share points (docs/domain.md PLB-4)": Case(
        "dumai",
        'Tujuan tugas tercapai", en: "Reaches the purpose of the task", points_from: 90',
        'Tujuan tugas tercapai", en: "Reaches the purpose of the task", points_from: 80',
        "Reaches the purpose of the task",
        "MEETS begins at 80, but the levels below it end at 90",
        "let points_from be the points_below of the level below it",
    ),
    "levels that end before the scale does (docs/domain.md PLB-4)": Case(
        "dumai",
        'Goes beyond the purpose of the task", points_from: 110',
        'Goes beyond the purpose of the task", points_from: 110, points_below: 115',
        "Goes beyond the purpose of the task",
        "ABOVE is the highest level and ends below 115",
        "no points_below for the highest",
    ),
    "weighted attendance in Binjai (docs/domain.md BJI-1, 6.6)": Case(
        "binjai",
        "    weight: 0\n",
        "    weight: 0.1\n",
        "    weight: 0.1",
        "attendance has weight 0.1",
        "what is appraised is achievement, not attendance",
    ),
    "attendance by another measure (docs/domain.md BJI-1)": Case(
        "palembang",
        'code: collaboration\n    label: {id: "Kolaborasi dengan rekan kerja", en: "Collaboration with colleagues"}\n'
        "    axis: BEHAVIOUR\n    weight: 10\n",
        "code: kehadiran\n    label: {id: Kehadiran, en: Attendance}\n"
        "    axis: BEHAVIOUR\n    weight: 10  # placeholder: days\n",
        "placeholder: days",
        "attendance has weight 10",
        "what is appraised is achievement, not attendance",
    ),
    "peers without a minimum (docs/domain.md 6.6: peers not identifiable)": Case(
        "sawahlunto",
        ", minimum: 3",
        "",
        "role: PEER",
        "peers without a minimum of at least 3",
        "add minimum: 3",
    ),
    "peers with a minimum of two": Case(
        "sawahlunto", "minimum: 3", "minimum: 2", "role: PEER", "peers without a minimum", "add minimum: 3"
    ),
    "a ladder that goes back in time (DESIGN 3)": Case(
        "dumai",
        "VISIT_UNIT: {due_days: 30}",
        "VISIT_UNIT: {due_days: 30, rungs: [{days: 3, step: REMIND}, {days: 1, step: OFFICE}]}",
        "VISIT_UNIT",
        "the ladder VISIT_UNIT goes back in time: 1 after 3",
        "order the rungs by days",
    ),
    "development by a criterion that does not exist (docs/domain.md PLJ-4)": Case(
        "plaju",
        "development_criterion: target_achievement",
        "development_criterion: target_achivement",
        "development_criterion",
        "'target_achivement', which is no criterion",
        "did you mean 'target_achievement'?",
    ),
    "a reward by a criterion that does not exist (docs/domain.md BJI-3)": Case(
        "binjai",
        "  recognition_kind:",
        "  innovation_criterion: quality\n  recognition_kind:",
        "innovation_criterion",
        "'quality', which is no criterion",
        "name one of indicators, innovation, attendance",
    ),
    "a part that is a criterion already (docs/domain.md SWL-3)": Case(
        "sawahlunto",
        "parts: [communication",
        "parts: [results",
        "parts:",
        "part 'results' is there already",
        "give each part a code of its own",
    ),
    "a description of a level that does not exist": Case(
        "dumai", "      ABOVE:", "      ABOVEE:", "ABOVEE", "there is no level 'ABOVEE'", "ABOVE, MEETS, BELOW"
    ),
    "an item of the visits' checklist twice (docs/domain.md DMI-4)": Case(
        "dumai",
        "code: queue_recorded",
        "code: standard_shown",
        "Antrean tercatat",
        "item 'standard_shown' of the checklist is there twice",
        "give each item a code of its own",
    ),
    "a kind of answer that a checklist does not know": Case(
        "dumai", "kind: NOTE", "kind: PHOTO", "kind: PHOTO", "is none of 'YES_NO' or 'NOTE'", "use one of these words"
    ),
    "a decimal comma": Case(
        "palembang",
        "weight: 40",
        'weight: "40,0"',
        'weight: "40,0"',
        "is no number",
        "write decimals with a point: 40.0",
    ),
    "a number in words": Case(
        "palembang", "period_months: 6", "period_months: enam", "enam", "is no whole number", "write digits alone"
    ),
    "a city of another province": Case(
        "dumai",
        "inherits: permenpanrb-6-2022",
        'inherits: "16"',
        "inherits:",
        "14.72 does not belong to 16",
        "inherit 14 or a regulation",
    ),
    "law without its article": Case(
        "dumai", "# placeholder: half", "# law; share: placeholder", "law; share", "without its article", "law: art. 29"
    ),
    "a misspelt marker": Case(
        "dumai", "# placeholder: half", "# placehodler: half", "placehodler", "marks nothing", "mean 'placeholder'"
    ),
    "a distribution that does not sum to 100 (SE MenPANRB 3/2023)": Case(
        "palembang",
        "sources:",
        "distribution: {guides: {GOOD: {shares: {GOOD: 71}}}}\nsources:",
        "distribution",
        "shares of the distribution sum to 101",
        "",
    ),
}


def of_case(errors: list[FileError], case: Case) -> list[FileError]:
    return [one for one in errors if case.wrong in one.wrong.en]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_policy_is_refused_with_its_line_and_what_to_do(case: Case) -> None:
    assert effective(text_of(case.place)).policy.criteria
    text = replaced(text_of(case.place), case.old, case.new)
    found, errors = judged_as_file(text)
    assert found is None
    [one] = of_case(errors, case)
    assert one.line == line_of(text, case.line)
    assert case.fix in one.fix.en
    assert one.wrong.id != one.wrong.en
    assert one.fix.id


@pytest.mark.parametrize("case", [one for one in CASES.values() if one.place == "palembang"])
def test_an_import_refuses_the_same(case: Case) -> None:
    text = replaced(text_of(case.place), case.old, case.new)
    found, errors = judged(policy=text, units=None, servants=None)
    assert found.policies == []
    [one] = of_case(errors, case)
    assert (one.file, one.line) == ("policy.yaml", line_of(text, case.line))


def test_a_locked_weight_stays_in_every_layer_above_it() -> None:
    """docs/domain.md 6.2, ``Criterion.locked``."""
    locked = replaced(text_of("palembang"), "    weight: 40\n", "    weight: 40\n    locked: true\n")
    unit = replaced(text_of("palembang"), 'scope: "16.71"', 'scope: "16.71.99"')
    unit = replaced(unit, 'inherits: "16"', 'inherits: "16.71"')
    assert effective(unit, locked).policy.criterion("target_fulfilment").weight == 40
    changed = replaced(replaced(unit, "weight: 40", "weight: 30"), "weight: 20", "weight: 30")
    _, [one] = judged_as_file(changed, locked)
    assert "the weight of 'target_fulfilment' is locked at 40" in one.wrong.en
    assert one.line == line_of(changed, "weight: 30")


def test_a_criterion_that_a_unit_took_away_is_missed_where_it_took_it_away() -> None:
    """Palembang names it, Plaju replaces the criteria."""
    city = replaced(
        text_of("palembang"), "  recognition_kind:", "  development_criterion: creativity\n  recognition_kind:"
    )
    unit = replaced(text_of("plaju"), "  development_criterion: target_achievement\n", "")
    assert effective(city).policy.consequences.development_criterion == "creativity"
    _, [one] = judged_as_file(unit, city)
    assert one.line == line_of(unit, "criteria:")
    assert "'creativity', which is no criterion" in one.wrong.en


def test_a_policy_that_inherits_itself_is_refused() -> None:
    text = replaced(text_of("plaju"), 'inherits: "16.71"', 'inherits: "16.71.14"')
    found, [one] = judged_as_file(text)
    assert found is None
    assert one.line == line_of(text, "inherits:")
    assert "inherits itself (16.71.14 -> 16.71.14)" in one.wrong.en
    assert "a unit inherits its city" in one.fix.en


def test_two_policies_that_inherit_one_another_are_refused() -> None:
    city = replaced(text_of("palembang"), 'inherits: "16"', 'inherits: "16.71.14"')
    for text, other in ((city, text_of("plaju")), (text_of("plaju"), city)):
        found, [one] = judged_as_file(text, other)
        assert found is None
        assert one.line == line_of(text, "inherits:")
        assert "the inheritance goes in a circle" in one.wrong.en


def test_regulations_that_inherit_one_another_are_refused() -> None:
    upper = "regulation: a-1\ninherits: b-2\nreport_months: 1\n"
    lower = "regulation: b-2\ninherits: a-1\n"
    _, [one] = judged_as_file(upper, lower)
    assert (one.line, "a-1 -> b-2 -> a-1" in one.wrong.en) == (2, True)
    city = replaced(text_of("dumai"), "inherits: permenpanrb-6-2022", "inherits: a-1")
    _, [one] = judged_as_file(city, upper, lower)
    assert (one.line, "circle" in one.wrong.en) == (line_of(city, "inherits:"), True)


def test_an_import_refuses_a_circle_through_what_is_recorded() -> None:
    """Plaju is recorded as Palembang's heir; Palembang comes in as Plaju's."""
    plaju = effective(text_of("plaju"))
    recorded = KnownPolicy("16.71", document(text_of("plaju")).data, plaju.policy.model_dump(mode="json"))
    text = replaced(text_of("palembang"), 'inherits: "16"', 'inherits: "16.71.14"')
    found, errors = judged(policy=text, units=None, servants=None, policies={"16.71.14": recorded})
    assert found.policies == []
    [one] = errors
    assert (one.line, "16.71 -> 16.71.14 -> 16.71" in one.wrong.en) == (line_of(text, "inherits:"), True)
    itself = replaced(text_of("plaju"), 'inherits: "16.71"', 'inherits: "16.71.14"')
    _, errors = judged(policy=itself, units=None, servants=None, policies={"16.71.14": recorded})
    assert any("inherits itself" in one.wrong.en for one in errors)


def test_what_inherits_a_changed_policy_must_still_hold() -> None:
    """Palembang locks a weight that Plaju, recorded, does not have."""
    palembang, plaju = effective(text_of("palembang")), effective(text_of("plaju"))
    recorded = {
        one.scope: KnownPolicy(one.inherits, one.document, one.policy.model_dump(mode="json"))
        for one in (palembang, plaju)
    }
    text = replaced(text_of("palembang"), "    weight: 40\n", "    weight: 40\n    locked: true\n")
    _, errors = judged(policy=text, units=None, servants=None, policies=recorded)
    assert any(
        "the policy of 16.71.14, which inherits this one, would no longer hold" in one.wrong.en for one in errors
    )
