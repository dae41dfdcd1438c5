"""What protects who speaks: bundles of upward feedback, and groups of the pulse that are large enough."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import Phase
from kit.errors import Invalid, Refused
from services.feedback.feedback.rules import Direction, Visibility, readable_authors, visibility
from services.feedback.pulse.rules import check_answers, is_read, is_taken, shown


def test_only_what_is_said_upward_is_unnamed() -> None:
    assert visibility(Direction.UP, unnamed=True) is Visibility.UNNAMED
    assert visibility(Direction.UP) is Visibility.ABOUT
    assert visibility(Direction.PEER, unnamed=True) is Visibility.LINE


@pytest.mark.parametrize(
    ("authors", "over", "readable"),
    [(2, False, 0), (2, True, 0), (3, False, 3), (4, False, 3), (5, False, 3), (6, False, 6), (4, True, 4)],
)
def test_authors_are_read_in_whole_bundles_while_the_cycle_runs(authors: int, *, over: bool, readable: int) -> None:
    assert readable_authors(authors, minimum=3, over=over) == readable


def test_the_pulse_is_taken_in_execution_and_read_after_it() -> None:
    assert is_taken(Phase.EXECUTION, closed=False)
    assert not is_taken(Phase.EVALUATION, closed=False)
    assert not is_taken(None, closed=False)
    assert next(phase for phase in Phase if is_read(phase, closed=False)) is Phase.EVALUATION
    assert not is_read(Phase.EXECUTION, closed=False)
    assert is_read(None, closed=True)
    assert not any(is_taken(phase, closed=False) and is_read(phase, closed=False) for phase in Phase)


@pytest.mark.parametrize("answers", [[1, 2], [1, 2, 3, 6], [0, 1, 2, 3], []])
def test_each_statement_has_one_value(answers: list[int]) -> None:
    with pytest.raises(Invalid, match="each of the 4"):
        check_answers(answers, questions=4)
    check_answers([1, 2, 3, 5], questions=4)
    with pytest.raises(Refused):
        check_answers([], questions=0)


def test_a_small_unit_is_not_worked_out_from_the_city_and_the_others() -> None:
    small, middle, large = (UUID(int=number) for number in (1, 2, 3))
    assert shown({small: 2, middle: 6, large: 9}, minimum=5) == {large}
    assert shown({small: 5, middle: 6}, minimum=5) == {small, middle}
    assert shown({small: 4, middle: 3, large: 9}, minimum=5) == {large}
    assert shown({small: 2}, minimum=5) == frozenset()


@given(st.lists(st.integers(min_value=1, max_value=12), max_size=8), st.integers(min_value=3, max_value=8))
def test_whatever_is_hidden_is_none_or_at_least_the_minimum(sizes: list[int], minimum: int) -> None:
    units = {UUID(int=number): size for number, size in enumerate(sizes, start=1)}
    visible = shown(units, minimum=minimum)
    hidden = sum(size for unit, size in units.items() if unit not in visible)
    assert all(units[one] >= minimum for one in visible)
    assert hidden == 0 or hidden >= minimum or not visible
