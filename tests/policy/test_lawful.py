"""What a lower layer makes of law: longest limits are never exceeded, every other difference is a warning with its article."""

from pathlib import Path

import pytest

from kinerja.library import CITIES, Library
from kit.files.errors import FileErrors
from policy.checks.legal_limits import LONGEST
from tests.support.library_of import REGULATIONS, document, line_of, replaced, text_of

PLACES = [*sorted(CITIES.glob("*/policy.yaml")), *sorted((CITIES.parent / "provinces").glob("*.yaml"))]
BINJAI = text_of("binjai")


def judged(text: str) -> FileErrors:
    given, errors = document(text), FileErrors()
    Library(given=[given]).judge(given, errors)
    return errors


def ladder(obligation: str, due_days: int, *rungs: tuple[int, str], kind: str = "WORKING") -> str:
    steps = "".join(f"\n      - {{days: {days}, step: {step}}}" for days, step in rungs)
    return f"ladders:\n  {obligation}:\n    due_days: {due_days}\n    due_kind: {kind}\n    rungs:{steps or ' []'}\n"


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.parent.name)
def test_what_is_committed_exceeds_no_limit(path: Path) -> None:
    """Sawahlunto's pair of weights is a question for its lawyer (docs/domain.md 2.5), and is a warning."""
    errors = judged(path.read_text())
    assert errors.found == []
    assert [one.wrong.en.rpartition(": ")[2] for one in errors.warnings] == (
        ["considers_peers_and_reports false -> true"] if path.parent.name == "sawahlunto" else []
    )


@pytest.mark.parametrize(
    ("longest", "longer", "clock"),
    [
        (ladder("ISSUE_RESULT", 8, (6, "HAND_OVER")), ladder("ISSUE_RESULT", 9, (6, "HAND_OVER")), 3),
        (ladder("ISSUE_RESULT", 14), ladder("ISSUE_RESULT", 15), 3),
        (ladder("ACKNOWLEDGE_RESULT", 12, (2, "LAPSE")), ladder("ACKNOWLEDGE_RESULT", 12, (3, "LAPSE")), 4),
        (
            ladder("ASSESS", 20, (1, "HAND_OVER"), (15, "OFFICE")),
            ladder("ASSESS", 5, (1, "HAND_OVER"), (16, "OFFICE")),
            5,
        ),
        (ladder("REPORT_UPWARD", 30), ladder("REPORT_UPWARD", 31), 7),
        (ladder("REPORT_UPWARD", 42, kind="CALENDAR"), ladder("REPORT_UPWARD", 43, kind="CALENDAR"), 7),
        ("objection: {file_within: 14}\n", "objection: {file_within: 15}\n", 8),
        ("objection:\n  decide_within: 7\n", "objection:\n  decide_within: 8\n", 9),
        (ladder("DECIDE_OBJECTION", 7), ladder("DECIDE_OBJECTION", 8), 9),
    ],
)
def test_a_limit_of_the_regulation_is_not_made_longer(longest: str, longer: str, clock: int) -> None:
    assert judged(BINJAI + longest).found == []
    text = BINJAI + longer
    [error] = judged(text).found
    article = next(one.article for one in LONGEST if one.clock == clock)
    assert f"(clock {clock}, {article})" in error.wrong.en
    assert "paling lama" in error.wrong.id
    assert error.fix.en.startswith("set at most")
    first = line_of(text, longer.splitlines()[0])
    assert first <= error.line <= first + 2


def test_a_regulation_that_exceeds_the_limit_is_refused_as_well() -> None:
    text = (REGULATIONS / "permenpanrb-6-2022.yaml").read_text()
    [error] = judged(replaced(text, "file_within: 14", "file_within: 21")).found
    assert "objection.file_within" in error.wrong.en


def test_a_shorter_limit_is_a_warning_with_line_article_and_what_it_takes_away() -> None:
    text = BINJAI + "objection:\n  file_within: 10  # city: Perwali 3/2026 art. 5\n"
    errors = judged(text)
    assert errors.found == []
    [warning] = errors.warnings
    assert warning.line == line_of(text, "file_within")
    assert "10 working days where the layer below has 14 (clock 8, art. 29; L V.B.1-2)" in warning.wrong.en
    assert "hak pegawai" in warning.wrong.id
    assert "remove it to follow the law" in warning.fix.en


def test_days_inside_a_limit_that_were_a_placeholder_are_chosen_in_silence() -> None:
    assert judged(BINJAI + ladder("GIVE_STATEMENT", 3, (0, "LAPSE"))).warnings == []


@pytest.mark.parametrize(
    ("written", "line", "listed"),
    [
        ("numeric:\n  plan_weight: 80\n", "plan_weight", "numeric.plan_weight 70 -> 80"),
        ("features:\n  feedback_duty: false\n", "feedback_duty", "features.feedback_duty true -> false"),
        (
            "distribution:\n  guides:\n    GOOD:\n      largest: VERY_GOOD\n",
            "largest",
            "distribution.guides.GOOD.largest GOOD -> VERY_GOOD",
        ),
    ],
)
def test_another_value_of_law_is_warned_of_with_the_line_of_both(written: str, line: str, listed: str) -> None:
    key = written.splitlines()[0]
    text = replaced(BINJAI, f"{key}\n", written) if f"{key}\n" in BINJAI else BINJAI + written
    errors = judged(text)
    assert errors.found == []
    [warning] = errors.warnings
    assert warning.line == line_of(text, line)
    assert listed in warning.wrong.en
    assert "deploy/regulations/" in warning.wrong.en


def test_phases_are_compared_by_their_names_and_only_what_law_says_of_them_is_a_warning() -> None:
    """A city that leaves out moderation and keeps the rest changes nothing that law has set."""
    law = (REGULATIONS / "permenpanrb-6-2022.yaml").read_text()
    begin, end = law.index("phases:\n"), law.index("# Who owes what gets this long")
    phases = law[begin:end]
    without = phases[: phases.index("  - phase: MODERATION")] + phases[phases.index("  - phase: DISCLOSURE") :]
    assert judged(BINJAI + without).warnings == []
    longer = replaced(without, "due: {anchor: FIRST_MONTH_END, days: 0}", "due: {anchor: FIRST_MONTH_END, days: 10}")
    [warning] = judged(BINJAI + longer).warnings
    assert "due.days 0 -> 10" in warning.wrong.en
    assert "art. 14" in warning.wrong.en


def test_what_is_warned_of_once_is_not_warned_of_again_below() -> None:
    """A unit that follows its city sets nothing itself."""
    city = document(text_of("palembang") + "objection:\n  file_within: 10\n")
    unit, errors = document(text_of("plaju"), "plaju.yaml"), FileErrors()
    Library(given=[city, unit]).judge(unit, errors)
    assert (errors.found, errors.warnings) == ([], [])


def test_a_good_result_is_not_called_an_innovation() -> None:
    text = replaced(text_of("binjai"), "recognition_kind: RECOGNITION", "recognition_kind: INNOVATION_REWARD")
    [error] = judged(text).found
    assert error.line == line_of(text, "recognition_kind")
    assert "innovation_reward: true" in error.fix.en
