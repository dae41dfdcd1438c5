"""What the owner of a database can do to a journal, and what of it the anchors show."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from contracts.base import new_id
from contracts.notify.notices import NoticeDelivered
from kit import anchors, metrics
from kit.anchoring import Anchoring
from kit.db import Database
from kit.journal import GENESIS, chained, stamp
from kit.outbox import emit_all
from kit.relay import Relay
from kit.settings import Settings
from kit.verifying import judge, verify
from tests.conftest import SettingsOf
from tests.support.databases import Databases
from tests.support.emitted import relay_url

pytestmark = pytest.mark.connected
HERE, THERE = "16.71", "14.72"
SERVICE = "notify"
FIELDS = ("event_id", "tenant_id", "topic", "key", "type", "subject", "actor")


def make_key(directory: Path, name: str = "anchor") -> Path:
    key = Ed25519PrivateKey.generate()
    path = directory / f"{name}.key"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with (directory / "anchor.pub").open("ab") as file:
        file.write(public)
    return path


@pytest.fixture
def settings(settings_of: SettingsOf, kit_db: Database, kafka: str, tmp_path: Path) -> Settings:
    places = {
        "anchor_key": str(make_key(tmp_path)),
        "anchors": str(tmp_path),
        "anchor_keys": str(tmp_path / "anchor.pub"),
    }
    return settings_of(kit_db).model_copy(update={"kafka": kafka} | places)


@pytest.fixture
async def owner(kit_db: Database, databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may do everything in the database, and nothing outside."""
    connection = await asyncpg.connect(databases.postgres.uri(str(kit_db.engine.url.database)))
    yield connection
    await connection.close()


async def journal(database: Database, settings: Settings, *cities: str) -> None:
    """Emit an event for each city named, and let the relay carry them."""
    for city in cities:
        async with database.transaction(city) as session:
            event = NoticeDelivered(
                tenant_id=city,
                notice_id=new_id(),
                person_id=new_id(),
                about_event=new_id(),
                about_type="id.kinerja.plans.plan-set.v1",
                delivered_at=database.clock.now(),
            )
            await emit_all(session, [event])
    relaying = asyncio.create_task(Relay(SERVICE, settings).run())
    connection = await asyncpg.connect(relay_url(database))
    left = 1
    async with asyncio.timeout(20):
        while left:
            left = await connection.fetchval("select count(*) from outbox")
            await asyncio.sleep(0.02)
    await connection.close()
    relaying.cancel()
    await asyncio.gather(relaying, return_exceptions=True)


async def recompute(owner: asyncpg.Connection) -> None:
    """Make every chain hold again, as the relay would have made it."""
    ends: dict[str, tuple[int, str]] = {}
    await owner.execute("delete from journal_heads")
    for row in await owner.fetch("select * from journal order by position"):
        _, previous = ends.get(row["tenant_id"], (0, GENESIS))
        said = [str(row[name]) for name in FIELDS]
        hashed = chained(previous, str(row["position"]), *said, row["reason"] or "", stamp(row["time"]), row["body"])
        ends[row["tenant_id"]] = (row["position"], hashed)
        await owner.execute("update journal set hash = $1 where position = $2", hashed, row["position"])
    for city, (position, hashed) in ends.items():
        await owner.execute("insert into journal_heads values ($1, $2, $3)", city, position, hashed)


async def broken(settings: Settings, *, anchored: bool = True) -> list[str]:
    directory = Path(settings.anchors) if anchored else None
    found = await judge(settings.relay_database_url, SERVICE, directory=directory, keys=Path(settings.anchor_keys))
    return [f"{one.tenant_id}/{one.position}: {one.what.partition(' on ')[0]}" for one in found.breaks]


OTHERWISE = "the journal is no longer what was signed"


@pytest.mark.parametrize(
    ("rewriting", "found"),
    [
        (
            "update journal set body = replace(body, 'plan-set', 'plan-cut') where position = 1",
            [f"{HERE}/3: {OTHERWISE}"],
        ),
        ("update journal set actor = 'somebody else' where position = 3", [f"{HERE}/3: {OTHERWISE}"]),
        ("delete from journal where position = 3", [f"{HERE}/3: {OTHERWISE}"]),
        ("delete from journal", [f"{THERE}/2: {OTHERWISE}", f"{HERE}/3: {OTHERWISE}"]),
        ("select 1", []),
    ],
)
async def test_who_owns_the_database_cannot_rewrite_what_was_anchored(
    kit_db: Database, settings: Settings, owner: asyncpg.Connection, rewriting: str, found: list[str]
) -> None:
    await journal(kit_db, settings, HERE, THERE, HERE)
    assert await Anchoring(SERVICE, settings).anchor() == 2
    assert await broken(settings) == []
    await owner.execute(rewriting)
    await recompute(owner)
    assert await broken(settings, anchored=False) == [], "the chains alone would not have shown it"
    assert await broken(settings) == found


async def test_what_no_anchor_covers_yet_is_counted(kit_db: Database, settings: Settings) -> None:
    await journal(kit_db, settings, HERE, THERE)
    await Anchoring(SERVICE, settings).anchor()
    await journal(kit_db, settings, HERE, HERE)
    found = await judge(
        settings.relay_database_url, SERVICE, directory=Path(settings.anchors), keys=Path(settings.anchor_keys)
    )
    assert (found.events, found.unsigned, found.breaks) == (4, 2, [])
    assert found.signed_at is not None


async def test_a_rewritten_journal_is_never_signed_and_pages(
    kit_db: Database, settings: Settings, owner: asyncpg.Connection
) -> None:
    anchoring = Anchoring(SERVICE, settings)
    await journal(kit_db, settings, HERE, THERE)
    await anchoring.anchor()
    await owner.execute("update journal set reason = 'another' where position = 1")
    await recompute(owner)
    await journal(kit_db, settings, HERE, THERE)
    assert await anchoring.anchor() == 1, "the other city's goes on"
    assert metrics.registry.get_sample_value("kinerja_journals_rewritten", {"service": SERVICE}) == 1
    assert await broken(settings) == [f"{HERE}/1: {OTHERWISE}"]


async def test_several_workers_of_a_service_share_a_file(kit_db: Database, settings: Settings) -> None:
    await journal(kit_db, settings, HERE)
    counts = await asyncio.gather(*(Anchoring(SERVICE, settings).anchor() for _ in range(3)))
    assert sorted(counts) == [0, 0, 1]
    assert len(anchors.file_of(Path(settings.anchors), SERVICE).read_bytes().splitlines()) == 1


async def _three_lines(database: Database, settings: Settings) -> Path:
    for _ in range(3):
        await journal(database, settings, HERE)
        await Anchoring(SERVICE, settings).anchor()
    return anchors.file_of(Path(settings.anchors), SERVICE)


@pytest.mark.parametrize("kept", [(1, 2), (0, 2), (1, 0, 2), (0, 0, 1, 2)])
async def test_no_line_is_taken_out_moved_or_repeated(
    kit_db: Database, settings: Settings, kept: tuple[int, ...]
) -> None:
    file = await _three_lines(kit_db, settings)
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"".join(lines[number] + b"\n" for number in kept))
    assert "lines before this one are missing" in (await broken(settings))[0]


async def test_a_line_signed_with_another_key_is_found(kit_db: Database, settings: Settings, tmp_path: Path) -> None:
    await journal(kit_db, settings, HERE)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    await Anchoring(SERVICE, settings.model_copy(update={"anchor_key": str(make_key(foreign))})).anchor()
    assert "not among the trusted ones" in (await broken(settings))[0]


async def test_what_an_older_key_signed_stays_verified(kit_db: Database, settings: Settings, tmp_path: Path) -> None:
    await journal(kit_db, settings, HERE)
    await Anchoring(SERVICE, settings).anchor()
    await journal(kit_db, settings, HERE)
    newer = settings.model_copy(update={"anchor_key": str(make_key(tmp_path, "newer"))})
    await Anchoring(SERVICE, newer).anchor()
    assert await broken(newer) == []


async def test_an_edited_line_is_found(kit_db: Database, settings: Settings) -> None:
    file = await _three_lines(kit_db, settings)
    head, payload, signature = file.read_text().splitlines()[1].split(".")
    edited = f"{head}.{payload[:-4]}{'AAAA' if payload[-4:] != 'AAAA' else 'BBBB'}.{signature}"
    file.write_text(file.read_text().replace(f"{head}.{payload}.{signature}", edited))
    assert "not what was signed" in (await broken(settings))[0]


async def test_a_file_that_was_removed_is_missed_and_the_exit_code_says_so(
    kit_db: Database, settings: Settings
) -> None:
    await journal(kit_db, settings, HERE)
    await Anchoring(SERVICE, settings).anchor()
    assert await verify(SERVICE, settings) == 0
    anchors.file_of(Path(settings.anchors), SERVICE).unlink()
    assert await verify(SERVICE, settings) == 1
