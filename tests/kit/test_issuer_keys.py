"""An issuer that is slow, silent, broken or asked for keys it never had: the API goes on serving whom it knows."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import jwt
import pytest

from contracts.base import new_id
from kit import issuer_keys
from kit.auth import Verifier
from kit.errors import NotReady, Unauthenticated
from kit.issuer_keys import IssuerKeys
from kit.settings import Settings
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.support.key_server import KeyServer, key_server
from tests.support.wall import Wall, stand_in

ANI, CITY = new_id(), "16.71"


@pytest.fixture
async def server(issuer: Issuer) -> AsyncIterator[KeyServer]:
    async with key_server(issuer.jwks.read_bytes()) as made:
        yield made


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return stand_in(monkeypatch, datetime.now(UTC), where="kit.issuer_keys.time")


def verifier(server: KeyServer, *, timeout: float = 30.0) -> Verifier:
    settings = Settings(
        environment="test",
        oidc_issuer=ISSUER,
        oidc_audience=AUDIENCE,
        oidc_jwks=server.url,
        oidc_timeout_seconds=timeout,
    )
    return Verifier(settings)


def invented(number: int = 0) -> str:
    """A token that names a key nobody has."""
    return "Bearer " + jwt.encode({"sub": "x"}, "k" * 64, algorithm="HS256", headers={"kid": f"invented-{number}"})


async def test_everybody_known_is_served_while_the_issuer_never_answers(server: KeyServer, issuer: Issuer) -> None:
    checking = verifier(server)
    remembered = issuer.header(ANI, CITY)["Authorization"]
    await checking.actor(remembered)
    checking._keys._ended_at = float("-inf")  # the pause after that fetch is over
    server.silent = True
    server.next_asked.clear()
    stranger = asyncio.create_task(checking.actor(invented()))
    await server.next_asked.wait()  # the loop runs while the issuer holds the question
    assert (await checking.actor(remembered)).id == ANI
    fresh = new_id()
    assert (await checking.actor(issuer.header(fresh, CITY)["Authorization"])).id == fresh
    assert not stranger.done()
    stranger.cancel()


async def test_many_who_invent_keys_make_one_question(server: KeyServer) -> None:
    checking = verifier(server, timeout=0.3)
    server.silent = True
    answers = await asyncio.gather(*(checking.actor(invented(n)) for n in range(200)), return_exceptions=True)
    assert {type(one) for one in answers} == {NotReady}
    assert server.asked == 1


async def test_after_a_fetch_nobody_asks_again_for_a_while(server: KeyServer, wall: Wall) -> None:
    keys = IssuerKeys(server.url, timeout=5)
    for number in range(50):
        with pytest.raises(jwt.InvalidKeyError):
            await keys.key(f"invented-{number}")
    assert server.asked == 1
    wall.pass_by(issuer_keys.PAUSE_SECONDS)
    with pytest.raises(jwt.InvalidKeyError):
        await keys.key("another")
    assert server.asked == 2


async def test_a_name_the_issuer_did_not_know_is_remembered_for_a_while(server: KeyServer, wall: Wall) -> None:
    keys = IssuerKeys(server.url, timeout=5)
    for seconds, asked in ((0.0, 1), (issuer_keys.UNKNOWN_SECONDS - 1, 1), (1.0, 2)):
        wall.pass_by(seconds)
        with pytest.raises(jwt.InvalidKeyError):
            await keys.key("invented")
        assert server.asked == asked


async def test_only_so_many_unknown_names_are_remembered(
    server: KeyServer, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuer_keys, "UNKNOWN", 3)
    keys = IssuerKeys(server.url, timeout=5)
    for number in range(9):
        wall.pass_by(issuer_keys.PAUSE_SECONDS)
        with pytest.raises(jwt.InvalidKeyError):
            await keys.key(f"invented-{number}")
    assert list(keys._unknown) == ["invented-6", "invented-7", "invented-8"]


async def test_a_new_key_of_the_issuer_is_found(server: KeyServer, issuer: Issuer, wall: Wall) -> None:
    keys = IssuerKeys(server.url, timeout=5)
    assert (await keys.key("test")).key_id == "test"
    server.keys = issuer.jwks.read_bytes().replace(b'"test"', b'"newer"')
    wall.pass_by(issuer_keys.PAUSE_SECONDS)
    assert (await keys.key("newer")).key_id == "newer"


async def test_a_key_that_was_taken_away_counts_no_longer(server: KeyServer, issuer: Issuer, wall: Wall) -> None:
    keys = IssuerKeys(server.url, timeout=5)
    await keys.key("test")
    server.keys = issuer.jwks.read_bytes().replace(b'"test"', b'"newer"')
    wall.pass_by(issuer_keys.FRESH_SECONDS)
    await keys.key("test")  # the last time: it is looked up beside
    assert keys._fetching is not None
    await keys._fetching
    with pytest.raises(jwt.InvalidKeyError):
        await keys.key("test")


async def test_known_keys_hold_while_the_issuer_is_away_but_not_for_ever(server: KeyServer, wall: Wall) -> None:
    keys = IssuerKeys(server.url, timeout=5)
    await keys.key("test")
    server.status = "503 Service Unavailable"
    wall.pass_by(issuer_keys.KEPT_SECONDS - 1)
    assert (await keys.key("test")).key_id == "test"
    wall.pass_by(1 + issuer_keys.PAUSE_SECONDS)
    with pytest.raises(NotReady):
        await keys.key("test")


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"{}", b'{"keys": []}', b'{"keys": [1]}', b"\xff", b"[" * 100_000, b"{" + b" " * 1_100_000]
)
async def test_what_is_no_set_of_keys_is_no_answer(server: KeyServer, answer: bytes) -> None:
    server.keys = answer
    with pytest.raises(NotReady):
        await IssuerKeys(server.url, timeout=5).key("test")


async def test_an_answer_that_points_elsewhere_is_not_followed(server: KeyServer, issuer: Issuer) -> None:
    async with key_server(issuer.jwks.read_bytes()) as elsewhere:
        server.status = f"302 Found\r\nLocation: {elsewhere.url}"
        with pytest.raises(NotReady):
            await IssuerKeys(server.url, timeout=5).key("test")
        assert elsewhere.asked == 0


async def test_keys_of_a_file_ask_nobody(issuer: Issuer, tmp_path: Path) -> None:
    keys = IssuerKeys(str(issuer.jwks), timeout=5)
    assert (await keys.key("test")).key_id == "test"
    with pytest.raises(jwt.InvalidKeyError):
        await keys.key("invented")
    with pytest.raises(jwt.InvalidKeyError):
        await IssuerKeys("", timeout=5).key("test")


async def test_an_invented_key_is_a_401_once_the_issuer_has_answered(server: KeyServer) -> None:
    with pytest.raises(Unauthenticated):
        await verifier(server).actor(invented())
