"""The documents in docs/api tell what the code does: routes with their tokens and problems, events told and heard."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from contracts.base import DEPLOYED, SERVICES, Event
from contracts.known import emitted_by
from kinerja.documents.events import heard
from kinerja.documents.permissions import page
from kinerja.documents.written import PERMISSIONS, PLACE, documents, write, write_permissions

MADE = documents()
PARSED: dict[str, Any] = {name: json.loads(text) for name, text in MADE.items()}
MEND = "run `make contracts`, look at the difference, and commit it with the change that made it"


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_document_is_what_the_code_makes(name: str) -> None:
    path = PLACE / name
    same = path.exists() and path.read_text() == MADE[name]
    assert same, f"docs/api/{name} does not tell what the code does: {MEND}"


def test_there_is_no_document_of_something_else() -> None:
    assert {path.name for path in PLACE.glob("*.json")} == set(MADE), MEND


def test_writing_tells_what_changed_and_mends_it(tmp_path: Any) -> None:
    write(tmp_path)
    assert write(tmp_path) == []
    (tmp_path / "plans.openapi.json").write_text("{}")
    (tmp_path / "gone.openapi.json").write_text("{}")
    assert write(tmp_path) == ["gone.openapi.json", "plans.openapi.json"]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == MADE


def test_the_page_of_permissions_is_what_the_routes_declare(tmp_path: Any) -> None:
    assert PERMISSIONS.read_text() == page(), f"docs/permissions.md: {MEND}"
    here = tmp_path / "permissions.md"
    assert [write_permissions(here), write_permissions(here)] == [["permissions.md"], []]
    assert here.read_text() == page()


@pytest.mark.parametrize("name", sorted(MADE))
def test_every_reference_leads_somewhere(name: str) -> None:
    missing = {reference for reference in _references(PARSED[name]) if _followed(PARSED[name], reference) is None}
    assert missing == set()


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(found := node.get("$ref"), str):
            yield found
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from _references(one)


def _followed(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document.get(step) if isinstance(document, dict) else None
    return document


def _operations(service: str) -> Iterator[tuple[str, str, Any]]:
    for path, methods in PARSED[f"{service}.openapi.json"]["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.parametrize("service", SERVICES)
def test_every_guarded_route_asks_for_a_token_and_answers_errors_as_problems(service: str) -> None:
    document = PARSED[f"{service}.openapi.json"]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, method, operation in _operations(service):
        guarded = path.startswith("/v1/") and not path.startswith("/v1/public/")
        assert operation.get("security") == ([{"bearer": []}] if guarded else None), path
        if not guarded:
            continue
        writing = {"409", "412"} if method != "get" else set()
        for status in {"401", "403", "404", "422", "503"} | writing:
            answer = operation["responses"][status]
            answer = _followed(document, answer["$ref"]) if "$ref" in answer else answer
            assert set(answer["content"]) == {"application/problem+json"}, (path, status)


@pytest.mark.parametrize("service", SERVICES)
def test_a_public_route_answers_errors_as_problems_and_knows_no_token(service: str) -> None:
    for path, _, operation in _operations(service):
        if path.startswith("/v1/public/"):
            assert {"404", "422", "429", "503"} <= set(operation["responses"]), path
            assert not {"401", "403"} & set(operation["responses"]), path


def test_every_event_is_emitted_by_one_service_and_every_event_heard_is_emitted() -> None:
    emitting = [kind for service in DEPLOYED for kind in emitted_by(service)]
    assert sorted(kind.ce_type() for kind in emitting) == sorted(Event.known)
    hearing = {kind for service in DEPLOYED for kinds in heard(service).values() for kind in kinds}
    assert hearing <= set(emitting)


@pytest.mark.parametrize("service", DEPLOYED)
def test_what_stays_inside_is_marked_so(service: str) -> None:
    messages = PARSED[f"{service}.asyncapi.json"]["components"]["messages"]
    marked = {name for name, message in messages.items() if message.get("x-internal")}
    assert marked == {name for name in messages if Event.known[name].internal}
    assert {name for name in messages if ".obligations-" in name} <= marked


@pytest.mark.parametrize("service", DEPLOYED)
def test_the_document_of_events_tells_who_emits_and_who_hears(service: str) -> None:
    document = PARSED[f"{service}.asyncapi.json"]
    assert document["asyncapi"] == "3.0.0"
    operations = document["operations"]
    sends = {one["$ref"].rpartition("/")[2] for one in operations.get("emit", {"messages": []})["messages"]}
    assert sends == {kind.ce_type() for kind in emitted_by(service)}
    receives = {name: one for name, one in operations.items() if one["action"] == "receive"}
    assert {one["bindings"]["kafka"]["groupId"]["const"] for one in receives.values()} == set(heard(service))
    for operation in operations.values():
        channel = _followed(document, operation["channel"]["$ref"])
        assert {one["$ref"].rpartition("/")[2] for one in operation["messages"]} <= set(channel["messages"])
