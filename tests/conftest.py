"""Fixtures of every ring: an embedded PostgreSQL, a database a service, a clock that is set, an issuer, HTTP clients.

``pytest --apache-kafka`` (`make test-kafka`) runs whatever asks for a broker, and that alone, on Apache Kafka.
"""

import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from kinerja.national.gateway import access
from kinerja.secrets import webhooks
from kinerja.stack.ports import HOST, choose
from kinerja.stack.postgres import roles
from kit.db import Database
from kit.settings import Settings
from tests.support.aside import Aside
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.databases import Databases
from tests.support.emitted import relay_url
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.support.policies import CITIES

if TYPE_CHECKING:
    from kinerja.stack.kafka import ApacheKafka

# A busy machine is no counter-example.
hypothesis_settings.register_profile("kinerja", deadline=None)
hypothesis_settings.load_profile("kinerja")

DatabaseOf = Callable[[str], Database]
ClientOf = Callable[[str, Database], Client]
SettingsOf = Callable[[Database], Settings]


APACHE_KAFKA = "--apache-kafka"
LONG_OUTAGES = "--long-outages"
PICTURES = "--pictures"
NODE = "apache_kafka"
APACHE_ALONE = frozenset({NODE, "guarded_kafka", "pgbouncer"})
ON_A_BROKER = APACHE_ALONE | {"kafka", "played"}
"""Fixtures that stand for a broker: a test that asks for one of these belongs to the ring of `make test-kafka`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(APACHE_KAFKA, action="store_true", help="run the tests that use a broker, on Apache Kafka")
    parser.addoption(LONG_OUTAGES, action="store_true", help="Kafka away a minute, PostgreSQL two, Temporal five")
    parser.addoption(PICTURES, action="store_true", help="take the pictures of docs/portal anew")


def on_apache_kafka(config: pytest.Config) -> bool:
    """Whether this run is the ring of `make test-kafka`."""
    return bool(config.getoption(APACHE_KAFKA))


def pytest_report_header(config: pytest.Config) -> str | None:
    if not on_apache_kafka(config):
        return None
    from kinerja.stack.kafka import version  # noqa: PLC0415

    return f"Apache Kafka {version()}, KRaft mode"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With Apache Kafka only what uses a broker; without it nothing that needs that one."""
    kept: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        fixtures: frozenset[str] = frozenset(getattr(item, "fixturenames", ()))
        ours = not ON_A_BROKER.isdisjoint(fixtures) if on_apache_kafka(config) else APACHE_ALONE.isdisjoint(fixtures)
        (kept if ours else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


@pytest.fixture(scope="session")
def aside() -> Iterator[Aside]:
    """The loop on which the engines live."""
    made = Aside()
    yield made
    made.close()


@pytest.fixture(scope="session")
def engines() -> Iterator[Path]:
    """Where the engines keep their data. Not under pytest's own directory, whose mode every other run resets."""
    directory = Path(tempfile.mkdtemp(prefix="kinerja-"))
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def databases(aside: Aside, engines: Path) -> Iterator[Databases]:
    """One PostgreSQL server for this run (for this worker, under pytest-xdist)."""
    made = Databases(aside, engines / "postgres")
    yield made
    made.close()


@pytest.fixture(scope="module")
def module_databases(databases: Databases) -> Iterator[dict[str, str]]:
    """The databases this module has used so far, by service."""
    names: dict[str, str] = {}
    yield names
    for name in names.values():
        databases.drop(name)


@pytest.fixture
def clock() -> SetClock:
    """Stands at Monday 5 January 2026, 09:00 in Jakarta, until the test moves it."""
    return SetClock()


@pytest.fixture
async def database_of(
    databases: Databases, module_databases: dict[str, str], clock: SetClock
) -> AsyncIterator[DatabaseOf]:
    """``database_of("plans")``: an empty, migrated database of a service, through its application role."""
    opened: dict[str, Database] = {}

    def database(service: str) -> Database:
        if service in opened:
            return opened[service]
        if service in module_databases:
            databases.empty(module_databases[service])
        else:
            module_databases[service] = databases.copy(service, f"test_{service}")
        url = databases.postgres.sqlalchemy_uri(module_databases[service], roles(service)[1])
        opened[service] = Database(url, clock=clock, pool=10)
        return opened[service]

    yield database
    for one in opened.values():
        await one.close()


@pytest.fixture
def registry_db(database_of: DatabaseOf) -> Database:
    return database_of("registry")


@pytest.fixture
def plans_db(database_of: DatabaseOf) -> Database:
    return database_of("plans")


@pytest.fixture
def evaluation_db(database_of: DatabaseOf) -> Database:
    return database_of("evaluation")


@pytest.fixture
def feedback_db(database_of: DatabaseOf) -> Database:
    return database_of("feedback")


@pytest.fixture
def notify_db(database_of: DatabaseOf) -> Database:
    return database_of("notify")


@pytest.fixture
def integrations_db(database_of: DatabaseOf) -> Database:
    return database_of("integrations")


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """Whom the services of the tests trust."""
    return Issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def webhook_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the secrets of webhooks are encrypted with."""
    keys = tmp_path_factory.mktemp("webhooks") / "webhooks.keys"
    webhooks.ensure(keys)
    return keys


@pytest.fixture(scope="session")
def national_gateways(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """How each city of the tests reaches the national application, where nobody listens."""
    file = tmp_path_factory.mktemp("national") / "gateways.json"
    file.write_text(json.dumps(dict.fromkeys(CITIES.values(), access("http://127.0.0.1:9"))), encoding="utf-8")
    return file


@pytest.fixture
def settings_of(issuer: Issuer, webhook_keys: Path, national_gateways: Path, pytestconfig: pytest.Config) -> SettingsOf:
    """Settings of a service on this database; change them with ``model_copy(update=...)``."""

    def settings(database: Database) -> Settings:
        return Settings(
            environment="test",
            database_url=database.engine.url.render_as_string(hide_password=False),
            relay_database_url=relay_url(database),
            kafka_idempotent=on_apache_kafka(pytestconfig),
            kafka_session_ms=6_000,
            smtp_tls="off",
            oidc_issuer=ISSUER,
            oidc_audience=AUDIENCE,
            oidc_jwks=str(issuer.jwks),
            webhook_keys=str(webhook_keys),
            national_gateways=str(national_gateways),
            http_rate=0,  # a test asks faster than any person, and fails to sign in more often
            http_failed_rate=0,
        )

    return settings


@pytest.fixture
async def client_of(settings_of: SettingsOf, issuer: Issuer) -> AsyncIterator[ClientOf]:
    """``client_of("plans", plans_db)``: a client of the service's API."""
    opened: list[Client] = []

    def client(service: str, database: Database) -> Client:
        opened.append(Client(api_of(service, settings_of(database), database), issuer))
        return opened[-1]

    yield client
    for one in opened:
        await one.aclose()


@pytest.fixture(scope="module")
def kafka(request: pytest.FixtureRequest, aside: Aside, engines: Path) -> Iterator[str]:
    """The address of a broker that this module has to itself, with every topic made."""
    if on_apache_kafka(request.config):
        node: ApacheKafka = request.getfixturevalue(NODE)
        yield node.address
        return
    from kinerja.stack.broker import broker  # noqa: PLC0415 - most modules need none
    from kit.topics import topics  # noqa: PLC0415

    port = choose(["test-broker"], {})["test-broker"]
    child = broker(port=port, log=engines / "broker.log", make=topics())
    aside.run(child.start())
    yield f"{HOST}:{port}"
    aside.run(child.stop())


@pytest.fixture(scope="module")
def apache_kafka(aside: Aside, engines: Path) -> Iterator["ApacheKafka"]:
    """A node of Apache Kafka that this module has to itself, with every topic made."""
    from tests.support.apache_kafka import running  # noqa: PLC0415 - most modules need none

    with running(aside, engines) as node:
        yield node
