"""The tables of states in README files and docs are those that the rules decide by."""

from enum import StrEnum
from pathlib import Path

import pytest

from kinerja.documents import state_tables

HOW_TO_FIX = "run `make contracts` and commit what changes with the rules that changed it"


class Door(StrEnum):
    """Where a door stands."""

    OPEN = "OPEN"
    GONE = "GONE"


class Act(StrEnum):
    """What happens to a door."""

    BREAK = "BREAK"


MOVES: dict[Door, dict[Act, Door]] = {Door.OPEN: {Act.BREAK: Door.GONE}, Door.GONE: {}}
TABLE = "| state | what happens | then |\n|---|---|---|\n| OPEN | BREAK | GONE |\n| GONE | - | - |\n"
FILES = list(state_tables.files())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(state_tables.ROOT)))
def test_the_tables_of_states_are_what_the_code_has(path: Path) -> None:
    assert path.read_text() == state_tables.filled(path.read_text()), HOW_TO_FIX


def test_there_are_tables_to_compare() -> None:
    assert state_tables.ROOT / "services/feedback/README.md" in FILES


def test_a_block_is_filled_and_what_stands_around_it_stays(tmp_path: Path) -> None:
    mark = f"<!-- states:{__name__}.MOVES -->\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "doors.md").write_text(f"before\n{mark}old\n<!-- /states -->\nafter\n")
    assert state_tables.write(tmp_path) == ["docs/doors.md"]
    assert (tmp_path / "docs" / "doors.md").read_text() == f"before\n{mark}{TABLE}<!-- /states -->\nafter\n"
    assert state_tables.write(tmp_path) == []


def test_a_path_that_leads_nowhere_is_not_passed_over() -> None:
    with pytest.raises(LookupError, match="no table of states"):
        state_tables.filled("<!-- states:services.feedback.objections.rules.states.GONE -->\n<!-- /states -->")
