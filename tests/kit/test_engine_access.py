"""Names, passwords and certificates on the way to Kafka and Temporal."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from faststream.kafka.security import parse_security
from pydantic import ValidationError
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from kinerja.secrets.authority import Authority
from kit import kafka_access, temporal_access
from kit.settings import Settings
from tests.workflows.conftest import TEST_SERVER

NAMED = {"kafka_user": "plans", "kafka_password": "geheim"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (NAMED, "KINERJA_KAFKA_TLS is off"),
        ({"kafka_user": "plans"}, "belong together"),
        ({"kafka_password": "geheim"}, "belong together"),
        ({"temporal_tls": True, "temporal_key": "a.key"}, "belong together"),
        ({"temporal_api_key": "geheim"}, "KINERJA_TEMPORAL_TLS is off"),
        ({"temporal_certificate": "a.pem", "temporal_key": "a.key"}, "KINERJA_TEMPORAL_TLS is off"),
    ],
)
def test_half_a_credential_and_one_in_clear_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Settings.model_validate(given)


def test_production_refuses_engines_that_ask_nobody_for_a_name() -> None:
    settings = Settings(environment="production")
    with pytest.raises(ValueError, match="anybody's word"):
        kafka_access.client(settings)
    with pytest.raises(ValueError, match="anybody's word"):
        kafka_access.security(settings)
    with pytest.raises(ValueError, match="anybody's word"):
        temporal_access.client(settings)
    closed_off = settings.model_copy(update={"kafka_open": True, "temporal_open": True})
    assert kafka_access.client(closed_off)["security_protocol"] == "PLAINTEXT"
    assert temporal_access.client(closed_off)["tls"] is False


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"])
def test_relay_and_consumers_present_themselves_alike(mechanism: str) -> None:
    settings = Settings.model_validate(NAMED | {"kafka_tls": True, "kafka_mechanism": mechanism})
    relay = kafka_access.client(settings)
    consumers = parse_security(kafka_access.security(settings))
    assert isinstance(relay.pop("ssl_context"), ssl.SSLContext)
    assert isinstance(consumers.pop("ssl_context"), ssl.SSLContext)
    assert relay == consumers | {"bootstrap_servers": settings.kafka}
    assert "geheim" not in repr(settings)


@asynccontextmanager
async def behind_tls(target: str, directory: Path) -> AsyncIterator[str]:
    """Temporal's address behind TLS that asks for a certificate of the authority in ``directory``."""
    authority = Authority.make("test")
    authority.write(directory / "ca.pem")
    authority.issue(directory / "server.pem", "localhost", "127.0.0.1")
    authority.issue(directory / "client.pem", "workflows")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "server.pem")
    context.load_verify_locations(directory / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    host, port = target.split(":")

    async def passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection(host, int(port))
        await asyncio.gather(_copy(reader, to_writer), _copy(to_reader, writer), return_exceptions=True)

    server = await asyncio.start_server(passed, "127.0.0.1", 0, ssl=context)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


@pytest.mark.connected
async def test_temporal_lets_in_who_shows_a_certificate_of_its_authority(tmp_path: Path) -> None:
    env = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER), data_converter=pydantic_data_converter
    )
    async with env, behind_tls(env.client.service_client.config.target_host, tmp_path) as address:
        mine = str(tmp_path / "client.pem")
        settings = Settings(
            environment="production",
            temporal=address,
            temporal_tls=True,
            temporal_ca=str(tmp_path / "ca.pem"),
            temporal_certificate=mine,
            temporal_key=mine,
        )
        assert await (await Client.connect(**temporal_access.client(settings))).service_client.check_health()
        nobody = settings.model_copy(
            update={"temporal_certificate": "", "temporal_key": "", "temporal_open": True},
        )
        with pytest.raises(RuntimeError):
            await Client.connect(**temporal_access.client(nobody))
        stranger = settings.model_copy(update={"temporal_ca": ""})
        with pytest.raises(RuntimeError):
            await Client.connect(**temporal_access.client(stranger))
