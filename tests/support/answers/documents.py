"""An answer is held against the OpenAPI documents."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

DOCUMENTS = Path(__file__).parents[3] / "docs" / "api"


def held_against(service: str, path: str, query: Mapping[str, str], answer: Any) -> None:
    """Raises AssertionError unless a route answers this there, and takes these parameters."""
    document = document_of(service)
    template = next(one for one in document["paths"] if _matches(one, f"/v1{path}"))
    route = document["paths"][template]["get"]
    known = {_resolved(document, one)["name"] for one in route.get("parameters", [])}
    assert set(query) <= known, (template, set(query) - known)
    schema = route["responses"]["200"]["content"]["application/json"]["schema"]
    whole = schema | {"components": document["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == [], template


def _matches(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        one == other or one.startswith("{") for one, other in zip(wanted, given, strict=True)
    )


def _resolved(document: Any, parameter: Any) -> Any:
    reference = parameter.get("$ref")
    return parameter if reference is None else document["components"]["parameters"][reference.rsplit("/", 1)[1]]


@cache
def document_of(service: str) -> Any:
    return json.loads((DOCUMENTS / f"{service}.openapi.json").read_text())


def listed_of(service: str, schema: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    """What a list says of one thing."""
    return {name: whole[name] for name in document_of(service)["components"]["schemas"][schema]["properties"]}
