"""The development issuer's token endpoint for machines: client credentials, and nothing that was not fixed with the client."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from contracts.base import Role, new_id
from kinerja.sign_in.__main__ import admitting
from kinerja.sign_in.app import Client, Signer, build
from kinerja.stack import issuer, machines
from kinerja.stack.state import State
from kit.auth import Verifier
from kit.settings import Settings

CITY, SCOPES = "14.72", ["events:result-finalised", "events:result-superseded"]


class Asking:
    """A machine that was made, and the endpoint."""

    def __init__(self, state: State, client: httpx.AsyncClient) -> None:
        self.state, self.client, self.account = state, client, new_id()
        self.secret = machines.enrol(state, "payroll-14.72", sub=self.account, city=CITY, scopes=SCOPES)

    async def ask(self, name: str = "payroll-14.72", secret: str | None = None, **form: str) -> httpx.Response:
        auth = (name, self.secret if secret is None else secret)
        return await self.client.post("/token", data={"grant_type": "client_credentials"} | form, auth=auth)


@pytest.fixture
async def asking(tmp_path: Path) -> AsyncIterator[Asking]:
    state = State(tmp_path)
    state.prepare()
    issuer.ensure(state)

    async def find(_: str) -> Any:
        return []

    signer = Signer(issuer.ISSUER, issuer.AUDIENCE, lambda claims: issuer.sign(state, claims))
    app = build(signer, Client("portal", "of the portal", ()), find, state.jwks, admit=admitting(state))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as client:
        yield Asking(state, client)


async def test_a_machine_gets_a_token_of_its_city_and_scopes(asking: Asking) -> None:
    answer = await asking.ask()
    given = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 900, " ".join(SCOPES))
    settings = Settings(
        environment="local",
        oidc_issuer=issuer.ISSUER,
        oidc_audience=issuer.AUDIENCE,
        oidc_jwks=str(asking.state.jwks),
    )
    actor = await Verifier(settings).actor(f"Bearer {given['access_token']}")
    assert (actor.id, actor.tenant_id, actor.roles) == (asking.account, CITY, frozenset({Role.INTEGRATOR}))
    assert actor.scopes == frozenset(SCOPES)


async def test_id_and_secret_may_come_in_the_form_as_well(asking: Asking) -> None:
    form = {"grant_type": "client_credentials", "client_id": "payroll-14.72", "client_secret": asking.secret}
    assert (await asking.client.post("/token", data=form)).status_code == 200


async def test_a_wrong_secret_an_unknown_client_and_the_portal_hear_the_same(asking: Asking) -> None:
    tries = (("payroll-14.72", asking.secret[:-1]), ("payroll-14.72", ""), ("payrol", asking.secret), ("", ""))
    for name, secret in (*tries, ("portal", "of the portal"), ("payroll-14.72", "\xe9")):
        answer = await asking.ask(name, secret)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"}), name
        assert answer.headers["www-authenticate"] == "Basic"
    answer = await asking.client.post(
        "/token", data={"grant_type": "client_credentials"}, headers={"Authorization": "Basic %"}
    )
    assert answer.status_code == 401


async def test_nothing_that_is_asked_changes_the_city_or_the_scopes(asking: Asking) -> None:
    assert (await asking.ask(scope="events:person")).json() == {"error": "invalid_scope"}
    one = (await asking.ask(scope=SCOPES[0], city="16.71", sub=str(UUID(int=1)))).json()
    assert one["scope"] == " ".join(SCOPES)
    assert "refresh_token" not in one
    assert "id_token" not in one


async def test_a_machine_gets_nothing_that_people_get(asking: Asking) -> None:
    answer = await asking.ask(grant_type="authorization_code", code="any")
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_a_machine_that_is_made_while_the_issuer_runs_is_known_at_once(asking: Asking) -> None:
    secret = machines.enrol(asking.state, "dashboard-14.72", sub=new_id(), city=CITY, scopes=["events"])
    assert (await asking.ask("dashboard-14.72", secret)).json()["scope"] == "events"


async def test_the_endpoint_says_what_it_gives(asking: Asking) -> None:
    told = (await asking.client.get("/.well-known/openid-configuration")).json()
    assert told["grant_types_supported"] == ["authorization_code", "refresh_token", "client_credentials"]
    assert told["token_endpoint"] == "http://127.0.0.1/token"
