"""Every task is done by a script that counts what it presses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from kinerja.cli import app
from services.portal.api import ROOMS
from tests.portal import tasks
from tests.support.sources import defined, rows

_HERE = Path(__file__).parent
_COMMANDS = _HERE.parent / "operations"


def _done(path: Path) -> Iterator[tuple[str, str]]:
    """Role and task of every ``within`` in a module of tests; where the task is a parameter, of those that it names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "within":
            name, task = node.args
            assert isinstance(name, ast.Name)
            role = getattr(tasks, name.id)
            named = {str(task.value)} if isinstance(task, ast.Constant) else words & set(tasks.TASKS[role])
            yield from ((role, one) for one in named)


def test_every_task_has_a_script_that_counts() -> None:
    done = {one for path in (*_HERE.glob("test_*.py"), *_COMMANDS.glob("test_*.py")) for one in _done(path)}
    listed = {(role, task) for role, some in tasks.TASKS.items() for task in some}
    assert listed - done == set()
    assert done - listed == set()


_LISTED = (tasks.OFFICE, tasks.OPERATIONS, tasks.AUDITOR)
"""In this order in docs/portal/tasks.md."""


def test_the_page_of_tasks_says_where_each_is_done_and_by_which_script() -> None:
    wanted = [(name, task.what, str(task.presses)) for role in _LISTED for name, task in tasks.TASKS[role].items()]
    found = list(rows("portal/tasks.md", 5))
    assert [(name, what, presses) for name, what, _, presses, _ in found] == wanted
    pages = {getattr(one, "path", "") for router in ROOMS for one in router.routes}
    told = pages | set(_commands(get_command(app), "kinerja"))
    assert [page for _, _, page, _, _ in found if page.strip("`") not in told] == []
    for *_, script in found:
        [(file, test)] = re.findall(r"`([^:]+)::([^`]+)`", script)
        assert test in defined(f"tests/{file}" if "/" in file else f"tests/portal/{file}"), script


def _commands(command: Any, name: str) -> Iterator[str]:
    yield name
    for one, below in getattr(command, "commands", {}).items():
        yield from _commands(below, f"{name} {one}")
