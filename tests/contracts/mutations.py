"""Changes that somebody could make to a published document, and what each breaks, if anything: the table of the gate."""

import copy
import json
from collections.abc import Callable
from typing import Any, NamedTuple

Mutate = Callable[[Any], None]

LIST = "/v1/plans"
RETURN = "/v1/plans/{plan_id}/return"
PROPOSED = "id.kinerja.plans.plan-proposed.v1"
HTTP, EVENTS, POLICY = "plans.openapi.json", "plans.asyncapi.json", "policy.schema.json"


class Mutation(NamedTuple):
    """A change to a copy of one document, and a part of the sentence that refuses it; None if it breaks nobody."""

    document: str
    what: str
    mutate: Mutate
    refused: str | None


def at(*path: str | int) -> Callable[[Any], Any]:
    """The part of a document at a path."""

    def found(document: Any) -> Any:
        for step in path:
            document = document[step]
        return document

    return found


def put(*path: str | int, value: Any) -> Mutate:
    def mutate(document: Any) -> None:
        at(*path[:-1])(document)[path[-1]] = copy.deepcopy(value)

    return mutate


def drop(*path: str | int) -> Mutate:
    def mutate(document: Any) -> None:
        del at(*path[:-1])(document)[path[-1]]

    return mutate


def add(*path: str | int, value: Any) -> Mutate:
    return lambda document: at(*path)(document).append(copy.deepcopy(value))


def take(*path: str | int, value: Any) -> Mutate:
    return lambda document: at(*path)(document).remove(value)


def move(*path: str, to: str) -> Mutate:
    def mutate(document: Any) -> None:
        inside = at(*path[:-1])(document)
        inside[to] = inside.pop(path[-1])

    return mutate


def renamed(name: str, to: str) -> Mutate:
    return lambda document: document.update(json.loads(json.dumps(document).replace(f'{name}"', f'{to}"')))


def both(*mutations: Mutate) -> Mutate:
    def mutate(document: Any) -> None:
        for one in mutations:
            one(document)

    return mutate


def parameter(name: str, *path: str | int, value: Any) -> Mutate:
    """Something of a query parameter of the list of plans."""

    def mutate(document: Any) -> None:
        found = document["paths"][LIST]["get"]["parameters"]
        put(*path, value=value)(next(one for one in found if one.get("name") == name))

    return mutate


def without_parameter(name: str) -> Mutate:
    def mutate(document: Any) -> None:
        found = document["paths"][LIST]["get"]["parameters"]
        found.remove(next(one for one in found if one.get("name") == name))

    return mutate


_S = ("components", "schemas")
_PLAN = (*_S, "PlanSummaryResponse")
_STATE = (*_S, "PlanState", "enum")
_RETURN = (*_S, "ReturnRequest")
_FACT = (*_S, "PlanProposed")
_NEW = {"name": "unit_id", "in": "query", "schema": {"type": "string"}}
_TEXT = {"type": "string"}
_OK = ("paths", LIST, "get", "responses", "200")
_JSON = (*_OK, "content", "application/json")

ROUTES = [
    Mutation(HTTP, "a route goes", drop("paths", RETURN), "is gone"),
    Mutation(HTTP, "a method goes", drop("paths", LIST, "get"), "GET /v1/plans: is gone"),
    Mutation(HTTP, "a route is renamed", move("paths", RETURN, to="/v1/plans/{plan_id}/back"), "is gone"),
    Mutation(HTTP, "a route is new", put("paths", "/v1/fresh", value={"get": {"responses": {}}}), None),
    Mutation(HTTP, "a method is new", put("paths", RETURN, "get", value={"responses": {}}), None),
    Mutation(HTTP, "another name of its function", put("paths", LIST, "get", "operationId", value="other"), None),
    Mutation(HTTP, "another description", put("paths", LIST, "get", "summary", value="other"), None),
    Mutation(HTTP, "marked as deprecated", put("paths", LIST, "get", "deprecated", value=True), None),
    Mutation(HTTP, "wants no token any more", drop("paths", LIST, "get", "security"), None),
    Mutation(
        HTTP, "wants a scope", put("paths", LIST, "get", "security", 0, "bearer", value=["plans"]), "wants the scope"
    ),
    Mutation(HTTP, "an optional parameter", add("paths", LIST, "get", "parameters", value=_NEW), None),
    Mutation(
        HTTP,
        "a required parameter",
        add("paths", LIST, "get", "parameters", value=_NEW | {"required": True}),
        "query parameter unit_id is required now",
    ),
    Mutation(
        HTTP, "a parameter goes", without_parameter("servant_id"), "query parameter servant_id is no longer known"
    ),
    Mutation(HTTP, "a parameter becomes required", parameter("state", "required", value=True), "state is required now"),
    Mutation(HTTP, "a smaller limit", parameter("limit", "schema", "maximum", value=100), "maximum is 100 and was 500"),
    Mutation(HTTP, "a larger limit", parameter("limit", "schema", "maximum", value=900), None),
    Mutation(HTTP, "another default", parameter("limit", "schema", "default", value=50), "when it is left out"),
    Mutation(
        HTTP, "a shorter cursor", parameter("cursor", "schema", "anyOf", 0, "maxLength", value=9), "maxLength is 9"
    ),
]

BODIES = [
    Mutation(HTTP, "an optional field of a body", put(*_RETURN, "properties", "note", value=_TEXT), None),
    Mutation(
        HTTP,
        "a required field of a body",
        both(put(*_RETURN, "properties", "note", value=_TEXT), add(*_RETURN, "required", value="note")),
        "body note is required now",
    ),
    Mutation(HTTP, "a field of a body goes", drop(*_RETURN, "properties", "reason"), "reason is no longer known"),
    Mutation(HTTP, "a field needs no more be there", take(*_RETURN, "required", value="reason"), None),
    Mutation(HTTP, "a shorter text", put(*_RETURN, "properties", "reason", "maxLength", value=5), "maxLength is 5"),
    Mutation(HTTP, "a longer text", put(*_RETURN, "properties", "reason", "maxLength", value=90_000), None),
    Mutation(HTTP, "another type", put(*_RETURN, "properties", "reason", value={"type": "integer"}), "may not be text"),
    Mutation(HTTP, "no body", drop("paths", RETURN, "post", "requestBody"), "takes no body any more"),
    Mutation(
        HTTP,
        "another media type",
        move("paths", RETURN, "post", "requestBody", "content", "application/json", to="text/plain"),
        "takes no application/json any more",
    ),
]

ANSWERS = [
    Mutation(HTTP, "a new field", put(*_PLAN, "properties", "colour", value=_TEXT), None),
    Mutation(HTTP, "a field goes", drop(*_PLAN, "properties", "late"), "items[].late is no longer told"),
    Mutation(HTTP, "a field may be missing", take(*_PLAN, "required", value="late"), "items[].late may be missing now"),
    Mutation(HTTP, "a number becomes text", put(*_PLAN, "properties", "version", value=_TEXT), "may be text now"),
    Mutation(
        HTTP,
        "a whole number becomes any number",
        put(*_PLAN, "properties", "version", "type", value="number"),
        "may be number now",
    ),
    Mutation(
        HTTP,
        "a field may be empty",
        put(*_PLAN, "properties", "unit_id", value={"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}),
        "unit_id may be null now",
    ),
    Mutation(
        HTTP,
        "a field is never empty",
        put(*_PLAN, "properties", "rater_id", value={"type": "string", "format": "uuid"}),
        None,
    ),
    Mutation(
        HTTP, "an identifier of any form", put(*_PLAN, "properties", "id", value=_TEXT), "format is none and was uuid"
    ),
    Mutation(HTTP, "a state more", add(*_STATE, value="FROZEN"), 'may be "FROZEN" now'),
    Mutation(HTTP, "a state less, by which one could filter", take(*_STATE, value="CLOSED"), 'may not be "CLOSED"'),
    Mutation(
        HTTP,
        "fewer states are told",
        put(*_PLAN, "properties", "state", value={"type": "string", "enum": ["SET"]}),
        None,
    ),
    Mutation(HTTP, "any state is told", put(*_PLAN, "properties", "state", value=_TEXT), "state may be any value now"),
    Mutation(
        HTTP, "no success any more", move("paths", LIST, "get", "responses", "200", to="299"), "no longer answers 200"
    ),
    Mutation(HTTP, "an empty answer besides", put(*_OK[:-1], "204", value={"description": "-"}), "may answer 204 now"),
    Mutation(HTTP, "one refusal more", put(*_OK[:-1], "418", value={"description": "-"}), None),
    Mutation(HTTP, "another form", move(*_JSON, to="text/csv"), "200 is no longer application/json"),
    Mutation(HTTP, "a further form", put(*_OK, "content", "text/csv", value={}), None),
    Mutation(HTTP, "problems lose their title", drop(*_S, "Problem", "properties", "title"), "title is no longer told"),
    Mutation(
        HTTP,
        "a schema has another name",
        renamed("PlanSummaryResponse", "PlanShort"),
        None,
    ),
]

FACTS = [
    Mutation(
        EVENTS,
        "an event goes",
        take("operations", "emit", "messages", value={"$ref": f"#/channels/plans/messages/{PROPOSED}"}),
        "is no longer emitted",
    ),
    Mutation(EVENTS, "another topic", put("channels", "plans", "address", value="plans2"), "lies in plans2"),
    Mutation(
        EVENTS, "stays inside", put("components", "messages", PROPOSED, "x-internal", value=True), "is internal now"
    ),
    Mutation(
        EVENTS,
        "an optional field",
        put(*_FACT, "properties", "indicators", value={"type": "integer", "default": 0}),
        None,
    ),
    Mutation(
        EVENTS,
        "a required field",
        both(
            put(*_FACT, "properties", "indicators", value={"type": "integer"}),
            add(*_FACT, "required", value="indicators"),
        ),
        "indicators is required now. This breaks whoever reads the journal",
    ),
    Mutation(EVENTS, "a field goes", drop(*_FACT, "properties", "rater_id"), "rater_id is no longer told"),
    Mutation(EVENTS, "an optional field goes", drop(*_FACT, "properties", "late"), "late is no longer told"),
    Mutation(EVENTS, "an optional field is required", add(*_FACT, "required", value="late"), "late is required now"),
    Mutation(EVENTS, "a field may be missing", take(*_FACT, "required", value="round"), "round may be missing now"),
    Mutation(
        EVENTS, "another type", put(*_FACT, "properties", "round", "type", value="string"), "round may be text now"
    ),
    Mutation(
        EVENTS,
        "a date without a time",
        put(*_FACT, "properties", "respond_by", "format", value="date"),
        "format is date",
    ),
    Mutation(
        EVENTS, "a value less", take(*_S, "LogDecision", "enum", value="APPROVED"), 'may not be "APPROVED" any more'
    ),
    Mutation(EVENTS, "a value more", add(*_S, "LogDecision", "enum", value="FRESH"), 'may be "FRESH" now'),
    Mutation(EVENTS, "another order", lambda document: at(*_FACT, "required")(document).reverse(), None),
    Mutation(EVENTS, "another header is told", put(*_S, "CloudEvent", "properties", "ce_trace", value=_TEXT), None),
    Mutation(
        EVENTS, "a header goes", drop(*_S, "CloudEvent", "properties", "ce_city"), "header ce_city is no longer told"
    ),
]

_METHOD = ("$defs", "Method", "enum")
POLICIES = [
    Mutation(POLICY, "a key more", put("properties", "colour", value=_TEXT), None),
    Mutation(POLICY, "a key goes", drop("properties", "legal_basis"), "legal_basis is no longer known"),
    Mutation(POLICY, "a key is required", put("required", value=["name"]), "name is required now"),
    Mutation(POLICY, "a word more", add(*_METHOD, value="FRESH"), None),
    Mutation(POLICY, "a word less", lambda document: at(*_METHOD)(document).pop(), "This breaks every city"),
    Mutation(
        POLICY, "a smaller number", put("properties", "period_months", "maximum", value=6), "maximum is 6 and was 12"
    ),
]

RESULT = "result-finalised.v1.schema.json"
PUBLISHED = [
    Mutation(RESULT, "an optional field", put("properties", "colour", value=_TEXT), None),
    Mutation(RESULT, "another summary", put("description", value="other"), None),
    Mutation(RESULT, "a field goes", drop("properties", "servant_id"), "every integrator who gets result-finalised.v1"),
    Mutation(RESULT, "a field may be missing", take("required", value="servant_id"), "servant_id may be missing now"),
    Mutation(RESULT, "another type", put("properties", "servant_id", value={"type": "integer"}), "may be integer now"),
    Mutation(
        RESULT, "another address", put("$id", value="/v1/schemas/result/1"), "is published as /v1/schemas/result/1"
    ),
]

TABLE = [*ROUTES, *BODIES, *ANSWERS, *FACTS, *POLICIES, *PUBLISHED]
