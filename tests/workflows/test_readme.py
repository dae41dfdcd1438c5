"""The table in workflows/README.md says what the code does: types, triggers and calls, workflow by workflow."""

import ast
import inspect
import re
from collections import defaultdict
from pathlib import Path

import workflows
from kit.clock import Clock
from tests.workflows.names import handlers_of, name_of
from workflows import phase_calls
from workflows.registered import WORKFLOWS
from workflows.triggers.cycle_schedules import ScheduleChanged
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import by_event
from workflows.triggers.trigger import Start

README = Path(workflows.__path__[0]) / "README.md"
SERVICES = {"Plans": "plans", "Evaluation": "evaluation", "Feedback": "feedback"}


def rows() -> dict[str, list[str]]:
    """Cells by the workflow's type."""
    cells = [line.strip("| ").split(" | ") for line in README.read_text().splitlines() if line.startswith("| [")]
    return {re.findall(r"`(\w+)`", row[0])[0]: row for row in cells}


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([\w.]+)`", cell))


def calls(text: str) -> set[str]:
    """``all three services`` is written once for what each of them has."""
    plain = {name for name in named(text) if "." in name}
    return plain | {f"{service}.{name}" for name in named(text) - plain for service in SERVICES.values()}


def calls_of(source: str) -> set[str]:
    found = {
        f"{SERVICES[node.value.id]}.{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in SERVICES
    }
    return found | (calls_of(inspect.getsource(phase_calls)) if "phase_calls" in source else set())


def test_the_table_names_every_workflow_and_the_events_that_start_and_wake_it() -> None:
    started, woken = defaultdict(set), defaultdict(set)
    for event, triggers in by_event(ExpectedSweeps(Clock())).items():
        for trigger in triggers:
            workflow = trigger.run.__qualname__.split(".")[0]
            if isinstance(trigger, (Start, ScheduleChanged)):
                started[workflow].add(event.__name__)
            if not isinstance(trigger, Start):
                woken[workflow].add(event.__name__)
    table = rows()
    assert table.keys() == {name_of(one) for one in WORKFLOWS}
    for one in WORKFLOWS:
        _, starts, wakes, *_ = table[name_of(one)]
        assert (named(starts), named(wakes)) == (started[one.__name__], woken[one.__name__]), one


def test_the_table_names_what_each_workflow_calls() -> None:
    for one in WORKFLOWS:
        module = inspect.getmodule(one)
        assert module is not None
        assert calls(rows()[name_of(one)][-1]) == calls_of(inspect.getsource(module)), one


def test_the_names_on_the_wire_are_those_that_running_workflows_know() -> None:
    found = {
        name_of(one): {name for name in handlers_of(one) if name and not name.startswith("__")} for one in WORKFLOWS
    }
    assert found == {
        "cycle": {"cleared", "steered", "standing"},
        "season": {"changed"},
        "deadlines": {"earlier", "handled"},
        "objection": {"heard", "state"},
        "improvement": {"heard", "state"},
        "visit": {"heard", "state"},
    }
