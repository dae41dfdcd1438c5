"""PostgreSQL of the stack, usable alone: databases and roles are there, data stays, no process does."""

from pathlib import Path

import asyncpg
import psutil
import pytest

from kinerja.stack.postgres import Postgres

pytestmark = pytest.mark.connected


async def _fetch(uri: str, query: str) -> object:
    connection = await asyncpg.connect(uri)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def _server_processes(postgres: Postgres) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if str(postgres.data) in (process.info["cmdline"] or [])
    ]


async def test_it_starts_keeps_its_data_and_stops_without_a_trace(tmp_path: Path) -> None:
    async with Postgres(tmp_path, services=("plans",), durable=False) as postgres:
        owner = postgres.uri("kinerja_plans", "plans_owner")
        await _fetch(owner, "create table kept as select 42 as answer")
        assert _server_processes(postgres)
    assert not _server_processes(postgres)

    async with Postgres(tmp_path, services=("plans",), durable=False) as postgres:
        assert await _fetch(owner, "select answer from kept") == 42
    assert not _server_processes(postgres)
    assert not postgres.sockets.joinpath(".s.PGSQL.5432").exists()


async def test_each_role_has_its_own_database_and_no_power_over_row_level_security(tmp_path: Path) -> None:
    async with Postgres(tmp_path, services=("plans", "notify"), durable=False) as postgres:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _fetch(postgres.uri("kinerja_notify", "plans_app"), "select 1")
        for role in ("plans_owner", "plans_app", "plans_relay"):
            powers = "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"
            assert await _fetch(postgres.uri("kinerja_plans", role), powers) is False
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _fetch(postgres.uri("kinerja_plans", "plans_app"), "create table mine (id int)")


async def test_a_database_can_be_made_and_dropped_for_one_test(tmp_path: Path) -> None:
    async with Postgres(tmp_path, durable=False) as postgres:
        name = await postgres.provision("plans", "plans_test_1")
        assert await _fetch(postgres.uri(name, "plans_app"), "select current_database()") == name
        await postgres.drop(name)
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await _fetch(postgres.uri(name), "select 1")
