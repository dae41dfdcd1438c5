"""Tokens that must not get through: each claim and each field of the header with what an attacker would write there."""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contracts.base import new_id
from kit.auth import Verifier
from kit.errors import Unauthenticated
from kit.settings import Settings
from tests.support.issuer import AUDIENCE, ISSUER, Issuer

ANI = new_id()
REMOVED = object()


def verifier(issuer: Issuer, **changes: str) -> Verifier:
    fine = {"oidc_issuer": ISSUER, "oidc_audience": AUDIENCE, "oidc_jwks": str(issuer.jwks)}
    return Verifier(Settings(environment="test").model_copy(update=fine | changes))


def claims(**changes: object) -> dict[str, object]:
    """A fine token's claims, changed; ``REMOVED`` takes one away."""
    fine: dict[str, object] = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(ANI), "city": "16.71", "roles": ["PANEL"]}
    fine |= {"exp": datetime.now(UTC) + timedelta(minutes=5)}
    return {name: value for name, value in (fine | changes).items() if value is not REMOVED}


def signed(issuer: Issuer, header: Mapping[str, Any] | None = None, **changes: object) -> str:
    """By the issuer's own key: a mistaken issuer is no excuse for a 500 or a wrong actor."""
    return jwt.encode(claims(**changes), issuer._key, "EdDSA", headers={"kid": "test"} | dict(header or {}))


PAYLOAD = json.dumps(claims(exp=datetime.now(UTC).timestamp() + 3_600)).encode()


def raw(
    issuer: Issuer, payload: bytes, header: bytes = b'{"alg":"EdDSA","kid":"test"}', secret: bytes | None = None
) -> str:
    """Exactly these bytes, signed by the issuer or with a shared secret."""
    parts = [base64.urlsafe_b64encode(one).rstrip(b"=") for one in (header, payload)]
    signing = b".".join(parts)
    signature = issuer._key.sign(signing) if secret is None else hmac.digest(secret, signing, "sha256")
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


async def refused(issuer: Issuer, token: str) -> str:
    """Why it was refused, which fits into an answer."""
    with pytest.raises(Unauthenticated) as caught:
        await verifier(issuer).actor(f"Bearer {token}")
    return json.dumps([caught.value.en, caught.value.indonesian], ensure_ascii=False).encode().decode()


@pytest.mark.parametrize("changes", [{"oidc_issuer": "http://another"}, {"oidc_audience": "another"}])
async def test_a_token_for_somebody_else_is_refused(issuer: Issuer, changes: dict[str, str]) -> None:
    header = f"Bearer {signed(issuer)}"
    assert (await verifier(issuer).actor(header)).tenant_id == "16.71"
    with pytest.raises(Unauthenticated):
        await verifier(issuer, **changes).actor(header)


@pytest.mark.parametrize(
    "sub",
    [
        str(UUID(int=0)),
        UUID(int=0).hex,
        f"urn:uuid:{UUID(int=0)}",
        f"{{{UUID(int=0)}}}",
        "",
        "ani",
        REMOVED,
    ],
)
async def test_nobody_acts_as_the_system(issuer: Issuer, sub: object) -> None:
    await refused(issuer, signed(issuer, sub=sub))


@pytest.mark.parametrize(
    "city",
    [
        "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT SIX}.\N{ARABIC-INDIC DIGIT SEVEN}\N{ARABIC-INDIC DIGIT ONE}",
        "16.7\N{ARABIC-INDIC DIGIT ONE}",
        "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT SIX}.\N{FULLWIDTH DIGIT SEVEN}\N{FULLWIDTH DIGIT ONE}",
        "16.71\n",
        " 16.71",
        "16.71.14",
        "16-71",
        "",
        "16.71\0",
        None,
        16.71,
        REMOVED,
    ],
)
async def test_a_city_is_written_in_the_digits_of_its_code(issuer: Issuer, city: object) -> None:
    await refused(issuer, signed(issuer, city=city))


@pytest.mark.parametrize("roles", ["PANEL", {"PANEL": True}, [["PANEL"]], [1], None, True])
async def test_roles_are_a_list_of_words(issuer: Issuer, roles: object) -> None:
    await refused(issuer, signed(issuer, roles=roles))


async def test_roles_nobody_knows_give_nothing(issuer: Issuer) -> None:
    for given, held in ((["ADMIN", "PANEL"], {"PANEL"}), (["panel", " PANEL", "SYSTEM"], set()), (REMOVED, set())):
        actor = await verifier(issuer).actor(f"Bearer {signed(issuer, roles=given)}")
        assert {role.value for role in actor.roles} == held


@pytest.mark.parametrize("exp", ["tomorrow", None, [], True, -1, 0, 10**20, 1e300, REMOVED])
async def test_a_token_ends_and_soon(issuer: Issuer, exp: object) -> None:
    await refused(issuer, signed(issuer, exp=exp))


@pytest.mark.parametrize("number", [b"Infinity", b"NaN", b"1e999", b"9" * 5_000])
async def test_a_number_that_is_none_is_no_time(issuer: Issuer, number: bytes) -> None:
    exp = int(datetime.now(UTC).timestamp()) + 3_600
    for name in ("exp", "nbf", "iat"):
        payload = json.dumps(claims(exp=exp) | {name: "?"}).encode().replace(b'"?"', number)
        await refused(issuer, raw(issuer, payload))


async def test_a_token_that_is_good_for_a_day_at_most(issuer: Issuer) -> None:
    for hours, fine in ((23.9, True), (24.1, False), (24 * 365, False)):
        token = signed(issuer, exp=datetime.now(UTC) + timedelta(hours=hours))
        if fine:
            assert (await verifier(issuer).actor(f"Bearer {token}")).id == ANI
        else:
            assert "longer" in await refused(issuer, token)


@pytest.mark.parametrize("name", ["nbf", "iat"])
async def test_a_token_of_tomorrow_is_refused_today(issuer: Issuer, name: str) -> None:
    await refused(issuer, signed(issuer, None, **{name: datetime.now(UTC) + timedelta(minutes=2)}))


@pytest.mark.parametrize("aud", ["another", ["another"], [], {}, None, REMOVED, f"{AUDIENCE} "])
async def test_the_audience_is_ours(issuer: Issuer, aud: object) -> None:
    await refused(issuer, signed(issuer, aud=aud))


async def test_an_audience_may_be_one_of_several(issuer: Issuer) -> None:
    token = signed(issuer, aud=["another", AUDIENCE])
    assert (await verifier(issuer).actor(f"Bearer {token}")).id == ANI


async def test_no_algorithm_is_taken_from_the_token(issuer: Issuer) -> None:
    public = issuer._key.public_key()
    # The public key as a shared secret, in each form in which it is published.
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for secret in (public.public_bytes(Encoding.Raw, PublicFormat.Raw), pem, issuer.jwks.read_bytes()):
        await refused(issuer, raw(issuer, PAYLOAD, b'{"alg":"HS256","kid":"test"}', secret=secret))
    for name in (b"none", b"None", b"NONE", b"", b"HS256", b"EdDSA"):
        unsigned = raw(issuer, PAYLOAD, b'{"alg":"' + name + b'","kid":"test"}').rpartition(".")[0]
        await refused(issuer, unsigned + ".")


@pytest.mark.parametrize("field", ["jwk", "jku", "x5u", "x5c"])
async def test_a_key_that_the_token_brings_itself_is_not_looked_at(
    issuer: Issuer, field: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stranger = Issuer(tmp_path_factory.mktemp("stranger"))
    brought = json.loads(stranger.jwks.read_text())["keys"][0] if field == "jwk" else str(stranger.jwks)
    await refused(issuer, signed(stranger, {field: brought}))


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"null",
        b'{"alg":"EdDSA"}',
        b'{"alg":"EdDSA","kid":null}',
        b'{"alg":"EdDSA","kid":["test"]}',
        b'{"alg":["EdDSA"],"kid":"test"}',
        b'{"alg":"EdDSA","kid":"\\ud800"}',
        b'{"alg":"EdDSA","kid":"te\\u0000st"}',
        b'{"alg":"EdDSA","kid":"' + b"k" * 201 + b'"}',
        b'{"alg":"EdDSA","kid":"test","x":' + b"[" * 2_500 + b"]" * 2_500 + b"}",
        b'{"alg":"EdDSA","kid":"test","crit":["b64"],"b64":false}',
    ],
)
async def test_a_header_of_another_shape_is_refused_with_words(issuer: Issuer, header: bytes) -> None:
    await refused(issuer, raw(issuer, PAYLOAD, header))


@pytest.mark.parametrize("payload", [b"", b"[]", b"null", b"\xff", b"[" * 2_500 + b"]" * 2_500])
async def test_a_payload_of_another_shape_is_refused_with_words(issuer: Issuer, payload: bytes) -> None:
    await refused(issuer, raw(issuer, payload))


async def test_a_token_made_by_hand_is_fine_when_it_is_right(issuer: Issuer) -> None:
    assert (await verifier(issuer).actor(f"Bearer {raw(issuer, PAYLOAD)}")).id == ANI


async def test_a_huge_token_is_not_taken_apart(issuer: Issuer) -> None:
    assert "8192 characters" in await refused(issuer, signed(issuer, filler="x" * 10_000))


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b", "Bearer ....", "Bearer \ud800"])
async def test_what_is_no_bearer_token_is_refused(issuer: Issuer, given: str) -> None:
    with pytest.raises(Unauthenticated):
        await verifier(issuer).actor(given)


async def test_the_word_bearer_may_be_written_in_any_case(issuer: Issuer) -> None:
    assert (await verifier(issuer).actor(f"bearer {signed(issuer)}")).id == ANI
