"""What comments at the end of a line say about values (docs/policy.md)."""

import pytest

from kit.files.comments import trailing_comments
from policy.markers import Kind, Mark, mark_at, marks_of, read_marks
from tests.support.library_of import document


def test_a_comment_is_what_follows_a_value_not_what_a_text_contains() -> None:
    text = 'a: "x # no"  # yes\n# prose\nb:  # too\n  - 1\r\n  - {c: 1}  # last\nd: x#no\n'
    assert trailing_comments(text) == {1: "yes", 3: "too", 5: "last"}
    assert trailing_comments("a: |\n  text # inside\n  more\nb: 1  # after\n") == {4: "after"}


@pytest.mark.parametrize(
    ("comment", "mark"),
    [
        ("law: art. 29; L V.B.1-2", Mark(Kind.LAW, "art. 29; L V.B.1-2")),
        ("law: 14 working days (art. 29; L V.B.1-2)", Mark(Kind.LAW, "14 working days (art. 29; L V.B.1-2)")),
        ("city: every six months", Mark(Kind.OWN, "every six months")),
        ("unit standard: disiplin", Mark(Kind.OWN, "disiplin")),
        ("province: one measure", Mark(Kind.OWN, "one measure")),
        ("placeholder", Mark(Kind.PLACEHOLDER, "")),
    ],
)
def test_the_first_word_says_what_stands_behind_a_value(comment: str, mark: Mark) -> None:
    marks = read_marks(comment)
    assert marks is not None
    assert marks.whole == mark


@pytest.mark.parametrize("prose", ["half of the base layer's", "the city: every month", "cityscape", "see units.csv"])
def test_any_other_comment_is_for_people(prose: str) -> None:
    assert read_marks(prose) is None


def test_a_mark_speaks_of_what_is_below_it_until_another_says_more() -> None:
    text = (
        "ladders:  # law: art. 1\n  ASSESS:  # law: art. 2; due_days: placeholder: our guess\n    due_days: 3\n"
        "    rungs:\n      - {days: 0, step: REMIND}\n      - {days: 1, step: LAPSE}  # own: ours\n  MODERATE: {due_days: 4}\n"
    )
    marks = marks_of(document(text))
    assert mark_at(("ladders", "ASSESS", "due_days"), marks) == Mark(Kind.PLACEHOLDER, "our guess")
    assert mark_at(("ladders", "ASSESS", "rungs", 0, "days"), marks) == Mark(Kind.LAW, "art. 2")
    assert mark_at(("ladders", "ASSESS", "rungs", 1, "step"), marks) == Mark(Kind.OWN, "ours")
    assert mark_at(("ladders", "MODERATE", "due_days"), marks) == Mark(Kind.LAW, "art. 1")
    assert mark_at(("objection", "file_within"), marks) is None


def test_the_source_of_a_criterion_is_read_in_the_same_way() -> None:
    text = 'criteria:\n  - code: x\n    weight: 100\n    source: "city: produktivitas; weight: placeholder"\n'
    marks = marks_of(document(text))
    assert mark_at(("criteria", 0, "weight"), marks) == Mark(Kind.PLACEHOLDER, "")
    assert mark_at(("criteria", 0, "code"), marks) == Mark(Kind.OWN, "produktivitas")
