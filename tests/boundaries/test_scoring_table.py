"""The table of docs/scoring.md names rules, code and tests that are there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CELL = re.compile(r"`([^`]+)` `([^`]+)`")


def _rows() -> Iterator[tuple[str, str, str, str]]:
    lines = (ROOT / "docs" / "scoring.md").read_text().splitlines()
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and _CELL.fullmatch(cells[2]) and _CELL.fullmatch(cells[3]):
            yield cells[0], cells[1], cells[2], cells[3]


def _defined(file: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def test_every_rule_of_the_table_names_code_and_a_test_that_exist() -> None:
    rows = list(_rows())
    assert len(rows) > 25
    for rule, source, code, test in rows:
        assert source, rule
        for cell, place in ((code, "services/evaluation/rules"), (test, "tests")):
            match = _CELL.fullmatch(cell)
            assert match is not None
            assert match[2] in _defined(ROOT / place / match[1]), f"{rule}: {cell}"


def test_every_test_that_names_a_source_stands_in_the_table() -> None:
    named = _defined(ROOT / "tests/rules/evaluation/test_sources.py")
    listed = {test for *_, cell in _rows() if (match := _CELL.fullmatch(cell)) for test in [match[2]]}
    assert {name for name in named if name.startswith("test_")} <= listed
