"""What FastAPI cannot know of our routes: that guarded ones need a bearer token, and what every error looks like."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from kit.access import DECLARED
from kit.assistance import HEADER
from kit.readable import LONGEST_KEY

_PROBLEM = {
    "title": "Problem",
    "description": "An error as RFC 9457 has it; further fields belong to the `type`.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Stable; programs decide by it."},
        "title": {"type": "string", "description": "In the reader's language (Accept-Language: id or en)."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and how to fix it, in the reader's language."},
        "instance": {"type": "string", "description": "The path that was asked."},
        "trace": {"type": "string", "description": "By this number whoever runs the system finds the request."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Each place that is wrong."},
    },
    "additionalProperties": True,
}
_BEARER = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A token of the OIDC issuer."}
_ALWAYS = {
    "400": ("UnknownName", "A field or parameter that this route does not have; `errors` names the nearest one"),
    "401": ("Unauthenticated", "No bearer token, or one that does not verify"),
    "403": ("Forbidden", "Not for this person: see docs/permissions.md"),
    "404": ("NotFound", "No such thing in this city"),
    "422": ("Invalid", "The request itself is wrong; `errors` says where"),
    "429": ("TooMany", "More than one person may ask: Retry-After says when to come again"),
    "503": (
        "NotReady",
        "`not-ready`, `busy` or `read-only` (no changes at the moment): Retry-After says when to ask again",
    ),
}
_WITHOUT_TOKEN = {status: said for status, said in _ALWAYS.items() if status not in {"401", "403"}}
_WRITING = {
    "409": ("Refused", "The rules forbid it in this state"),
    "408": ("TooSlow", "The body did not arrive in time"),
    "412": ("Stale", "Somebody else changed it since it was read"),
    "413": ("TooLarge", "The body is larger than this route takes"),
}
_PROBLEM_JSON = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key again gets the first answer and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
_ON_BEHALF = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The civil servant for whom a declared assistant asks; what is written is recorded of both.",
    "schema": {"type": "string", "format": "uuid"},
}


PUBLIC = "x-public"
"""Where a public route says what of it may be read by anybody; ``docs/permissions.md`` is made from it."""
GUARDED: dict[str, Any] = {"security": [{"bearer": []}]}
"""What a guarded route adds to its own part of the document; the rest follows from it."""


class Documented(FastAPI):
    """An application whose document knows of tokens, problems and idempotency keys."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made when it is first asked for."""
        document = super().openapi()
        components = document.setdefault("components", {})
        if "securitySchemes" not in components:
            for methods in document["paths"].values():
                for method, operation in methods.items():
                    if operation.get(DECLARED, {}).get("assisted"):
                        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/OnBehalfOf"})
                    if "security" in operation and method != "get":
                        _complete(operation, _ALWAYS | _WRITING)
                        operation.setdefault("parameters", []).append(
                            {"$ref": "#/components/parameters/IdempotencyKey"}
                        )
                    elif "security" in operation:
                        _complete(operation, _ALWAYS)
                    elif PUBLIC in operation:
                        _complete(operation, _WITHOUT_TOKEN)
            _add(components)
        return document


def _complete(operation: dict[str, Any], answers: Mapping[str, tuple[str, str]]) -> None:
    responses = operation.setdefault("responses", {})
    for status, (name, _) in answers.items():
        own = responses.get(status, {}).get("description", "Validation Error")
        usual = {"$ref": f"#/components/responses/{name}"}
        responses[status] = usual if own == "Validation Error" else {"description": own, "content": _PROBLEM_JSON}


def _add(components: dict[str, Any]) -> None:
    components["securitySchemes"] = {"bearer": _BEARER}
    components["parameters"] = {"IdempotencyKey": _KEY, "OnBehalfOf": _ON_BEHALF}
    answers = (_ALWAYS | _WRITING).values()
    components["responses"] = {
        name: {"description": description, "content": _PROBLEM_JSON} for name, description in answers
    }
    schemas = components.setdefault("schemas", {})
    for never in ("HTTPValidationError", "ValidationError"):  # FastAPI's own words for a malformed request
        schemas.pop(never, None)
    schemas["Problem"] = _PROBLEM
