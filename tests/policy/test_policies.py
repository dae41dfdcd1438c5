import pytest

from contracts.base import Phase
from contracts.obligations import ObligationKind
from kit.files.documents import read_document
from kit.files.errors import FileError, FileErrors
from policy.inheritance import beneath
from policy.judgement import Effective, judge_policy
from policy.layers import inherited, lay
from policy.provenance import Layered
from policy.shipped import shipped
from tests.support.files_of import POLICY, UNITS, judged, places


def errors_of(policy: str) -> list[FileError]:
    return judged(policy=policy, units=UNITS, servants=None)[1]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "wrong"),
    [
        ("weight: 40", "weight: 35", 5, 1, "the weights of the criteria sum to 95, not to 100 (60 + 35)"),
        ("share: 100", "share: 90", 15, 1, "the shares of the sources sum to 90, not to 100"),
        (
            "{role: SUPERIOR, share: 100}",
            "{role: SUPERIOR, share: 70}\n  - {role: PEER, share: 30}",
            17,
            5,
            "peers without a minimum of at least 3",
        ),
        (
            "{role: SUPERIOR, share: 100}",
            "{role: SUPERIOR, share: 70}\n  - {role: PEER, share: 30, minimum: 2}",
            17,
            29,
            "peers without a minimum of at least 3",
        ),
        ("weight: 40", "weight: 40\n    measure: ATTENDANCE", 14, 5, "attendance has weight 40"),
        ("measure: INDICATORS", "measure: INDICATOR", 10, 5, "measure"),
        ("weight: 60", "weigth: 60", 9, 5, "unknown key 'criteria.0.weigth'"),
        ("name: ", "title: ", 2, 1, "unknown key 'title'"),
        ("method: WEIGHTED_CRITERIA\n", "", 1, 1, "'method' is missing"),
        ('"16.71"', "16.71", 1, 1, "scope 16.71 is no code"),
        ("permenpanrb-6-2022", "permenpanrb-7-2022", 3, 1, "nothing is known of 'permenpanrb-7-2022'"),
        ("code: behaviour", "code: results", 11, 5, "criterion 'results' is there twice"),
        ("scope: ", "version: 3\nscope: ", 1, 1, "a document has no version"),
        ("name: ", 'name: "Ganda"\nname: ', 3, 1, "'name' is there twice"),
        ("criteria:\n", "criteria: [\n", 6, 3, "this is not YAML"),
        ("criteria:\n", "x: &a 1\ncriteria:\n", 5, 1, "unknown key 'x'"),
        (
            "sources:",
            "ladders: {ASSESS: {due_days: 10, rungs: [{days: 1, step: REMIND}, {days: 0, step: OFFICE}]}}\nsources:",
            15,
            68,
            "the ladder ASSESS goes back in time: 0 after 1",
        ),
        ("sources:", "ladders: {ASSES: {due_days: 1}}\nsources:", 15, 11, "unknown key 'ladders.ASSES'"),
        ("sources:", 'holidays: {"2026-02-30": Libur}\nsources:', 15, 12, "the date '2026-02-30' does not exist"),
        (
            "sources:",
            (
                "phases:\n  - phase: PLANNING\n    opens: {anchor: PERIOD_START, days: 5}\n"
                "    due: {anchor: PERIOD_START, days: 1}\nsources:"
            ),
            18,
            5,
            "phase PLANNING is due before it opens",
        ),
    ],
)
def test_an_error_in_a_policy_has_its_place(old: str, new: str, line: int, column: int, wrong: str) -> None:
    assert old in POLICY
    errors = errors_of(POLICY.replace(old, new, 1))
    found = [one for one in errors if wrong in one.wrong.en]
    assert places(found) == [("policy.yaml", line, column)], errors
    assert found[0].fix.id


def test_a_misspelt_key_suggests_the_right_one() -> None:
    [found] = [one for one in errors_of(POLICY.replace("weight: 60", "weigth: 60")) if "unknown" in one.wrong.en]
    assert found.fix.en == "did you mean 'weight'?"


def test_aliases_are_refused_before_they_unfold() -> None:
    bomb = 'scope: "16.71"\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n'
    [found] = errors_of(bomb)
    assert "anchors and what refers to them" in found.wrong.en
    [found] = errors_of("a: " + "[" * 5000)
    assert found.file == "policy.yaml"


def test_phases_stand_in_their_order() -> None:
    swapped = (
        POLICY
        + "phases:\n"
        + "".join(
            f"  - {{phase: {phase}, opens: {{anchor: PREVIOUS_PHASE}}, due: {{anchor: PHASE_OPENING, days: 1}}}}\n"
            for phase in ("PLANNING", "PREPARATION", "EXECUTION")
        )
    )
    [found] = errors_of(swapped)
    assert "phase PREPARATION stands too late" in found.wrong.en


def effective(text: str, above: Effective | None = None) -> tuple[Effective | None, list[FileError]]:
    errors = FileErrors()
    document = read_document("policy.yaml", text.encode(), errors)
    assert document is not None
    recorded = above and Layered(above.policy.model_dump(mode="json"), above.origins)
    base = recorded or beneath(document, shipped, errors)
    return judge_policy(document, base, errors), errors.found


def test_a_lower_layer_may_not_change_a_locked_weight() -> None:
    locked = POLICY.replace("weight: 40", "weight: 40\n    locked: true")
    above, _ = effective(locked)
    assert above is not None
    below = POLICY.replace('"16.71"', '"16.71.14"').replace("permenpanrb-6-2022", '"16.71"')
    same, errors = effective(below, above)
    assert (same is not None, errors) == (True, [])
    changed = below.replace("60", "70").replace("40", "30")
    none, [found] = effective(changed, above)
    assert none is None
    assert "the weight of 'behaviour' is locked at 40" in found.wrong.en


def test_mappings_are_merged_and_lists_replaced() -> None:
    base: dict[str, object] = {"scope": "x", "a": {"b": 1, "c": [1, 2]}, "d": [1]}
    assert lay({"a": {"c": [3]}, "d": []}, inherited(base)) == {"a": {"b": 1, "c": [3]}, "d": []}


def test_the_national_layer_names_every_phase_and_every_obligation() -> None:
    found, errors = effective(POLICY)
    assert found is not None, errors
    policy = found.policy
    assert [rule.phase for rule in policy.phases] == list(Phase)
    assert set(policy.ladders) == set(ObligationKind)
    assert (policy.objection.file_within, policy.objection.decide_within) == (14, 7)
    assert policy.ladder(ObligationKind.DECIDE_OBJECTION).due_days == 7
