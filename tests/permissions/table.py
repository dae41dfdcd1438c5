"""docs/permissions.md as data, and every guarded route as the code has it."""

import re
from pathlib import Path

from contracts.base import SERVICES
from kinerja.documents.api import openapi

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"
_ROW = re.compile(r"^\| (?P<service>\w+) \| `(?P<route>[A-Z]+ /[^`]*)` \| (?P<who>[^|]+) \|")

Row = tuple[str, str]
"""Service and route, e.g. ``("plans", "GET /plans/{plan_id}")``."""


def documented() -> dict[Row, frozenset[str]]:
    """Who may, by service and route."""
    rows = [found for line in DOCUMENT.read_text().splitlines() if (found := _ROW.match(line))]
    table = {(row["service"], row["route"]): frozenset(re.split(r",\s*", row["who"].strip())) for row in rows}
    assert len(table) == len(rows), "a route stands in the table twice"
    return table


def guarded() -> set[Row]:
    """Every route that wants a token."""
    return {
        (service, f"{method.upper()} {path.removeprefix('/v1')}")
        for service in SERVICES
        for path, methods in openapi(service)["paths"].items()
        for method, operation in methods.items()
        if "security" in operation
    }
