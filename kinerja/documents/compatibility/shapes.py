"""A schema taken apart: what it refers to, its alternatives, and the values it names."""

import json
from typing import Any, NamedTuple

from kinerja.documents.compatibility.breaks import Document

ANYTHING = "anything"
_REFERENCES_DEEP = 20


class Shape(NamedTuple):
    """A schema together with the document that it refers into."""

    schema: Document
    document: Document

    def inner(self, schema: Any) -> "Shape":
        """A part of it; ``true`` allows anything."""
        return Shape(schema if isinstance(schema, dict) else {}, self.document)


def followed(document: Document, node: Any) -> Document:
    """The node that a reference leads to; raises LookupError if it leads nowhere."""
    for _ in range(_REFERENCES_DEEP):
        if not isinstance(node, dict) or "$ref" not in node:
            break
        beside = {key: value for key, value in node.items() if key != "$ref"}
        found: Any = document
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found | beside
    return node if isinstance(node, dict) else {}


def resolved(shape: Shape) -> Document:
    """The schema without references, and with the parts of ``allOf`` in one."""
    schema = followed(shape.document, shape.schema)
    parts = schema.get("allOf")
    if not parts:
        return schema
    merged: Document = {key: value for key, value in schema.items() if key != "allOf"}
    for part in parts:
        more = resolved(shape.inner(part))
        merged = (
            more
            | merged
            | {
                "properties": more.get("properties", {}) | merged.get("properties", {}),
                "required": [*more.get("required", []), *merged.get("required", [])],
            }
        )
    return merged


def named(shape: Shape) -> str:
    """The name of the schema that it refers to; empty if it is written out."""
    return str(shape.schema.get("$ref", "")).rpartition("/")[2]


def alternatives(shape: Shape) -> list[Shape]:
    """The schemas of which a value has to fulfil one, each with a single type."""
    schema = resolved(shape)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return [one for part in schema[key] for one in alternatives(shape.inner(part))]
    if isinstance(kinds := schema.get("type"), list):
        return [shape.inner({**schema, "type": kind}) for kind in kinds]
    return [shape]


def kind(schema: Document) -> str:
    """The one type of a schema; by what it says of values where it does not name one."""
    if "type" in schema:
        return str(schema["type"])
    if "properties" in schema:
        return "object"
    if (listed := values(schema)) is not None:
        return {str: "string", bool: "boolean", int: "integer"}.get(type(json.loads(min(listed))), ANYTHING)
    return ANYTHING


def values(schema: Document) -> set[str] | None:
    """The values that it names, as JSON; None if it names none."""
    if "const" in schema:
        return {json.dumps(schema["const"])}
    return {json.dumps(one) for one in schema["enum"]} if "enum" in schema else None
