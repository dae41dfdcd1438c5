"""docs/clocks.md tells of every clock of the regulation, and of policy data, code and tests that exist and name it."""

import re
from typing import Any

import pytest
import yaml

from tests.support.sources import ROOT, defined, rows, unnamed

TABLE = list(rows("clocks.md", 6))
REGULATION: dict[str, Any] = yaml.safe_load((ROOT / "deploy/regulations/permenpanrb-6-2022.yaml").read_text())


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_clock_of_the_regulation_has_its_row() -> None:
    assert [int(row[0]) for row in TABLE] == list(range(1, 13))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_the_data_and_the_code_of_a_clock_are_there_and_its_test_names_the_article(row: list[str]) -> None:
    data, code, tests = (_quoted(cell) for cell in row[3:])
    assert data
    assert code
    assert tests
    for path in data:
        found: Any = REGULATION
        for key in path.split("."):
            assert key in found, f"the regulation has no {path}"
            found = found[key]
    assert all((ROOT / path).is_file() for path in code), code
    for test in tests:
        path, name = test.split("::")
        assert name in defined(path), test
        assert unnamed(row[2], path, name) == [], f"clock {row[0]}: the test does not name its article"


def test_the_limits_are_those_of_the_regulation() -> None:
    """In working days: L V.A.7 (clock 7), art. 29 and L V.B.1-3 (8 and 9)."""
    assert REGULATION["ladders"]["REPORT_UPWARD"]["due_days"] == 30
    assert (REGULATION["objection"]["file_within"], REGULATION["objection"]["decide_within"]) == (14, 7)


def test_a_result_is_returned_within_fourteen_working_days() -> None:
    """L V.A.6 (clock 4); a superior's within 7 whatever the ladder gives (L V.A.9-10, clock 6: services/evaluation)."""
    ladder = REGULATION["ladders"]["ACKNOWLEDGE_RESULT"]
    assert ladder["due_days"] <= 14
    assert ladder.get("due_kind", "WORKING") == "WORKING"
    assert max(rung["days"] for rung in ladder["rungs"]) == 0  # deemed received on the day itself


def test_a_signed_result_is_delivered_within_fourteen_working_days() -> None:
    """L V.A.5 (clock 3): who has not signed by then has lost the pen to the superior."""
    ladder = REGULATION["ladders"]["ISSUE_RESULT"]
    (handed_over,) = [rung["days"] for rung in ladder["rungs"] if rung["step"] == "HAND_OVER"]
    assert ladder["due_days"] + handed_over <= 14


def test_a_silent_raters_superior_has_fourteen_working_days() -> None:
    """L V.A.8 (clock 5): from the hand-over to the performance office."""
    days = {rung["step"]: rung["days"] for rung in REGULATION["ladders"]["ASSESS"]["rungs"]}
    assert days["OFFICE"] - days["HAND_OVER"] == 14
