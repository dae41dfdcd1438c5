"""docs/capabilities.md against the documents it speaks of: every id, every route and command, every test."""

import ast
import re
from functools import cache

import pytest
import typer
from typer.main import get_command

from contracts.base import SERVICES
from kinerja.cli import app
from kinerja.documents.api import openapi
from tests.support.sources import ROOT, defined, rows

CAPABILITIES = list(rows("capabilities.md", 5, last=3))
CLOCKS = list(rows("capabilities.md", 4))
FURTHER = [[f"further {number}", *row] for number, row in enumerate(rows("capabilities.md", 3), start=1)]
EVERY = [*CAPABILITIES, *CLOCKS, *FURTHER]
_CAPABILITY = re.compile(r"^\| ((?:PLB|PLJ|SWL|BJI|DMI)-\d+) \|", re.MULTILINE)
_ROUTE = re.compile(r"(?:(\w+) )?`((?:GET|POST|PUT) /[^`]*)`")
_COMMAND = re.compile(r"`kinerja ([a-z -]+)`")


def _named(row: list[str]) -> set[tuple[str, str]]:
    """The routes of a row with their services: a service is named once for all that follow it."""
    found, service = set(), ""
    for named, route in _ROUTE.findall(row[2]):
        service = named or service
        found.add((service, route))
    return found


@cache
def _routes() -> set[tuple[str, str]]:
    return {
        (service, f"{method.upper()} {path.removeprefix('/v1')}")
        for service in SERVICES
        for path, methods in openapi(service)["paths"].items()
        for method in methods
    }


def test_every_capability_and_every_clock_has_its_row() -> None:
    page = (ROOT / "docs" / "domain.md").read_text()
    asked = list(dict.fromkeys(_CAPABILITY.findall(page)))
    assert len(asked) == 48
    assert [row[0] for row in CAPABILITIES] == asked
    assert [int(row[0]) for row in CLOCKS] == list(range(1, 13))
    assert len(FURTHER) >= 23


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row[0])
def test_what_a_row_names_is_there(row: list[str]) -> None:
    routes, commands = _named(row), _COMMAND.findall(row[2])
    assert routes or commands
    assert routes - _routes() == set()
    for command in commands:
        _require_command(command.split())


def _require_command(words: list[str]) -> None:
    found = get_command(app)
    for word in words:
        inner = found.get_command(typer.Context(found), word)  # type: ignore[attr-defined]
        assert inner is not None, f"there is no command {word}"
        found = inner


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row[0])
def test_the_test_of_a_row_is_there_and_runs_on_the_engines(row: list[str]) -> None:
    (test,) = re.findall(r"`([^`]+)`", row[3])
    path, name = test.split("::")
    assert name in defined(path), test
    # Workflows run on the test server of Temporal, which needs nothing of the local stack.
    assert "connected" in _marks(path, name) or path.startswith("tests/workflows/"), f"{path} needs no engine"


def _marks(path: str, name: str) -> str:
    """What a test is marked with, by itself or with all of its file."""
    tree = ast.parse((ROOT / path).read_text())
    of_all = [
        one.value for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "pytestmark"
    ]
    own = [
        one
        for test in tree.body
        if isinstance(test, ast.AsyncFunctionDef) and test.name == name
        for one in test.decorator_list
    ]
    return " ".join(map(ast.unparse, (*of_all, *own)))
