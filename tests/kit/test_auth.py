"""Tokens: verified once, remembered no longer than they hold."""

from datetime import UTC, datetime, tzinfo
from typing import Self

import pytest

from contracts.base import Role, new_id
from kit.actor import Actor
from kit.auth import Verifier
from kit.errors import Unauthenticated
from kit.settings import Settings
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.support.wall import stand_in

ANI, CITY = new_id(), "16.71"


@pytest.fixture
def verifier(issuer: Issuer) -> Verifier:
    settings = Settings(environment="test", oidc_issuer=ISSUER, oidc_audience=AUDIENCE, oidc_jwks=str(issuer.jwks))
    return Verifier(settings)


async def test_a_token_says_the_same_every_time(verifier: Verifier, issuer: Issuer) -> None:
    header = issuer.header(ANI, CITY, Role.PANEL)["Authorization"]
    assert [await verifier.actor(header) for _ in range(3)] == [Actor(ANI, CITY, frozenset({Role.PANEL}))] * 3


async def test_a_newer_token_of_the_same_person_says_what_it_says(verifier: Verifier, issuer: Issuer) -> None:
    before, after = issuer.header(ANI, CITY, Role.PANEL), issuer.header(ANI, CITY)
    assert (await verifier.actor(before["Authorization"])).has(Role.PANEL)
    assert not (await verifier.actor(after["Authorization"])).has(Role.PANEL)


async def test_a_remembered_token_is_refused_once_it_has_expired(
    verifier: Verifier, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = f"Bearer {issuer.token(ANI, CITY, minutes=1)}"
    wall = stand_in(monkeypatch, datetime.now(UTC), where="kit.auth.time")

    class Moved(datetime):
        """What PyJWT asks for the time."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(wall.time(), tz)

    monkeypatch.setattr("jwt.api_jwt.datetime", Moved)
    assert (await verifier.actor(header)).id == ANI
    wall.pass_by(30)
    assert (await verifier.actor(header)).id == ANI
    wall.pass_by(31)
    with pytest.raises(Unauthenticated, match="expired"):
        await verifier.actor(header)


async def test_a_refused_token_is_not_remembered(verifier: Verifier, issuer: Issuer) -> None:
    old = issuer.token(ANI, CITY, minutes=-1)
    for _ in range(2):
        with pytest.raises(Unauthenticated, match="expired"):
            await verifier.actor(f"Bearer {old}")
