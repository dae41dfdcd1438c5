"""The JSON Schema of a policy document as a personnel office writes it, with what every key means."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from typing import Any

from contracts.obligations import ObligationKind
from contracts.policy import Policy

IDENTITY = "https://json-schema.org/draft/2020-12/schema"
_SOURCES = (
    "base",
    "calendar",
    "obligations",
    "policy.criteria",
    "policy.distribution",
    "policy.effective",
    "policy.follow_up",
    "policy.phases",
    "policy.visits",
)
_HOLIDAYS: dict[str, Any] = {
    "type": "object",
    "description": "The city's own days without work, by date, with their names; units have none of their own.",
    "propertyNames": {"format": "date"},
    "additionalProperties": {"type": "string"},
}
_MERGED = ("Policy", "Ladder", "DistributionGuide")
"""Mappings that lie over the layer below: a document names only what it changes."""


def policy_schema() -> dict[str, Any]:
    """For editors and other programs; `kinerja policy check` judges more than a schema can say."""
    schema = Policy.model_json_schema()
    definitions = schema.pop("$defs")
    # Who writes a policy writes for this version of the software: here the list of kinds is closed.
    kinds = {"enum": [kind.value for kind in ObligationKind]} | _said(
        "Every kind of obligation; each may have its own ladder."
    )
    definitions[ObligationKind.__name__] |= kinds
    top = {"Policy": schema, **definitions}
    for name, text in _texts().items():
        if name[0] in top:
            _describe(top[name[0]], name[1], text)
    for name, one in top.items():
        _tighten(name, one)
    properties = schema["properties"]
    del properties["version"]
    properties["scope"] = {"type": "string", "pattern": r"^\d{2}(\.\d{2}(\.[0-9A-Za-z.-]+)?)?$"} | _said(
        'Where it applies, in quotation marks: a province ("16"), a city ("16.71") or a unit of it ("16.71.14").'
    )
    properties["inherits"] = {"type": "string"} | _said(
        'The layer below: a regulation (permenpanrb-6-2022), a province ("16") or a city ("16.71").'
    )
    properties["regulation"] = {"type": "string"} | _said("Only in a regulation, which has no scope: its own name.")
    properties["holidays"] = _HOLIDAYS
    head = {"$schema": IDENTITY, "title": "Policy of Kinerja"}
    return head | schema | {"$defs": dict(sorted(definitions.items()))}


def _said(text: str) -> dict[str, str]:
    return {"description": text}


def _tighten(name: str, schema: dict[str, Any]) -> None:
    """A misspelt key is an error, and titles that repeat the key only make editors noisy."""
    schema.pop("title", None)
    if schema.get("type") == "object":
        schema["additionalProperties"] = False
    if name in _MERGED:
        schema.pop("required", None)
    for inner in schema.get("properties", {}).values():
        inner.pop("title", None)
        if name in _MERGED:
            inner.pop("default", None)


def _describe(schema: dict[str, Any], member: str, text: str) -> None:
    if member in schema.get("properties", {}):
        schema["properties"][member]["description"] = text
    elif member in schema.get("enum", ()):
        schema["description"] = f"{schema.get('description', '')}\n\n{member}: {text}".strip()


def _texts() -> dict[tuple[str, str], str]:
    """The docstring below each field and word of the contracts, by class and name."""
    found: dict[tuple[str, str], str] = {}
    for module in _SOURCES:
        tree = ast.parse(inspect.getsource(importlib.import_module(f"contracts.{module}")))
        for one in tree.body:
            if isinstance(one, ast.ClassDef):
                found.update({(one.name, member): text for member, text in _members(one)})
    return found


def _members(one: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(one.body, one.body[1:], strict=False):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                yield name, inspect.cleandoc(text).replace("``", "")
            case _:
                continue
