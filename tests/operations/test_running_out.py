"""What runs out is told in days: the disk by what the journals grew, certificates by their dates; keys by their age."""

import asyncio
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kinerja.commands.secrets import secrets
from kinerja.operations.capacity import Capacity, Holding, measured
from kinerja.operations.disk import bytes_said, shown
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of
from tests.kit.test_anchors import SERVICE
from tests.operations.served import Served, served
from tests.operations.terminal import Terminal
from tests.portal.tasks import OPERATIONS
from tests.support.aside import Aside
from tests.support.certificates import certificate

pytestmark = [pytest.mark.connected, pytest.mark.timeout(180)]
AGED = """
update journal set event_id = encode(overlay(uuid_send(event_id)
    placing substring(int8send((extract(epoch from now() - make_interval(days => $1)) * 1000)::bigint) from 3) from 1), 'hex')::uuid
where position <= $2
"""
"""The first events were told so many days ago, by the wall."""


@pytest.fixture(scope="module")
def house(aside: Aside, tmp_path_factory: pytest.TempPathFactory, kafka: str) -> Iterator[Served]:
    held = AsyncExitStack()
    yield aside.run(held.enter_async_context(served(tmp_path_factory.mktemp("filling"), kafka)))
    aside.run(held.aclose())


async def _of(house: Served, *, window: int = 7, free: int | None = None) -> tuple[Capacity, Holding]:
    found = await measured(house.state, url=None, free=free, window=window)
    [mine] = [one for one in found.holdings if one.what == f"database {SERVICE}"]
    return found, mine


async def test_the_days_until_the_disk_is_full_are_told(house: Served) -> None:
    at = house.terminal()
    said = await at.run("operations", "capacity")
    at.within(OPERATIONS, "capacity")
    assert re.match(r"(\d+ days|More than 10 years) at the present growth", said)
    rows = [line.strip() for line in said.splitlines() if re.search(r"\d [kMGT]?B ", line)][1:]
    sizes = [bytes_said("".join(re.findall(r"  (\d[\d.]*) (.?B)  ", row)[0])) for row in rows[:-1]]
    assert len(sizes) >= 3
    assert sizes == sorted(sizes, reverse=True), "the largest first"
    assert rows[-1].startswith("together")
    found, mine = await _of(house)
    size = await house.execute("select pg_database_size(current_database())")
    assert mine.bytes == size
    assert mine.a_day == pytest.approx(size), "all of it came within its first day"
    assert found.free == pytest.approx(os.statvfs(house.postgres.data).f_bavail * os.statvfs("/").f_frsize, rel=0.1)
    full = await house.terminal().run("operations", "capacity", "--free", f"{int(found.a_day * 3)}", code=1)
    assert re.match(r"[23] days at the present growth", full)
    await house.terminal().run("operations", "capacity", "--free", f"{int(found.a_day * 3)}", "--warn", "2")


async def test_growth_is_what_the_wall_saw_and_nothing_else(house: Served) -> None:
    await house.execute("update journal set time = time + interval '200 days'")  # the business clock says nothing
    await house.execute(AGED, 20, 6)
    assert (await _of(house))[1].a_day == pytest.approx((await _of(house))[1].bytes * 3 / 9 / 7)
    assert (await _of(house, window=30))[1].a_day == pytest.approx((await _of(house))[1].bytes / 20, rel=0.01)
    await house.execute(AGED, 20, 1000)
    found, mine = await _of(house)
    assert (mine.a_day, found.a_day, found.days) == (0, 0, None)
    said = await house.terminal().run("operations", "capacity")
    assert said.startswith("No growth measured: no event in the last 7 days")
    assert "at the present growth" not in said
    said = await house.terminal().run("operations", "capacity", "--days", "30")
    assert "at the present growth" in said


async def test_what_lies_beside_grows_as_the_databases_do(house: Served) -> None:
    (house.state.root / "kafka").mkdir()
    (house.state.root / "kafka" / "log").write_bytes(bytes(5_000_000))
    await house.execute("create database temporal")
    found, _ = await _of(house, window=30)
    sizes = {one.what: one for one in found.holdings}
    assert sizes["Kafka"].bytes == pytest.approx(5_000_000, rel=0.01)
    databases = [sizes[f"database {one}"] for one in ("notify", "feedback")]
    share = sum(one.a_day for one in databases) / sum(one.bytes for one in databases)
    for what in ("Kafka", "database temporal"):
        assert sizes[what].a_day == pytest.approx(sizes[what].bytes * share)
    assert sizes["PostgreSQL besides"].a_day == 0


async def test_a_disk_that_nobody_can_look_at_is_asked_for(house: Served) -> None:
    words = ("operations", "capacity", "--postgres", house.postgres.uri(), "--days", "30")
    assert "say what is free there, e.g. --free 200G" in await house.terminal().run(*words, code=1)
    assert "200 GB free" in await house.terminal().run(*words, "--free", "200G")
    assert "--free wants bytes" in await house.terminal().run(*words, "--free", "much", code=1)
    some = house.postgres.uri(database_of("feedback"), "feedback_app")
    said = await house.terminal().run("operations", "capacity", "--postgres", some, "--free", "1T", code=1)
    assert "name a superuser, or one with bypassrls" in said


def test_bytes_are_read_and_said_as_people_do() -> None:
    assert (bytes_said("200G"), bytes_said("1.5 TiB"), bytes_said("512")) == (200 * 2**30, 1649267441664, 512)
    assert (shown(812 * 1024), shown(1.4 * 2**30), shown(3 * 2**40)) == ("812 kB", "1.4 GB", "3.0 TB")
    with pytest.raises(StackError, match="--free wants bytes"):
        bytes_said("-3G")


async def test_what_ends_soon_comes_first(tmp_path: Path) -> None:
    secrets(tmp_path)
    kept, state = tmp_path / "deploy" / "secrets", tmp_path / "state"
    state.mkdir()
    (kept / "mail").mkdir()
    soon = certificate(kept / "mail")
    (state / "portal.secret").write_text("seals-sessions-and-is-nobodys-business")
    aged = datetime.now(UTC) - timedelta(days=400, hours=1)
    os.utime(kept / "anchor.key", (aged.timestamp(), aged.timestamp()))
    at = Terminal(state)
    said = await at.run("operations", "expiry", "--secrets", str(kept), code=1)
    at.within(OPERATIONS, "expiry")
    names = re.findall(r"CN=([\w.]+)", said)
    assert names[0] == "mail.test"
    assert sorted(names[1:]) == ["kafka", "kinerja"]
    assert re.search(r"^ +0 +\d{4}-\d\d-\d\d +CN=mail.test", said, re.MULTILINE)
    assert re.search(r"^ +18\d\d +\d{4}-\d\d-\d\d +CN=kafka", said, re.MULTILINE)
    told = " ".join(said.split())
    assert "Journal anchors" in told
    ages = [int(one) for one in re.findall(r"^ +(\d+)  +\S*/", said.partition("days old")[2], re.MULTILINE)]
    assert ages[0] == 400
    assert ages == sorted(ages, reverse=True)
    assert len(ages) == 4, "anchor.key, webhooks.keys, .env, portal.secret"
    for one in (
        tmp_path / ".env",
        kept / "anchor.key",
        kept / "webhooks.keys",
        state / "portal.secret",
        kept / "kafka.pem",
    ):
        for line in one.read_text().splitlines():
            secret = line.partition("=")[2].strip("=") or line.strip("=")
            assert secret.startswith("-----") or secret not in said.replace("\n", "")
    soon.file.unlink()
    await Terminal(state).run("operations", "expiry", "--secrets", str(kept))
    await Terminal(state).run("operations", "expiry", "--secrets", str(kept), "--warn", "4000", code=1)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


async def test_a_server_is_asked_for_what_it_shows(tmp_path: Path) -> None:
    made = certificate(tmp_path)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=made.server)
    plain = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server, plain:
        address, silent = (f"127.0.0.1:{one.sockets[0].getsockname()[1]}" for one in (server, plain))
        words = ("operations", "expiry", "--connect", address)
        said = await Terminal(tmp_path).run(*words, code=1)
        assert re.search(rf"0 .*CN=mail.test +{address}", said)
        await Terminal(tmp_path).run(*words, "--warn", "0")
        said = await Terminal(tmp_path).run(*words, "--connect", silent, "--warn", "0", code=1)
        assert "shows no certificate" in said
        assert said.index("shows no certificate") < said.index("CN=mail.test"), "what cannot be read comes first"
    assert "--connect wants HOST:PORT" in await Terminal(tmp_path).run("operations", "expiry", "--connect", "x", code=1)


async def test_what_cannot_be_read_is_told_and_ends_with_one(tmp_path: Path) -> None:
    kept, broken, gateways = (
        tmp_path / "secrets",
        tmp_path / "secrets" / "broken.pem",
        tmp_path / "national-gateways.json",
    )
    kept.mkdir()
    broken.write_text("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n")
    words = ("operations", "expiry", "--secrets", str(kept))
    assert "holds a cert" in await Terminal(tmp_path).run(*words, code=1)
    broken.unlink()
    made = certificate(tmp_path)
    gateways.write_text(
        json.dumps({"16.71": {"secret": "rahasia", "ca": str(made.file)}, "14.72": {"ca": "/none.pem"}})
    )
    said = " ".join((await Terminal(tmp_path).run(*words, code=1)).split())
    assert "CN=mail.test" in said
    assert "14.72: No such" in said or re.search(r"14.72:.* No such", said)
    assert "rahasia" not in said
    assert "there is no folder" in await Terminal(tmp_path).run("operations", "expiry", "--secrets", "/none", code=1)
