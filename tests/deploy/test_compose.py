"""docker-compose.yml cannot run in the tests, so it is read: against the settings, itself, and the local stack."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from contracts.base import DEPLOYED, PORTAL, SERVICES, Role
from contracts.workflows import SEARCH_ATTRIBUTES
from kinerja.cli import app
from kinerja.secrets import passwords
from kinerja.stack.environment import MEMORY, Surroundings
from kinerja.stack.postgres import Postgres
from kinerja.stack.state import State
from kit.settings import PREFIX, Settings
from services.portal.settings import PortalSettings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: part for name, part in PARTS.items() if part["image"] == "kinerja" and name != "topics"}
KNOWN = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
OF_THE_PORTAL = {f"{PREFIX}{field.upper()}" for field in PortalSettings.model_fields}
OBJECT_STORAGE = {
    f"AWS_{name}" for name in ("ENDPOINT_URL", "ALLOW_HTTP", "REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
}
"""What the client of the S3 API reads by itself (tests/portal/test_evidence_store.py does it with these)."""


def _values(part: dict[str, Any]) -> dict[str, str]:
    """Its environment with the defaults of the variables that nobody set."""
    values = part.get("environment", {})
    known = {key: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for key, value in values.items()}
    return {key: re.sub(r"\$\{(\w+):\?[^}]*\}", r"secret-\1", value) for key, value in known.items()}


def _hosts(part: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Every ``host:port`` its settings name."""
    values = _values(part)
    for key, value in values.items():
        if key != "KINERJA_OIDC_ISSUER":  # a name that browsers see, too
            yield from ((host, int(port)) for host, port in re.findall(r"(?:^|@|//)([a-z][\w-]*):(\d+)", value))
    if "KINERJA_SMTP_HOST" in values:
        yield values["KINERJA_SMTP_HOST"], int(values["KINERJA_SMTP_PORT"])


CREDENTIALS = {
    *(f"KINERJA_KAFKA_{name}" for name in ("TLS", "CA", "MECHANISM", "USER", "PASSWORD")),
    *(f"KINERJA_SMTP_{name}" for name in ("USER", "PASSWORD", "SENDER")),
    "KINERJA_TEMPORAL_OPEN",
}
"""What the engines of a local stack do not ask for: they listen on this machine alone."""
LISTENS = {"kafka": 9092, "temporal": 7233, "postgres": 5432, "mailpit": 1025, "keycloak": 8080, "evidence": 8333}
LISTENS |= {f"{service}-api": 8000 for service in SERVICES}
"""What the images listen on, as their documentation has it."""


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_settings_read(name: str) -> None:
    assert set(OURS[name]["environment"]) <= (OF_THE_PORTAL | OBJECT_STORAGE if name.startswith(PORTAL) else KNOWN)


@pytest.mark.parametrize("name", OURS)
def test_the_settings_accept_what_compose_gives(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in _values(OURS[name]).items():
        monkeypatch.setenv(key, value)
    settings = PortalSettings() if name.startswith(PORTAL) else Settings()
    if isinstance(settings, PortalSettings) and name == f"{PORTAL}-api":
        settings.require_whole()
    assert settings.environment == "production"
    assert (settings.http_host, settings.http_port) == ("0.0.0.0", 8000)


def test_production_keeps_what_people_bring_in_no_memory() -> None:
    with pytest.raises(ValueError, match="KINERJA_PORTAL_FILES"):
        PortalSettings(environment="production").require_files()
    PortalSettings(environment="production", portal_files="s3://evidence").require_files()


def test_the_password_of_the_mail_server_is_for_notify_alone() -> None:
    told = {name for name, part in PARTS.items() if "KINERJA_SMTP_PASSWORD" in part.get("environment", {})}
    assert told == {"notify-worker"}


def test_each_process_has_the_secrets_it_needs_and_no_others() -> None:
    """A stolen API reads and writes one service's rows; it speaks neither for the relay, nor on the bus, nor to Temporal."""
    for service in DEPLOYED:
        upper = service.upper()
        kinds = {kind: _secrets(PARTS[f"{service}-{kind}"]) for kind in ("migrate", "api", "worker")}
        assert kinds["migrate"] == {f"{upper}_OWNER_PASSWORD"}
        own = {"PORTAL_CLIENT_SECRET", "PORTAL_KEYS"} if service == PORTAL else set()
        files = {"EVIDENCE_PASSWORD"} if service == PORTAL else set()
        assert kinds["api"] == {f"{upper}_APP_PASSWORD"} | own | files
        assert (
            kinds["worker"] == {f"{upper}_APP_PASSWORD", f"{upper}_RELAY_PASSWORD", f"KAFKA_{upper}_PASSWORD"} | files
        )
    assert _secrets(PARTS["workflows"]) == {"KAFKA_WORKFLOWS_PASSWORD"}


def _secrets(part: dict[str, Any]) -> set[str]:
    return set(re.findall(r"\$\{(\w+):\?", json.dumps(part)))


def test_no_secret_has_a_default_and_one_command_makes_them_all() -> None:
    asked = {name for part in PARTS.values() for name in _secrets(part)}
    assert asked == set(passwords.names())
    text = (ROOT / "docker-compose.yml").read_text()
    assert not re.findall(r"\$\{(?!KINERJA_SMTP_PASSWORD)\w*PASSWORD:-", text)


def test_people_reach_apis_and_apis_reach_their_database_alone() -> None:
    on = {name: set(part["networks"]) for name, part in PARTS.items()}
    for service in DEPLOYED:
        assert on[f"{service}-api"] == {"database", "people"} | ({"evidence"} if service == PORTAL else set())
        assert on[f"{service}-migrate"] == {"database"}
    assert {name for name, networks in on.items() if "workflows" in networks and name not in OURS} == {
        "temporal",
        "temporal-attributes",
        "temporal-ui",
    }
    used = {network for networks in on.values() for network in networks}
    assert used == set(COMPOSE["networks"])


def test_secrets_are_made_once_and_stay(tmp_path: Path) -> None:
    command = CliRunner().invoke(app, ["secrets", "--directory", str(tmp_path)])
    assert command.exit_code == 0, command.output
    kept = {path.name: path.read_bytes() for path in (tmp_path / "deploy/secrets").iterdir()}
    mounted = {
        volume.split(":")[0].removeprefix("./deploy/secrets/")
        for part in PARTS.values()
        for volume in part.get("volumes", [])
        if volume.startswith("./deploy/secrets/")
    }
    assert set(kept) == mounted
    env = (tmp_path / ".env").read_text()
    values = [line.partition("=")[2] for line in env.splitlines()]
    assert len(set(values)) == len(values) == len(list(passwords.names()))
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert CliRunner().invoke(app, ["secrets", "--directory", str(tmp_path)]).exit_code == 0
    assert (tmp_path / ".env").read_text() == env
    assert {path.name: path.read_bytes() for path in (tmp_path / "deploy/secrets").iterdir()} == kept


@pytest.mark.parametrize("name", PARTS)
def test_every_address_is_a_part_that_listens_there(name: str) -> None:
    elsewhere = [(host, port) for host, port in _hosts(PARTS[name]) if host not in {name, "localhost"}]
    for host, port in elsewhere:
        assert LISTENS[host] == port
        assert host in PARTS


def test_temporal_knows_by_what_cycles_are_searched_for_before_a_story_starts() -> None:
    assert PARTS["temporal-attributes"]["environment"]["NAMES"].split() == list(SEARCH_ATTRIBUTES)
    assert "temporal-attributes" in PARTS["workflows"]["depends_on"]


@pytest.mark.parametrize("name", PARTS)
def test_what_a_part_waits_for_exists_and_can_become_true(name: str) -> None:
    for other, wait in PARTS[name].get("depends_on", {}).items():
        needed = PARTS[other]
        assert "profiles" not in needed
        if wait["condition"] == "service_healthy":
            assert needed["healthcheck"]["test"][0] == "CMD"
        else:
            assert wait["condition"] == "service_completed_successfully"
            assert needed["restart"] == "no"


def test_no_two_parts_publish_the_same_port_and_none_to_the_world() -> None:
    published = [port for part in PARTS.values() for port in part.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert len({port.split(":")[1] for port in published}) == len(published)


def test_every_file_and_volume_that_is_mounted_exists() -> None:
    for part in PARTS.values():
        for source in (volume.split(":")[0] for volume in part.get("volumes", [])):
            if source.startswith("./deploy/secrets/"):
                continue  # what `make secrets` makes: see above
            assert (ROOT / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"]


def test_the_same_processes_run_as_in_the_local_stack() -> None:
    expected = {f"{service}-{part}" for service in DEPLOYED for part in ("migrate", "api", "worker")}
    assert set(OURS) == expected | {"workflows"}
    for name, part in OURS.items():
        service, _, kind = name.partition("-")
        module = [f"services.{service}", kind] if kind else ["workflows", "worker"]
        assert part["command"] == ["python", "-m", *module]


def test_the_local_stack_gives_the_same_settings(tmp_path: Path) -> None:
    state = State(tmp_path)
    ports = dict.fromkeys(["notify-api", "notify-api-metrics", "temporal", "broker", "mail"], 1)
    around = Surroundings(state, ports, Postgres(state.postgres), clock="")
    local = {name for name in around.program("notify-api").environment if name.startswith("KINERJA_")}
    assert local <= KNOWN
    given = {name for part in ("migrate", "api", "worker") for name in OURS[f"notify-{part}"]["environment"]}
    assert local - given == {"KINERJA_LOG_LEVEL", "KINERJA_ANCHOR_SECONDS"}
    assert given - local == CREDENTIALS


def test_prometheus_asks_every_process_once() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    targets = [
        target for job in config["scrape_configs"] for group in job["static_configs"] for target in group["targets"]
    ]
    port = int(COMPOSE["x-shared"]["KINERJA_METRICS_PORT"])
    assert sorted(targets) == sorted(f"{name}:{port}" for name in OURS if not name.endswith("-migrate"))


def test_nobody_outside_reaches_the_ports_of_the_metrics() -> None:
    inside = COMPOSE["x-shared"]["KINERJA_METRICS_PORT"]
    assert inside != COMPOSE["x-shared"]["KINERJA_HTTP_PORT"]
    published = [port for part in OURS.values() for port in part.get("ports", [])]
    assert published
    assert not [port for port in published if port.endswith(f":{inside}")]


def test_the_image_copies_what_is_there_and_what_the_build_may_see() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "deploy/Dockerfile").read_text(), re.MULTILINE)
    visible = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    names = {name for words in copied for name in words.split()}
    assert names == set(visible)
    assert all((ROOT / name).exists() for name in names)


def test_keycloak_puts_the_claims_into_tokens_that_the_services_read() -> None:
    realm = json.loads((ROOT / "deploy/keycloak/kinerja-realm.json").read_text())
    for client in realm["clients"]:
        claims = {mapper["config"].get("claim.name") for mapper in client["protocolMappers"]}
        assert {"sub", "city", "roles"} <= claims
    assert {role["name"] for role in realm["roles"]["realm"]} == {role.value for role in Role}


def test_keycloak_knows_the_portal_and_returns_to_no_other_address() -> None:
    realm = json.loads((ROOT / "deploy/keycloak/kinerja-realm.json").read_text())
    (portal,) = (one for one in realm["clients"] if one["clientId"] == PORTAL)
    url = _values(OURS["portal-api"])["KINERJA_PORTAL_URL"]
    assert portal["redirectUris"] == [f"{url}/masuk/kembali"]
    assert not portal["publicClient"]
    told = portal["attributes"]
    assert told["pkce.code.challenge.method"] == "S256"
    assert told["post.logout.redirect.uris"] == f"{url}/keluar/selesai"
    assert told["backchannel.logout.url"] == "http://portal-api:8000/oidc/keluar"


def test_keycloak_lets_a_machine_choose_neither_its_city_nor_its_scopes() -> None:
    realm = json.loads((ROOT / "deploy/keycloak/kinerja-realm.json").read_text())
    (machine,) = (one for one in realm["clients"] if one["clientId"] not in {"kinerja", PORTAL})
    assert "scopes" in {one["config"].get("claim.name") for one in machine["protocolMappers"]}
    fixed = {one["protocolMapper"] for one in machine["protocolMappers"] if "claim.name" in one["config"]}
    assert fixed == {"oidc-hardcoded-claim-mapper"}
    assert (machine["enabled"], machine["serviceAccountsEnabled"], machine["publicClient"]) == (False, True, False)


def test_the_image_gives_memory_back_as_the_local_stack_does() -> None:
    image = (ROOT / "deploy" / "Dockerfile").read_text()
    assert dict(re.findall(r"(MALLOC_\w+)=(\d+)", image)) == MEMORY
