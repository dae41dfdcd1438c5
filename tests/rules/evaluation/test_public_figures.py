"""PLB-10: whoever reads a public report and subtracts finds nobody."""

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.publication.rules import LEAST, OfUnit, hidden, listed, of_all, shown

COUNTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 60), min_size=1)


def test_a_small_cell_takes_the_next_smallest_with_it() -> None:
    assert shown({"A": 40, "B": 3, "C": 25, "D": 0}) == {"A": 40, "B": None, "C": None, "D": 0}


def test_where_nearly_everybody_is_in_one_cell_it_says_where_each_is() -> None:
    assert set(shown({"A": 40, "B": 9, "C": 0}).values()) == {None}
    assert shown({"A": 40, "B": 10, "C": 0}) == {"A": 40, "B": 10, "C": 0}


def test_cells_that_hide_one_another_are_enough() -> None:
    assert hidden({"A": 40, "B": 6, "C": 7}) == {"B", "C"}
    assert hidden({"A": 40, "B": 3, "C": 4, "D": 12}) == {"B", "C", "D"}


def test_large_cells_hide_nothing_and_few_people_everything() -> None:
    assert hidden({"A": 40, "B": LEAST, "C": 0}) == frozenset()
    assert shown({"A": 4, "B": 5}) == {"A": None, "B": None}


@given(COUNTS)
def test_nobody_who_knows_the_sum_learns_a_small_cell(counts: dict[str, int]) -> None:
    told = shown(counts)
    secret = [cell for cell, count in told.items() if count is None]
    assert all(count in (None, 0, counts[cell]) for cell, count in told.items())
    assert all(told[cell] in (None, 0) for cell, count in counts.items() if count < LEAST)
    if secret and set(secret) != set(counts):
        # What subtraction tells is how many there are in all of them together.
        assert sum(counts[cell] for cell in secret) >= LEAST
        assert len(secret) > 1


def test_few_who_did_something_and_few_who_did_not_are_hidden() -> None:
    assert [of_all(count, 100) for count in (0, 3, 10, 90, 95)] == [0, None, 10, 90, None]


def test_units_that_are_too_small_are_counted_together() -> None:
    large, small, tiny = (OfUnit(code, code, people, None) for code, people in (("A", 40), ("B", 8), ("C", 3)))
    assert listed([large, small, tiny]) == ([large], 11)
    assert listed([large]) == ([large], 0)
    assert listed([small]) == ([], None)
