"""Hostile files over HTTP: refused with their place, in bounded memory, and without holding any other import."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import text

from contracts.base import Role
from kit.actor import Actor
from kit.aside.bounds import Bounds
from kit.db import Database
from kit.files.errors import MISTAKES
from kit.files.uploads import InvalidFiles, Sent
from services.registry.imports.commands import reading
from tests.conftest import ClientOf
from tests.services.registry.place_files import OFFICE, committed, servants, small, submit
from tests.support.client import Client
from tests.support.hostile_files import many_styles, short_lines, unknown_keys, wide_and_far, wide_header

pytestmark = pytest.mark.connected


@pytest.fixture
def http(client_of: ClientOf, registry_db: Database) -> Client:
    return client_of("registry", registry_db)


HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a small workbook, wide and far": lambda: ("servants.xlsx", wide_and_far()),
    "a million columns": lambda: ("servants.csv", wide_header()),
    "fifty megabytes of short lines": lambda: ("servants.csv", short_lines(50_000_000)),
    "a policy of sixty thousand unknown keys": lambda: ("policy.yaml", unknown_keys(60_000)),
    "as many unknown keys as a policy may hold": lambda: ("policy.yaml", unknown_keys(3_300)),
    "a workbook of a hundred thousand formats": lambda: ("servants.xlsx", many_styles(100_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_refused_in_words_and_the_first_hundred_mistakes(http: Client, name: str) -> None:
    file, content = HOSTILE[name]()
    answer = await submit(http, {file: content})
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert 1 <= len(problem["errors"]) <= MISTAKES
    assert problem["total"] >= len(problem["errors"])
    assert all(one["file"] == file and one["line"] >= 1 and one["wrong"] and one["mend"] for one in problem["errors"])


async def test_all_mistakes_are_counted_and_the_first_hundred_told(http: Client) -> None:
    bad = "".join(f"{number},,,,,,,,,,,,\n" for number in range(1_000))
    problem = (await submit(http, small(servants=servants() + bad))).json()
    assert problem["total"] > 5_000
    lines = [one["line"] for one in problem["errors"]]
    assert len(lines) == MISTAKES
    assert all(first <= second for first, second in pairwise(lines))
    assert f"{problem['total']} mistakes" in problem["detail"]


async def test_while_files_are_read_no_transaction_is_open_and_no_other_import_waits(
    http: Client, registry_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that arrives for ever: others of the same city and of another one are taken in meanwhile."""
    begun, never = asyncio.Event(), asyncio.Event()

    async def endless(_: int) -> bytes:
        begun.set()
        await never.wait()
        return b""

    office = Actor(OFFICE, "16.71", frozenset({Role.PERFORMANCE_OFFICE}))

    async def slow() -> None:
        async with reading.read(registry_db, office, [Sent("units.csv", 10, endless)]):
            pytest.fail("the file has not come")

    waiting = asyncio.create_task(slow())
    await begun.wait()
    async with registry_db.engine.connect() as connection:
        open_ones = "select count(*) from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()"
        assert (await connection.execute(text(open_ones))).scalar_one() == 0
    assert (await submit(http, small())).status_code == 201
    assert (await submit(http, committed("dumai"), "14.72")).status_code == 201
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_file_that_takes_too_much_is_refused_by_its_name(registry_db: Database) -> None:
    office = Actor(OFFICE, "16.71", frozenset({Role.PERFORMANCE_OFFICE}))
    little = replace(Bounds(), seconds=2, memory=200_000_000)
    for sent in (Sent.of("servants.xlsx", many_styles(2_000_000)), Sent.of("units.csv", b"," * 40_000_000)):
        with pytest.raises(InvalidFiles) as raised:
            async with reading.read(registry_db, office, [sent], bounds=little):
                pytest.fail("it was read")
        [error] = raised.value.errors
        assert error.file == sent.name
        assert "than any honest one needs" in error.wrong.en


async def test_who_waits_too_long_for_a_city_is_told_since_when_another_change_runs(
    http: Client, registry_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.registry.lock.PATIENCE", 1)
    from services.registry.lock import lock_city  # noqa: PLC0415

    async with registry_db.transaction("16.71") as session:
        await lock_city(session)
        refused = await submit(http, small())
        assert refused.status_code == 503
        assert "another change of this city's master data runs since" in refused.json()["detail"]
        assert (await submit(http, committed("dumai"), "14.72")).status_code == 201
    assert (await submit(http, small())).status_code == 201


async def test_files_are_judged_again_for_a_city_that_changed_meanwhile(http: Client, registry_db: Database) -> None:
    """Both imports were judged against an empty city; the second to be recorded finds the first."""
    from services.registry.imports.commands.imports import import_files  # noqa: PLC0415

    office = Actor(OFFICE, "16.71", frozenset({Role.PERFORMANCE_OFFICE}))
    files = [Sent.of(name, content) for name, content in small().items()]
    async with reading.read(registry_db, office, files) as found:
        assert (await submit(http, small())).status_code == 201
        async with registry_db.transaction("16.71", office) as session:
            report = await import_files(session, found)
    assert report.counts()["servants"] == {"created": 0, "changed": 0, "unchanged": 4, "not in file": 0}
