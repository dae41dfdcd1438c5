"""Every task is done by a script that counts what it presses."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.portal import tasks

_HERE = Path(__file__).parent
_OPEN = frozenset(
    {
        *((tasks.AUTHORITY, one) for one in ("owed", "open", "set for", "sign for", "dialogue", "feedback")),
        (tasks.PANEL, "plans"),
    }
)
"""Tasks that no script does yet: there is no page, or the page is tried by other tests that do not count."""


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
    done = {one for path in _HERE.glob("test_*.py") for one in _done(path)}
    listed = {(role, task) for role, some in tasks.TASKS.items() for task in some}
    assert listed - done == _OPEN
    assert done - listed == set()
