"""Acting for somebody without a computer: every route that does not say that it takes an assistant refuses one."""

from collections.abc import Mapping
from typing import Any

import pytest

from contracts.base import SERVICES, Relation, Role, new_id
from kinerja.documents.api import openapi
from kit.access import DECLARED, permits
from kit.assistance import HEADER
from kit.db import Database
from tests.conftest import SettingsOf
from tests.support.client import Client, api_of
from tests.support.issuer import Issuer

CITY = "14.72"
ASSISTED = {
    ("plans", "GET /plans"),
    ("plans", "GET /plans/{plan_id}"),
    ("plans", "GET /plans/{plan_id}/goals"),
    ("plans", "GET /plan-templates"),
    ("plans", "PUT /plans/{plan_id}"),
    ("plans", "POST /plans/{plan_id}/start"),
    ("plans", "POST /plans/{plan_id}/copy"),
    ("plans", "POST /plans/{plan_id}/proposal"),
    ("plans", "POST /plans/{plan_id}/confirmation"),
    ("plans", "GET /plans/{plan_id}/activities"),
    ("plans", "GET /plans/{plan_id}/activities/weeks"),
    ("plans", "POST /plans/{plan_id}/activities"),
    ("plans", "POST /plans/{plan_id}/activities/file"),
    ("plans", "GET /plans/{plan_id}/activities/download"),
    ("plans", "GET /reports/{report_id}"),
    ("plans", "POST /reports/{report_id}"),
    ("plans", "POST /reports/{report_id}/confirmation"),
    ("evaluation", "GET /results"),
    ("evaluation", "GET /results/{result_id}"),
    ("evaluation", "GET /results/{result_id}/explanation"),
    ("evaluation", "POST /results/{result_id}/acknowledgement"),
    ("feedback", "POST /cycles/{cycle_id}/acknowledgement"),
    ("notify", "GET /todo"),
}
"""What a person does for himself or herself, and what must be read for it; no objection, and no act as a rater."""


def _routes(service: str) -> Mapping[str, Mapping[str, Any]]:
    return {
        f"{method.upper()} {path.removeprefix('/v1')}": operation[DECLARED]
        for path, methods in openapi(service)["paths"].items()
        for method, operation in methods.items()
        if DECLARED in operation
    }


def test_these_routes_take_an_assistant_and_no_other_does() -> None:
    taking = {
        (service, route) for service in SERVICES for route, said in _routes(service).items() if said.get("assisted")
    }
    assert taking == ASSISTED


def test_a_route_for_others_than_the_person_cannot_take_an_assistant() -> None:
    with pytest.raises(ValueError, match="assistant"):
        permits(Relation.RATER, Relation.DEBTOR, assisted=True)


@pytest.fixture
def database(service: str, request: pytest.FixtureRequest) -> Database:
    """The one of the service."""
    found: Database = request.getfixturevalue(f"{service}_db")
    return found


@pytest.mark.connected
@pytest.mark.parametrize("service", SERVICES)
async def test_every_other_route_refuses_an_assistant_before_it_reads_anything(
    service: str, database: Database, settings_of: SettingsOf, issuer: Issuer
) -> None:
    asked = {HEADER: str(new_id())}
    answers: dict[str, tuple[int, str]] = {}
    async with Client(api_of(service, settings_of(database), database), issuer) as client:
        for route, said in _routes(service).items():
            if not said.get("assisted"):
                method, path = route.split(" ")
                # Every role at once: no role makes somebody an assistant.
                headers = client.as_(new_id(), CITY, *Role) | asked
                answer = await client.request(method, f"/v1{_filled(path)}", headers=headers)
                answers[route] = (answer.status_code, answer.json()["detail"])
    assert answers
    assert {route: one for route, one in answers.items() if one[0] != 403 or HEADER not in one[1]} == {}


def _filled(path: str) -> str:
    """The path with an id for each of its parameters."""
    return "/".join(str(new_id()) if part.startswith("{") else part for part in path.split("/"))
