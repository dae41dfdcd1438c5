"""Shares that a province reads: in steps that are never about fewer people than the least."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from services.evaluation.provinces.rules import in_steps, is_province, province_of
from services.evaluation.publication.rules import LEAST


def test_the_province_of_a_city_has_a_code_that_no_city_has() -> None:
    assert (province_of("14.72"), province_of("16.01")) == ("14.00", "16.00")
    assert is_province("14.00")
    assert not is_province("14.72")


def test_a_share_is_rounded_down_to_steps_that_grow_where_people_are_few() -> None:
    assert [in_steps(count, 100) for count in (0, 9, 10, 99, 100)] == [0, 0, 10, 90, 100]
    assert [in_steps(count, 25) for count in (0, 12, 13, 24, 25)] == [0, 0, 50, 50, 100]
    assert [in_steps(count, 11) for count in (0, 10, 11)] == [0, 0, 100]
    assert in_steps(5, 9) is None


@given(some.integers(min_value=LEAST, max_value=400))
def test_nobody_can_tell_a_share_from_others_that_differ_by_fewer_than_the_least(people: int) -> None:
    """Every value but 100 stands for at least so many different numbers of people; 100 says that nobody is missing."""
    values = Counter(in_steps(count, people) for count in range(people + 1))
    assert values.pop(100) == 1
    assert min(values.values()) >= LEAST
