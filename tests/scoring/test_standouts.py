"""A strength meets the standard, an area does not or lies far below the rest, and no criterion is both."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contracts.policy import Standouts
from scoring.standouts import standing_out

points = st.decimals(min_value=0, max_value=120, places=2)
scores = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.none() | points, max_size=8)
rules = st.builds(
    Standouts,
    standard=points,
    strong_from=points,
    distance=st.decimals(min_value="0.01", max_value=120, places=2),
)


def _far(known: dict[str, Decimal], code: str) -> Fraction:
    """Points above the mean of the others; below it negative."""
    others = [Fraction(value) for one, value in known.items() if one != code]
    return Fraction(known[code]) - sum(others, Fraction(0)) / len(others) if others else Fraction(0)


@given(scores, rules)
def test_of_random_scores_none_is_both_and_each_is_what_the_rule_says(
    criteria: dict[str, Decimal | None], rule: Standouts
) -> None:
    found = standing_out(criteria, rule)
    known = {code: value for code, value in criteria.items() if value is not None}
    assert not set(found.strengths) & set(found.areas)
    assert set(found.strengths) | set(found.areas) <= set(known)
    for code, value in known.items():
        below = value < rule.standard or _far(known, code) <= -rule.distance
        strong = value >= rule.strong_from or _far(known, code) >= rule.distance
        assert (code in found.areas) is below
        assert (code in found.strengths) is (strong and not below)
    assert all(known[code] >= rule.standard for code in found.strengths)
    assert list(found.strengths) == sorted(found.strengths, key=lambda code: (-known[code], code))
    assert [known[code] for code in found.areas] == sorted(known[code] for code in found.areas)


@given(scores)
def test_the_order_of_entry_says_nothing(criteria: dict[str, Decimal | None]) -> None:
    assert standing_out(criteria) == standing_out(dict(reversed(criteria.items())))


def test_seventy_five_is_never_a_strength_and_nothing_stands_out_where_all_is_as_expected() -> None:
    assert standing_out({"a": Decimal(75), "b": Decimal(60)}).strengths == ()
    even = {"a": Decimal(95), "b": Decimal(97), "c": Decimal(91)}
    assert standing_out(even) == ((), ())
    assert standing_out({}) == ((), ())
    assert standing_out({"a": None}) == ((), ())


def test_strengths_come_best_first_and_areas_lowest_first() -> None:
    made = {"a": Decimal(105), "b": Decimal(100), "c": Decimal(80), "d": Decimal(85), "e": None}
    assert standing_out(made) == (("a", "b"), ("c", "d"))


def test_what_is_far_below_the_rest_is_an_area_though_it_meets_the_standard_and_what_is_far_above_a_strength() -> None:
    assert standing_out({"a": Decimal(101), "b": Decimal(118), "c": Decimal(118)}).areas == ("a",)
    lone = {"a": Decimal(98), "b": Decimal(85), "c": Decimal(86)}
    assert standing_out(lone) == (("a",), ("b", "c"))
    assert standing_out(lone, Standouts(distance=Decimal(20))) == ((), ("b", "c"))
