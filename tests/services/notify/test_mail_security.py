"""E-mail over TLS, with a user and a password, against a real mail server."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import aiosmtplib
import asyncpg
import pytest
from pydantic import SecretStr

from kit.db import Database
from kit.settings import Settings
from services.notify import mailer
from tests.conftest import SettingsOf
from tests.services.notify.arriving import tell_staff
from tests.support.certificates import Certificate, certificate
from tests.support.mail import Sink, mail_server
from tests.support.people import Office, people

pytestmark = pytest.mark.connected

USER = ("kinerja", "kata-sandi-surat")
Tls = Literal["starttls", "implicit"]
both_ways = pytest.mark.parametrize("tls", ["starttls", "implicit"])


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("trusted"))


@pytest.fixture
async def office(notify_db: Database) -> Office:
    told = await people(notify_db)
    await tell_staff(notify_db, told)
    return told


@pytest.fixture
async def relay(settings_of: SettingsOf, notify_db: Database, office: Office) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(settings_of(notify_db).relay_database_url)
    yield connection
    await connection.close()


@pytest.fixture
def settings(settings_of: SettingsOf, notify_db: Database, trusted: Certificate) -> Settings:
    """As they should be, but for the port and the kind of TLS."""
    name, password = USER
    right = {"smtp_user": name, "smtp_password": SecretStr(password), "smtp_ca": str(trusted.file)}
    return settings_of(notify_db).model_copy(update=right)


def towards(settings: Settings, sink: Sink, tls: str, **changes: object) -> Settings:
    return settings.model_copy(update={"smtp_port": sink.port, "smtp_tls": tls, **changes})


async def untried(relay: asyncpg.Connection) -> bool:
    attempts = await relay.fetch("select attempts from deliveries where channel = 'EMAIL'")
    return bool(attempts) and {row["attempts"] for row in attempts} == {0}


@both_ways
async def test_mail_goes_out_encrypted_in_the_name_of_the_user(
    tls: Tls, relay: asyncpg.Connection, settings: Settings, trusted: Certificate, notify_db: Database
) -> None:
    async with mail_server(tls=tls, certificate=trusted, user=USER) as sink:
        assert await mailer.send_waiting(relay, towards(settings, sink, tls), notify_db.clock) == 5
        assert len(sink.messages) == 5
        assert sink.logins == [("kinerja", True)]


@both_ways
async def test_a_wrong_password_costs_no_try(
    tls: Tls, relay: asyncpg.Connection, settings: Settings, trusted: Certificate, notify_db: Database
) -> None:
    async with mail_server(tls=tls, certificate=trusted, user=USER) as sink:
        wrong = towards(settings, sink, tls, smtp_password=SecretStr("salah"))
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await mailer.send_waiting(relay, wrong, notify_db.clock)
        assert sink.messages == []
    assert await untried(relay)


@both_ways
async def test_a_server_whose_certificate_nobody_vouches_for_learns_nothing(
    tls: Tls, relay: asyncpg.Connection, settings: Settings, notify_db: Database, tmp_path: Path
) -> None:
    async with mail_server(tls=tls, certificate=certificate(tmp_path), user=USER) as sink:
        with pytest.raises(OSError, match=r"certificate verify failed"):
            await mailer.send_waiting(relay, towards(settings, sink, tls), notify_db.clock)
        assert (sink.logins, sink.messages) == ([], [])
    assert await untried(relay)


async def test_a_server_that_offers_no_encryption_learns_nothing(
    relay: asyncpg.Connection, settings: Settings, notify_db: Database
) -> None:
    async with mail_server(user=USER) as sink:
        with pytest.raises(aiosmtplib.SMTPException, match="STARTTLS"):
            await mailer.send_waiting(relay, towards(settings, sink, "starttls"), notify_db.clock)
        assert (sink.logins, sink.messages) == ([], [])
    assert await untried(relay)
