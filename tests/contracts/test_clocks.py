"""docs/clocks.md tells of every clock of the regulation, and of policy data, code and tests that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = [found.groups() for found in _ROW.finditer((ROOT / "docs" / "clocks.md").read_text())]
REGULATION: dict[str, Any] = yaml.safe_load((ROOT / "deploy/regulations/permenpanrb-6-2022.yaml").read_text())


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_clock_of_the_regulation_has_its_row() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 13))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_the_data_the_code_and_the_test_of_a_clock_are_there(row: tuple[str, ...]) -> None:
    data, code, tests = (_quoted(cell) for cell in row[2:])
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
        assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE), test


def test_the_limits_are_those_of_the_regulation() -> None:
    """Clocks 7 to 9, in working days."""
    assert REGULATION["ladders"]["REPORT_UPWARD"]["due_days"] == 30
    assert (REGULATION["objection"]["file_within"], REGULATION["objection"]["decide_within"]) == (14, 7)
