"""One dialect: lists, names of models and permissions, seen in the OpenAPI document of every service."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from contracts.base import SERVICES, Relation
from kinerja.documents.api import openapi
from kit.access import DECLARED
from kit.keyset import DEFAULT_LIMIT, MOST
from kit.openapi import PUBLIC

WORDS = {relation.value.lower() for relation in Relation if relation is not Relation.SYSTEM}
PAGE = re.compile(r"^Page_\w+Response_$")
OLD_NAMES = re.compile(r"[a-z](In|Out|Shown|Line|Detail|View|Info)$")
FIELDS = {"items", "next", "total"}
JSON = "application/json"
each_service = pytest.mark.parametrize("service", SERVICES)


class Route(NamedTuple):
    """A route as its document has it."""

    name: str
    operation: Any
    document: Any

    def body(self) -> Any:
        """Schema of the JSON body, if there is one; a body that may be left out is the same as one that may not."""
        schema = self.operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
        return None if schema is None else _without_null(schema)

    def answers(self) -> list[Any]:
        """Schemas of what it answers in JSON when it succeeds."""
        found = [answer for status, answer in self.operation["responses"].items() if status.startswith("2")]
        schemas = [answer.get("content", {}).get(JSON, {}).get("schema") for answer in found]
        return [_without_null(schema) for schema in schemas if schema is not None]

    def is_feed(self) -> bool:
        """A feed goes on by its Link header: a batch of CloudEvents has no room for a cursor."""
        return "application/cloudevents-batch+json" in self.operation["responses"].get("200", {}).get("content", {})

    def properties(self, schema: Any) -> set[str]:
        """The fields of a schema."""
        return set(self.document["components"]["schemas"].get(_name(schema), schema).get("properties", {}))

    def parameters(self) -> dict[str, Any]:
        """Schemas of its own parameters by name; those of all routes are references."""
        return {one["name"]: one["schema"] for one in self.operation.get("parameters", []) if "name" in one}


@cache
def document(service: str) -> Any:
    return openapi(service)


def routes(service: str) -> Iterator[Route]:
    """Every route of the service's own."""
    for path, methods in document(service)["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/v1/"):
                yield Route(f"{method.upper()} {path}", operation, document(service))


def _without_null(schema: Any) -> Any:
    """What may be left out, or not be there yet, has the schema of what is there."""
    given = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    return given[0] if len(given) == 1 else schema


def _name(schema: Any) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def is_list(route: Route, schema: Any) -> bool:
    """Whether what is answered is a list, in whatever shape.

    One thing that has items (``/objections/{id}``) is none, nor is what a write answers for each of many.
    """
    fields = route.properties(schema)
    read = route.name.startswith("GET ") and not route.name.endswith("}") and "items" in fields
    return schema.get("type") == "array" or read or {"items", "next"} <= fields


def is_page(route: Route, schema: Any) -> bool:
    """A page of responses, or a response that is a page and says more, as the inbox counts what is unread."""
    if PAGE.match(_name(schema)):
        return route.properties(schema) == FIELDS
    return _name(schema).endswith("Response") and route.properties(schema) > FIELDS


@each_service
def test_every_list_answers_a_page(service: str) -> None:
    listing = [(one, schema) for one in routes(service) for schema in one.answers() if is_list(one, schema)]
    assert [(one.name, _name(schema) or schema) for one, schema in listing if not is_page(one, schema)] == []


@each_service
def test_whatever_goes_on_takes_the_same_cursor_and_limit(service: str) -> None:
    for route in routes(service):
        taken = route.parameters().keys() & {"cursor", "limit"}
        goes_on = any("next" in route.properties(schema) for schema in route.answers()) or route.is_feed()
        assert taken == ({"cursor", "limit"} if goes_on else set()), route.name
        if goes_on:
            limit = route.parameters()["limit"]
            bounds = (limit.get("minimum"), limit.get("maximum"), limit.get("default"))
            assert bounds == (1, MOST, DEFAULT_LIMIT), route.name
            kinds = route.parameters()["cursor"]["anyOf"]
            assert any(one["type"] == "string" and one["maxLength"] for one in kinds if "maxLength" in one), route.name


@each_service
def test_bodies_are_requests(service: str) -> None:
    bodies = {one.name: _name(body) or body for one in routes(service) if (body := one.body()) is not None}
    assert {route: name for route, name in bodies.items() if not str(name).endswith("Request")} == {}


@each_service
def test_answers_are_responses(service: str) -> None:
    answers = [(one.name, _name(schema) or str(schema)) for one in routes(service) for schema in one.answers()]
    assert [(route, name) for route, name in answers if not (name.endswith("Response") or PAGE.match(name))] == []


@each_service
def test_no_model_has_a_name_of_the_five_former_dialects(service: str) -> None:
    # Where a model reads otherwise than it writes, pydantic adds -Input and -Output.
    names = (re.sub("-(Input|Output)$", "", name) for name in document(service)["components"]["schemas"])
    assert [name for name in names if OLD_NAMES.search(name)] == []


@each_service
def test_every_route_wants_a_token_or_says_why_not(service: str) -> None:
    assert [one.name for one in routes(service) if ("security" in one.operation) == (PUBLIC in one.operation)] == []


@each_service
def test_every_guarded_route_declares_who_may(service: str) -> None:
    for route in routes(service):
        if PUBLIC in route.operation:
            continue
        declared = route.operation.get(DECLARED)
        assert declared is not None, route.name
        assert set(declared["who"]) <= WORDS, route.name
        assert declared["who"], route.name
