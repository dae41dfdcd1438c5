"""States of appraisals and cycles are said by name: no bare string stands in code or SQL where an enum should."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import services.evaluation
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.rules.states import CycleStatus

ROOT = Path(services.evaluation.__file__).parent
STATES = {state.value for states in (AppraisalState, CycleStatus) for state in states}
IN_SQL = re.compile(r"\bstate\s*(=|<>|in)\s*\(?\s*'(\w+)'", re.IGNORECASE)


def _is_about_obligations(node: ast.AST) -> bool:
    """Their states are the kit's: OPEN, DONE, LAPSED or CANCELLED of a row, or how a command closes them."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "close_obligations"
    return isinstance(node, ast.Compare) and "ObligationRow" in ast.unparse(node.left)


def _is_an_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
    if _is_an_enum(node) or _is_about_obligations(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def _says_in_sql(text: str) -> bool:
    return any(said[1] in STATES for said in IN_SQL.findall(text))


def _bare(source: str) -> list[int]:
    texts = list(_texts(ast.parse(source)))
    return [one.lineno for one in texts if one.value in STATES or _says_in_sql(str(one.value))]


def test_no_state_of_an_appraisal_or_a_cycle_is_a_bare_string() -> None:
    sources = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]
    assert len(sources) > 50
    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources for line in _bare(path.read_text())]
    assert found == []


def test_the_search_finds_what_it_is_for() -> None:
    assert _bare('appraisal.state = "FINAL"') == [1]
    assert _bare("update(Appraisal).values(state='ISSUED')") == [1]
    assert _bare("text(\"update appraisals set x = 1 where state <> 'OPEN'\")") == [1]
    assert _bare('ObligationRow.state == "OPEN"') == []
