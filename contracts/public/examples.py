"""An example of every published type, made from its schema: what a reader finds beside it."""

import re
from collections.abc import Mapping
from typing import Any

_OF_FORMAT = {
    "uuid": "018f3c1e-7b3a-7cc2-9d51-3f6a2b7c8d9e",
    "date": "2026-06-30",
    "date-time": "2026-06-30T02:15:00Z",
}


def example(schema: Mapping[str, Any]) -> Any:
    """A value that the schema admits."""
    return _value(schema, schema.get("$defs", {}))


def _value(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], known)
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, known)


def _of_type(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        named = {name: _value(one, known) for name, one in schema.get("properties", {}).items()}
        return named or {"GOOD": _value(schema["additionalProperties"], known)}
    if kind == "array":
        return [_value(schema["items"], known)]
    if kind == "integer":
        return 1
    if kind == "boolean":
        return False
    return _OF_FORMAT.get(schema.get("format", "")) or _matching(schema.get("pattern"))


def _matching(pattern: str | None) -> str:
    """A code of a city, an exact number, or any text."""
    fitting = (one for one in ("14.72", "87.50") if pattern and re.search(pattern, one))
    return next(fitting, "text")
