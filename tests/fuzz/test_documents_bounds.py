"""How large anything may be stands in the documents: every text, number and cursor of a request has its bounds."""

import pytest

from contracts.base import SERVICES
from kinerja.documents.api import openapi
from tests.fuzz.fields import Document, Field

each_service = pytest.mark.parametrize("service", SERVICES)


def fields(service: str) -> list[tuple[str, Field]]:
    document = Document(openapi(service))
    operations = [(f"{method} {path}", operation) for method, path, operation in document.operations()]
    return [(name, field) for name, operation in operations for field in document.fields(operation)]


@each_service
def test_every_text_says_how_long_it_may_be(service: str) -> None:
    texts = [(name, field) for name, field in fields(service) if field.is_text() and not field.listed()]
    schemas = [(f"{name} {one.name}", schema) for name, one in texts for schema in one.schemas]
    endless = [name for name, schema in schemas if schema.get("type") == "string" and "maxLength" not in schema]
    assert texts
    assert endless == []


@each_service
def test_every_number_says_how_large_and_how_small_it_may_be(service: str) -> None:
    lows, highs = {"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}
    numbers = [(name, field) for name, field in fields(service) if field.is_number()]
    schemas = [
        (f"{name} {field.name}", schema)
        for name, field in numbers
        for schema in field.schemas
        if schema.get("type") in ("integer", "number")
    ]
    assert [name for name, schema in schemas if not (lows & schema.keys() and highs & schema.keys())] == []


@each_service
def test_every_write_takes_an_idempotency_key_of_a_length_that_is_said(service: str) -> None:
    document = Document(openapi(service))
    for method, path, operation in document.operations():
        keys = [one for one in document.fields(operation) if one.name == "header.Idempotency-Key"]
        if "security" in operation and method != "GET":
            assert [one.schemas[0].get("maxLength") for one in keys] == [255], path
