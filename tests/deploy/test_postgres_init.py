"""deploy/postgres/init.sql makes the databases and roles that the local stack makes, with passwords."""

import asyncio
import os
from pathlib import Path

import asyncpg
import pytest

from contracts.base import DEPLOYED
from kinerja.secrets import passwords
from kinerja.stack.postgres import Postgres, binaries

pytestmark = pytest.mark.connected

INIT = Path(__file__).parents[2] / "deploy/postgres/init.sql"
ROLES = """select rolname::text, rolsuper, rolcreatedb, rolbypassrls, rolcanlogin from pg_roles
           where rolname !~ '^(pg_|postgres|temporal)' order by 1"""
DATABASES = """select datname::text, pg_get_userbyid(datdba)::text, array(select unnest(datacl)::text order by 1)
               from pg_database where datname ~ '^kinerja_' order by 1"""


async def _made(postgres: Postgres) -> list[list[tuple[object, ...]]]:
    connection = await asyncpg.connect(postgres.uri())
    try:
        return [[tuple(row) for row in await connection.fetch(query)] for query in (ROLES, DATABASES)]
    finally:
        await connection.close()


async def _run_init(postgres: Postgres) -> None:
    psql = await asyncio.create_subprocess_exec(
        *(str(binaries() / "psql"), "-v", "ON_ERROR_STOP=1", "-X", "-q", "-f", str(INIT), postgres.uri()),
        env=os.environ | {name: f"it's the {name}" for name in passwords.names()},
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaints = await psql.communicate()
    assert psql.returncode == 0, complaints.decode()


async def test_it_makes_what_the_local_stack_makes(tmp_path: Path) -> None:
    async with (
        Postgres(tmp_path / "local", services=DEPLOYED, durable=False) as local,
        Postgres(tmp_path / "compose", durable=False) as compose,
    ):
        await _run_init(compose)
        assert await _made(compose) == await _made(local)
        assert len((await _made(compose))[0]) == 3 * len(DEPLOYED)
        assert await _different_passwords(compose) == 3 * len(DEPLOYED) + 1


async def _different_passwords(postgres: Postgres) -> int:
    """How many roles have a password; each is salted, so equal ones are told apart by what they were made of above."""
    connection = await asyncpg.connect(postgres.uri())
    try:
        count: int = await connection.fetchval(
            "select count(distinct rolpassword) from pg_authid where rolpassword <> ''"
        )
        return count
    finally:
        await connection.close()
