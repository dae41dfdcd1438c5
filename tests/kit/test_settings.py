"""Settings and tokens that must not get through."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from pydantic import ValidationError

from contracts.base import new_id
from kit.auth import Verifier
from kit.errors import Unauthenticated
from kit.settings import LOCAL_ISSUER, Settings
from tests.support.issuer import AUDIENCE, ISSUER, Issuer

MAIL = {"smtp_user": "kinerja", "smtp_password": "geheim"}


def test_the_development_issuer_is_refused_in_production() -> None:
    assert Settings(environment="local", oidc_issuer=LOCAL_ISSUER).oidc_issuer == LOCAL_ISSUER
    with pytest.raises(ValidationError, match="refused in production"):
        Settings(environment="production", oidc_issuer=LOCAL_ISSUER)


def test_a_password_is_never_sent_in_clear() -> None:
    for tls in ("starttls", "implicit"):
        assert Settings.model_validate(MAIL | {"smtp_tls": tls}).smtp_user == "kinerja"
    with pytest.raises(ValidationError, match="in clear"):
        Settings.model_validate(MAIL | {"smtp_tls": "off"})
    assert "geheim" not in repr(Settings.model_validate(MAIL))


@pytest.mark.parametrize("forgotten", ["smtp_user", "smtp_password"])
def test_user_and_password_of_the_mail_server_belong_together(forgotten: str) -> None:
    with pytest.raises(ValidationError, match="belong together"):
        Settings.model_validate(MAIL | {forgotten: ""})


def verifier(issuer: Issuer, **changes: str) -> Verifier:
    fine = {"oidc_issuer": ISSUER, "oidc_audience": AUDIENCE, "oidc_jwks": str(issuer.jwks)}
    return Verifier(Settings(environment="test").model_copy(update=fine | changes))


@pytest.mark.parametrize("changes", [{"oidc_issuer": "http://another"}, {"oidc_audience": "another"}])
def test_a_token_for_somebody_else_is_refused(issuer: Issuer, changes: dict[str, str]) -> None:
    header = issuer.header(new_id(), "16.71")["Authorization"]
    assert verifier(issuer).actor(header).tenant_id == "16.71"
    with pytest.raises(Unauthenticated):
        verifier(issuer, **changes).actor(header)


def test_an_unsigned_token_is_refused(issuer: Issuer) -> None:
    claims: dict[str, object] = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(new_id()), "city": "16.71"}
    claims |= {"exp": datetime.now(UTC) + timedelta(minutes=5)}
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": "test"})
    shared = jwt.encode(
        claims, "a secret that is long enough for any check", algorithm="HS256", headers={"kid": "test"}
    )
    for token in (unsigned, shared):
        with pytest.raises(Unauthenticated):
            verifier(issuer).actor(f"Bearer {token}")


def test_roles_nobody_knows_give_nothing(issuer: Issuer) -> None:
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(new_id()), "city": "16.71", "roles": ["ADMIN", "PANEL"]}
    token = jwt.encode(
        claims | {"exp": datetime.now(UTC) + timedelta(minutes=5)}, issuer._key, "EdDSA", headers={"kid": "test"}
    )
    assert {role.value for role in verifier(issuer).actor(f"Bearer {token}").roles} == {"PANEL"}


def test_settings_come_from_the_environment_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENVIRONMENT": "test", "DATABASE_POOL": "3", "KAFKA_IDEMPOTENT": "false", "OTHER": "x"}.items():
        monkeypatch.setenv(f"KINERJA_{name}", value)
    found = Settings(database_pool=4)
    assert (found.environment, found.database_pool, found.kafka_idempotent) == ("test", 4, False)
    monkeypatch.setenv("KINERJA_DATABASE_POOL", "many")
    with pytest.raises(ValidationError, match="database_pool"):
        Settings()
