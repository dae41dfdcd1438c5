"""Drills restore what was dumped and prove it; what does not hold is told, and no copy stays."""

import asyncio
import json
import stat
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest

from kinerja.operations.backups.reports import Drill, Reports
from kinerja.operations.backups.scratch import scratch
from kinerja.operations.databases import Databases
from kinerja.stack.postgres import database_of, roles
from tests.kit.test_anchors import SERVICE
from tests.operations.served import HERE, SERVICES, Served, served
from tests.portal.tasks import OPERATIONS
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
RUN = ("operations", "restore-drill", "--run")
EDITED = "update journal set body = replace(body, 'plan-set', 'plan-cut') where position = 4 returning event_id"


@pytest.fixture(scope="module")
def house(aside: Aside, tmp_path_factory: pytest.TempPathFactory, kafka: str) -> Iterator[Served]:
    held = AsyncExitStack()
    yield aside.run(held.enter_async_context(served(tmp_path_factory.mktemp("drilled"), kafka)))
    aside.run(held.aclose())


async def _copies(house: Served) -> object:
    return await house.execute("select count(*) from pg_database where datname like 'kinerja\\_drill%'")


async def test_a_copy_is_restored_and_proven_and_the_report_is_kept(house: Served) -> None:
    asked = house.terminal()
    assert "no restore drill yet" in await asked.run("operations", "restore-drill", code=1)
    made = await house.terminal().run(*RUN)
    at = house.terminal()
    told = await at.run("operations", "restore-drill")
    at.within(OPERATIONS, "restore drill")
    assert made == told
    assert "everything came back" in told
    assert "(today)" in told
    assert told.count("proven") == len(SERVICES)
    last = Reports.of(house.state, None).last()
    assert last is not None
    [notify, _] = sorted(last.restored, key=lambda one: -one.events)
    assert (notify.service, notify.events, notify.unsigned) == ("notify", 9, 0)
    assert notify.signed_at is not None
    assert notify.rows == await _rows(house)
    assert notify.tables > 15
    [kept] = (house.state.root / "drills").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert await _copies(house) == 0


async def _rows(house: Served) -> int:
    """Counted in another way than the drill does: by what PostgreSQL estimates right after a look at everything."""
    await house.execute("analyze")
    counted = "select sum(reltuples)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    return int(str(await house.execute(counted)))


async def test_a_report_that_is_too_old_ends_with_one(house: Served, tmp_path: Path) -> None:
    report = tmp_path / "last.json"
    await house.terminal().run(*RUN, "-s", "feedback", "--report", str(report))
    drill = Drill.model_validate_json(report.read_text())
    old = drill.model_copy(update={"at": drill.at.replace(year=drill.at.year - 1)})
    report.write_text(old.model_dump_json())
    said = await house.terminal().run("operations", "restore-drill", "--report", str(report), code=1)
    assert "older than 90 days" in said
    assert "everything came back" in said
    await house.terminal().run("operations", "restore-drill", "--report", str(report), "--warn", "400")


async def test_a_journal_that_was_edited_is_told_and_no_copy_stays(house: Served, tmp_path: Path) -> None:
    report = ("-s", SERVICE, "--report", str(tmp_path / "edited.json"))
    before = await house.execute("select body from journal where position = 4")
    event = await house.execute(EDITED)
    try:
        said = await house.terminal().run(*RUN, *report, code=1)
    finally:
        await house.execute("update journal set body = $1 where position = 4", before)
    assert "it does not hold" in said
    assert f"journal, city {HERE}, position 4, event {event}: this row is not what was recorded" in said
    assert await _copies(house) == 0
    assert "it does not hold" in await house.terminal().run("operations", "restore-drill", *report, code=1)
    assert "everything came back" in await house.terminal().run(*RUN, *report)


async def test_a_backup_is_drilled_and_what_differs_from_its_list_is_told(house: Served, tmp_path: Path) -> None:
    kept, report = tmp_path / "backup", ("--report", str(tmp_path / "report.json"))
    said = await house.terminal().run("operations", "backup", str(kept))
    assert "feedback, notify" in said
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in kept.glob("*.dump")} == {0o600}
    assert "is not empty" in await house.terminal().run("operations", "backup", str(kept), code=1)
    assert str(kept) in (await house.terminal().run(*RUN, "--from", str(kept), *report)).replace("\n", "")
    listed = json.loads((kept / "backup.json").read_text())
    [notify] = [one for one in listed["dumps"] if one["service"] == "notify"]
    tables = notify["inventory"]["tables"]
    tables["public.journal_heads"]["count"] += 1
    tables["public.journal"]["digest"] = "1"
    notify["inventory"]["protection"].append("row security of public.invented: forced")
    (kept / "backup.json").write_text(json.dumps(listed))
    (kept / "feedback.dump").write_bytes((kept / "feedback.dump").read_bytes()[:2000])
    said = await house.terminal().run(*RUN, "--from", str(kept), *report, code=1)
    assert "notify: table public.journal_heads has 2 rows, the original 3" in said
    assert "notify: table public.journal has as many rows as the original, and not the same ones" in said
    assert "notify: is missing: row security of public.invented: forced" in said
    assert "feedback: was not restored: pg_restore" in said
    assert await _copies(house) == 0
    assert "no whole backup" in await house.terminal().run(*RUN, "--from", str(tmp_path), *report, code=1)


async def test_row_level_security_that_is_not_forced_is_told(house: Served, tmp_path: Path) -> None:
    report = ("-s", SERVICE, "--report", str(tmp_path / "unforced.json"))
    await house.execute("alter table notices no force row level security")
    try:
        said = await house.terminal().run(*RUN, *report, code=1)
    finally:
        await house.execute("alter table notices force row level security")
    assert "row-level security of public.notices is not forced" in said


async def test_what_a_killed_drill_left_is_removed_and_two_drills_do_not_meet(house: Served, tmp_path: Path) -> None:
    report = ("-s", "feedback", "--report", str(tmp_path / "report.json"))
    await house.execute("create database kinerja_drill_notify_0123456789abcdef")
    await house.execute("create database kinerja_drill_by_hand")
    await house.terminal().run(*RUN, *report)
    assert await _copies(house) == 1
    await house.execute("drop database kinerja_drill_by_hand")
    connection = await asyncpg.connect(house.postgres.uri())
    await connection.execute("select pg_advisory_lock(hashtext('kinerja restore drill'))")
    assert "another restore drill runs" in await house.terminal().run(*RUN, *report, code=1)
    await connection.close()


async def test_a_drill_that_is_stopped_leaves_no_copy_and_nobody_enters_one(house: Served) -> None:
    entered = asyncio.Event()

    async def drilled() -> None:
        async with scratch(Databases(house.postgres, named=False), SERVICE) as name:
            for role in roles(SERVICE)[1:]:
                with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied for database"):
                    await asyncpg.connect(house.postgres.uri(name, role))
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(drilled())
    await asyncio.wait_for(entered.wait(), 60)
    assert await _copies(house) == 1
    task.cancel()
    await asyncio.wait([task])
    assert await _copies(house) == 0


async def test_a_system_that_is_read_only_is_drilled(house: Served, tmp_path: Path) -> None:
    connection = await asyncpg.connect(house.postgres.uri())
    await connection.execute("alter role all set default_transaction_read_only = on")
    try:
        await house.terminal().run(*RUN, "-s", SERVICE, "--report", str(tmp_path / "report.json"))
    finally:
        await connection.execute("alter role all reset default_transaction_read_only")
        await connection.close()
    assert await _copies(house) == 0


async def test_a_server_of_ones_own_is_drilled_by_a_role_that_reads_everything(house: Served, tmp_path: Path) -> None:
    owners = ", ".join(roles(one)[0] for one in SERVICES)
    url = house.postgres.uri().replace("postgres@", "drills@", 1)
    words = ("--postgres", url, "--report", str(tmp_path / "report.json"))
    await house.execute("create role drills login createdb")
    try:
        said = await house.terminal().run(*RUN, *words, code=1)
        assert "may not enter the databases of all services: backups and drills need a superuser" in said
        await house.execute(f"grant {owners} to drills")
        said = await house.terminal().run(*RUN, *words, code=1)
        assert "may not read all of kinerja_feedback: backups and drills need a superuser" in said
        await house.execute("alter role drills bypassrls")
        assert (await house.terminal().run(*RUN, *words)).count("proven") == len(SERVICES)
    finally:
        await house.execute(f"revoke {owners} from drills")
        await house.execute("drop role drills")
    assert await _copies(house) == 0


async def test_a_database_that_is_not_there_is_named(house: Served) -> None:
    said = await house.terminal().run(*RUN, "-s", "plans", code=1)
    assert f"no database {database_of('plans')}" in said
