from services.registry.imports.rules.circles import circles
from services.registry.units.rules.inheritance import Applies, UnitFacts, what_applies


def test_a_unit_has_the_policy_and_period_of_the_nearest_unit_above() -> None:
    units = {
        "16.71": UnitFacts(None, None),
        "16.71.A": UnitFacts("16.71", 12),
        "16.71.A1": UnitFacts("16.71.A", None),
        "16.71.14": UnitFacts("16.71", None),
        "16.71.14.1001": UnitFacts("16.71.14", None),
    }
    applies = what_applies(units, {"16.71": 6, "16.71.14": 3}, "16.71")
    assert applies["16.71"] == Applies("16.71", 6)
    assert applies["16.71.A1"] == applies["16.71.A"] == Applies("16.71", 12)
    assert applies["16.71.14.1001"] == Applies("16.71.14", 3)


def test_a_unit_with_its_own_policy_does_not_take_the_choice_of_the_agency_above() -> None:
    units = {"c": UnitFacts(None, None), "a": UnitFacts("c", 12), "a.1": UnitFacts("a", None)}
    assert what_applies(units, {"c": 6, "a.1": 6}, "c")["a.1"] == Applies("a.1", 6)


def test_each_circle_is_found_once() -> None:
    above = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "e", "f": None, "g": "h"}
    assert circles(above, ["d", "a", "b", "e", "f", "g"]) == [["a", "b", "c"], ["e"]]
