"""The tables of states in README files and in docs, made from the tables that the rules decide by.

A block begins with ``<!-- states:PATH -->``, the dotted path of a table of moves, and ends with ``<!-- /states -->``.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PLACES = ("services/*/README.md", "docs/*.md")
_BLOCK = re.compile(r"(<!-- states:(?P<path>[\w.]+) -->\n).*?(<!-- /states -->)", re.DOTALL)

Moves = Mapping[Any, Mapping[Any, StrEnum]]
"""What may happen in a state, and the state that it leads to."""


def table(moves: Moves) -> str:
    """The table in Markdown; a state in which nothing can happen any more is there as well."""
    rows = (f"| {state} | {act} | {there} |\n" for state, acts in moves.items() for act, there in _acts(acts))
    return f"| state | what happens | then |\n|---|---|---|\n{''.join(rows)}"


def _acts(acts: Mapping[Any, StrEnum]) -> list[tuple[str, str]]:
    return [(str(act), there.value) for act, there in acts.items()] or [("-", "-")]


def filled(text: str) -> str:
    """The text with every block as the code has it now; raises LookupError for a path that leads nowhere."""
    return _BLOCK.sub(lambda block: f"{block[1]}{table(_moves(block['path']))}{block[3]}", text)


def files(root: Path = ROOT) -> Iterator[Path]:
    """The files that have such a block."""
    for place in _PLACES:
        yield from (path for path in sorted(root.glob(place)) if _BLOCK.search(path.read_text()))


def write(root: Path = ROOT) -> list[str]:
    """Bring the blocks up to date; returns the files that changed."""
    changed = []
    for path in files(root):
        before = path.read_text()
        if (after := filled(before)) != before:
            path.write_text(after)
            changed.append(str(path.relative_to(root)))
    return changed


def _moves(path: str) -> Moves:
    module, _, name = path.rpartition(".")
    try:
        found: Moves = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"there is no table of states {path}") from error
    return found
