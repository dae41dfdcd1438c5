"""Tables of docs/ that name code and tests, and whether a test names the article that its row does."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CELL = re.compile(r"`([^`]+)` `([^`]+)`")
_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def rows(document: str, columns: int, *, last: int = -1) -> Iterator[list[str]]:
    """The rows of tables of so many columns in a document of docs/, without headings: in column ``last`` these quote nothing."""
    for line in (ROOT / "docs" / document).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns and "`" in cells[last]:
            yield cells


def place(cell: str) -> tuple[str, str]:
    """File and name of a cell like `services/plans/plans/rules/content.py` `Content`."""
    match = _CELL.fullmatch(cell)
    assert match is not None, f"no file and name: {cell}"
    return match[1], match[2]


@cache
def defined(path: str) -> dict[str, str]:
    """Every function and class of a file with its docstring, and what it names at its top."""
    found: dict[str, str] = {}
    tree = ast.parse((ROOT / path).read_text())
    for node in ast.walk(tree):
        if isinstance(node, _DEFINED):
            found[node.name] = ast.get_docstring(node) or ""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found |= {one.id: "" for one in targets if isinstance(one, ast.Name)}
    return found


def unnamed(source: str, path: str, test: str) -> list[str]:
    """The articles of a source cell (``art. 11; L II.C.6-7``) that neither the test's name nor its docstring names."""
    told = _plain(f"{test} {defined(path)[test]}")
    return [one for one in map(str.strip, source.split(";")) if f"_{_plain(one)}_" not in f"_{told}_"]


def _plain(text: str) -> str:
    """So that ``L II.C.6-7``, ``l_ii_c_6_to_7`` and ``L II.C.6 to 7`` are one; ``arts 7-13`` as well.

    A page of docs/ is the same with its folder and without: ``docs/domain.md 2.4`` and ``domain_2_4``.
    """
    text = text.lower().replace("-", " to ").replace("docs/", "").replace(".md", "")
    return "_".join(re.findall(r"[a-z0-9]+", text))
