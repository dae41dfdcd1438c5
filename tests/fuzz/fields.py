"""Every field of a request as the OpenAPI document has it, and what an attacker would put there."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

Place = tuple[str, ...]
ITEM, ANY_KEY = "[]", "*"
"""The first item of a list, the first key of an object whose keys are data."""
LONG = "x" * 100_000
HUGE = (2**31, -(2**31) - 1, 2**63, 10**30)
NO_TEXT = ("a\0b", "\ud800")
NO_DAY = (
    20_260_131,
    0,
    1.5e9,
    True,
    "1700000000",
    "2026-01-31T00:00:00Z",
    "\N{ARABIC-INDIC DIGIT TWO}\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC-INDIC DIGIT TWO}\N{ARABIC-INDIC DIGIT SIX}-\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC-INDIC DIGIT ONE}-\N{ARABIC-INDIC DIGIT THREE}\N{ARABIC-INDIC DIGIT ONE}",
    "0001-01-01",
    "9999-12-31",
)
NO_INSTANT = (1_700_000_000, True, "1700000000", "2026-01-31", "9999-12-31T23:59:59Z", "2026-01-31T08:00:00")
NO_NUMBER = ("1E-999999", "1E+999999", "NaN", "Infinity", 10**400, -(10**400))


@dataclass(frozen=True)
class Field:
    """One place of a request, with the schemas of what may stand there."""

    where: str
    """``body``, ``query``, ``path`` or ``header``."""
    place: Place
    schemas: tuple[Any, ...]

    @property
    def name(self) -> str:
        return ".".join((self.where, *self.place))

    def kinds(self) -> set[str]:
        return {one.get("format") or one.get("type", "") for one in self.schemas}

    def listed(self) -> bool:
        """Only some words may stand there."""
        return any("enum" in one or "const" in one for one in self.schemas)

    def is_text(self) -> bool:
        return any(one.get("type") == "string" and "format" not in one for one in self.schemas) and not self.is_number()

    def is_number(self) -> bool:
        return bool(self.kinds() & {"integer", "number"})


class Document:
    """One service's document."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def operations(self) -> Iterator[tuple[str, str, Any]]:
        """Method, path and operation."""
        for path, methods in self._document["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def methods(self) -> dict[str, set[str]]:
        """The methods of every path."""
        return {path: {one.upper() for one in methods} for path, methods in self._document["paths"].items()}

    def fields(self, operation: Any) -> Iterator[Field]:
        """Every place of one operation's request; a file is none."""
        for one in map(self._resolved, operation.get("parameters", [])):
            for found in self._inside(one["schema"], (), ()):
                yield replace(found, where=one["in"], place=(one["name"], *found.place))
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                yield from self._inside(content["schema"], (), ())

    def _resolved(self, schema: Any) -> Any:
        if "$ref" not in schema:
            return schema
        found = self._document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found

    def _inside(self, schema: Any, place: Place, seen: tuple[str, ...]) -> Iterator[Field]:
        if schema.get("$ref", "") in seen:
            return
        seen = (*seen, schema["$ref"]) if "$ref" in schema else seen
        schema = self._resolved(schema)
        choices = [self._resolved(one) for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))] or [schema]
        leaves = []
        for one in choices:
            if one.get("type") == "null":
                continue
            if one.get("type") == "array":
                yield from self._inside(one.get("items", {}), (*place, ITEM), seen)
            elif one.get("type") == "object" or "properties" in one:
                for name, inner in one.get("properties", {}).items():
                    yield from self._inside(inner, (*place, name), seen)
                if isinstance(one.get("additionalProperties"), dict):
                    yield from self._inside(one["additionalProperties"], (*place, ANY_KEY), seen)
            else:
                leaves.append(one)
        if leaves:
            yield Field("body", place, tuple(leaves))


def hostile(field: Field) -> Iterator[object]:
    """What nobody may send there: each is answered 422."""
    kinds = field.kinds()
    if kinds & {"date", "date-time"}:
        yield from NO_DAY if "date" in kinds else NO_INSTANT
    if field.is_number():
        yield from HUGE if "integer" in kinds else (*HUGE[2:], *NO_NUMBER)
    elif kinds <= {"boolean", ""}:
        return
    yield from NO_TEXT
    if field.is_text():
        yield LONG


def put(body: Any, place: Place, value: object) -> Any | None:
    """The body with the value at this place, made where it is optional; None if something else stands there."""
    changed = copy.deepcopy(body) if body is not None else {}
    return changed if _put(changed, place, value) else None


def _put(here: Any, place: Place, value: object) -> bool:
    step, *rest = place
    if isinstance(here, list):
        if step != ITEM:
            return False
        if rest and not here:
            here.append({})
        if not rest:
            here[:1] = [value]
            return True
        return _put(here[0], tuple(rest), value)
    if not isinstance(here, dict):
        return False
    name = next(iter(here), "x") if step == ANY_KEY else step
    if not rest:
        here[name] = value
        return True
    if here.get(name) is None:
        here[name] = [] if rest[0] == ITEM else {}
    return _put(here[name], tuple(rest), value)
