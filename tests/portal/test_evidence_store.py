"""Files lie in a directory or in object storage by the S3 API, which here is the one of docker-compose.yml; given up, they go."""

import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest
import pytest_asyncio
from obstore.exceptions import BaseError
from sqlmodel import col, select

from contracts.base import new_id
from kinerja.stack import probes
from kinerja.stack.ports import HOST, choose
from kinerja.stack.processes import Child, Program
from kit.actor import Actor
from kit.db import Database, clock
from services.portal.duties.models import DutyDone
from services.portal.evidence.abandoned import KEPT
from services.portal.evidence.commands import begin
from services.portal.evidence.models import EvidenceFile
from services.portal.evidence.store import Store
from services.portal.settings import PortalSettings
from services.portal.sweeping import sweep
from tests.conftest import DatabaseOf, SettingsOf

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]
BROWSER = False
CITY = "16.71"
PASSWORD = token_urlsafe()
_PARTS = ("master", "volume", "filer", "s3")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """An object storage that knows one name and password; its binaries are for Linux (docs/dependencies.md)."""
    if sys.platform != "linux":
        pytest.skip("no object storage for this system")
    directory = tmp_path_factory.mktemp("objects")
    ports = choose([f"{part}{kind}" for part in _PARTS for kind in ("", ".grpc")], {})
    listening = [f"-{part}.port{kind}={ports[f'{part}{kind}']}" for part in _PARTS for kind in ("", ".grpc")]
    program = Program(
        name="evidence",
        command=(str(Path(sys.executable).with_name("weed")), *_words(directory), *listening),
        log=directory / "log",
        environment={"AWS_ACCESS_KEY_ID": "portal", "AWS_SECRET_ACCESS_KEY": PASSWORD},
        ready=lambda: probes.answers(ports["s3"], "/healthz"),
        stop_signal=signal.SIGKILL,
    )
    child = Child(program)
    await child.start()
    yield f"http://{HOST}:{ports['s3']}"
    await child.stop()


def _words(directory: Path) -> tuple[str, ...]:
    own = ("-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=0", "-master.telemetry=false")
    return ("server", "-s3", f"-dir={directory}", f"-ip={HOST}", f"-ip.bind={HOST}", *own)


@pytest.fixture(params=["directory", "s3"])
def store(request: pytest.FixtureRequest, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    return Store(_settings(request.param, address, tmp_path, monkeypatch))


def _settings(
    kind: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str = PASSWORD
) -> PortalSettings:
    told = {"ENDPOINT_URL": address, "ALLOW_HTTP": "true", "REGION": "us-east-1", "ACCESS_KEY_ID": "portal"}
    for name, value in {**told, "SECRET_ACCESS_KEY": secret}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return PortalSettings(portal_files=str(tmp_path / "files") if kind == "directory" else "s3://evidence/files")


async def test_parts_become_one_file_in_their_order_and_are_gone(store: Store) -> None:
    file_id = new_id()
    for offset, part in ((70_000, b"third"), (0, b"first"), (9, b"second"), (9, b"second")):
        await store.keep_part(CITY, file_id, offset, part)
    whole = await store.together(CITY, file_id)
    assert whole == b"firstsecondthird"
    await store.keep(CITY, file_id, whole)
    assert await store.read(CITY, file_id) == whole
    assert await store.together(CITY, file_id) == b""


async def test_what_is_not_there_is_said_and_other_files_stay(store: Store) -> None:
    kept, forgotten = new_id(), new_id()
    for one in (kept, forgotten):
        await store.keep_part(CITY, one, 0, b"x")
    await store.forget_parts(CITY, forgotten)
    assert await store.together(CITY, kept) == b"x"
    assert await store.together(CITY, forgotten) == b""
    with pytest.raises(FileNotFoundError):
        await store.read(CITY, kept)


async def test_object_storage_refuses_who_has_not_the_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Store(_settings("s3", address, tmp_path, monkeypatch, secret="tebakan"))
    with pytest.raises((BaseError, PermissionError)):
        await stranger.keep_part(CITY, new_id(), 0, b"x")


async def test_uploads_that_were_given_up_and_old_marks_are_removed_and_nothing_else(
    store: Store, database_of: DatabaseOf, settings_of: SettingsOf
) -> None:
    database = database_of("portal")
    settings = PortalSettings(**settings_of(database).model_dump(exclude_unset=True))
    given_up, whole = await _begun(database, "ARRIVING"), await _begun(database, "STORED")
    for one in (given_up, whole):
        await store.keep_part(CITY, one.id, 0, b"x")
    wall, business = datetime.now(UTC), database.clock.now()
    await sweep(settings, store, now=wall + KEPT - timedelta(hours=1), business=business)
    assert await _left(database) == {given_up.id, whole.id}
    await sweep(settings, store, now=wall + KEPT + timedelta(hours=1), business=business + timedelta(days=2))
    assert await _left(database) == {whole.id}
    assert await store.together(CITY, given_up.id) == b""
    assert await store.together(CITY, whole.id) == b"x"
    async with database.transaction(CITY, Actor(new_id(), CITY)) as session:
        assert (await session.exec(select(DutyDone))).all() == []


async def _begun(database: Database, state: str) -> EvidenceFile:
    """An upload, and a mark of what was done when it began."""
    async with database.transaction(CITY, Actor(new_id(), CITY)) as session:
        file = await begin(session, service="", path="", name="surat.pdf", size=10)
        file.state = state
        session.add(DutyDone(tenant_id=CITY, id=new_id(), done_at=clock(session).now()))
    return file


async def _left(database: Database) -> set[object]:
    async with database.transaction(CITY, Actor(new_id(), CITY)) as session:
        return set((await session.exec(select(col(EvidenceFile.id)))).all())
