"""Settings that must not get through."""

import pytest
from pydantic import ValidationError

from kit.settings import Settings
from kit.trust import LOCAL_ISSUER

MAIL = {"smtp_user": "kinerja", "smtp_password": "geheim"}


LOCAL = (
    "http://kinerja.local",
    "http://kinerja.local/",
    "HTTP://Kinerja.LOCAL",
    "http://kinerja.local:80",
    "https://kinerja.local./realms/kinerja",
    " http://kinerja.local",
    "http://user@kinerja.local",
    "https://sso.kinerja.local",
)


@pytest.mark.parametrize("written", LOCAL)
@pytest.mark.parametrize("name", ["oidc_issuer", "oidc_jwks"])
def test_the_development_issuer_is_refused_in_production_however_it_is_written(written: str, name: str) -> None:
    assert Settings(environment="local", oidc_issuer=LOCAL_ISSUER).oidc_issuer == LOCAL_ISSUER
    with pytest.raises(ValidationError, match="refused in production"):
        Settings.model_validate({"environment": "production", name: written})


@pytest.mark.parametrize("jwks", ["/etc/kinerja/jwks.json", "file:///etc/kinerja/jwks.json", "jwks.json"])
def test_keys_in_a_file_are_refused_in_production(jwks: str) -> None:
    assert Settings(environment="local", oidc_jwks=jwks).oidc_jwks == jwks
    with pytest.raises(ValidationError, match="no URL"):
        Settings(environment="production", oidc_jwks=jwks)


def test_keys_travel_in_clear_within_the_own_network_alone() -> None:
    for host in ("keycloak:8080", "10.0.0.7", "[fd00::7]:8080", "sso.internal", "keycloak.auth.svc.cluster.local"):
        Settings(environment="production", oidc_jwks=f"http://{host}/certs")
    for host in ("sso.example.go.id", "8.8.8.8", "internal.example.com"):
        Settings(environment="production", oidc_jwks=f"https://{host}/certs")
        with pytest.raises(ValidationError, match="in clear"):
            Settings(environment="production", oidc_jwks=f"http://{host}/certs")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.7", "kinerja.example.go.id"])
@pytest.mark.parametrize("environment", ["local", "test"])
def test_development_settings_listen_on_this_machine_alone(host: str, environment: str) -> None:
    Settings.model_validate({"environment": "production", "http_host": host})
    for here in ("127.0.0.1", "127.0.0.2", "::1", "localhost"):
        Settings.model_validate({"environment": environment, "http_host": here})
    with pytest.raises(ValidationError, match="KINERJA_HTTP_HOST"):
        Settings.model_validate({"environment": environment, "http_host": host})


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


def test_settings_come_from_the_environment_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENVIRONMENT": "test", "DATABASE_POOL": "3", "KAFKA_IDEMPOTENT": "false", "OTHER": "x"}.items():
        monkeypatch.setenv(f"KINERJA_{name}", value)
    found = Settings(database_pool=4)
    assert (found.environment, found.database_pool, found.kafka_idempotent) == ("test", 4, False)
    monkeypatch.setenv("KINERJA_DATABASE_POOL", "many")
    with pytest.raises(ValidationError, match="database_pool"):
        Settings()
