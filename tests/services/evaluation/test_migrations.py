"""Rows that were written before a migration are carried over, in every city."""

import asyncio
from uuid import UUID

import asyncpg
import pytest
from alembic import command
from sqlalchemy import make_url

from kinerja.stack.postgres import roles
from kit import migrate
from tests.support.databases import Databases

pytestmark = pytest.mark.connected

CYCLE, APPRAISAL, RATER, OTHER = (UUID(int=number) for number in (1, 2, 3, 4))
_BEFORE = """
insert into cycles values ('16.71', $1, '16.71', 'H1', '2026-01-01', '2026-06-30', 6, '{}', 1, 1, 'OPEN', now(), $3);
insert into appraisals (tenant_id, id, cycle_id, servant_id, unit_id, is_head, state, final_actuals,
    innovation_recognised, clarification_open, objection_open, objected, assessed_by)
    values ('16.71', $2, $1, $3, $3, false, 'OPEN', false, false, false, false, false, $3);
insert into moderations (tenant_id, appraisal_id, finding, required_at) values ('16.71', $2, 'SOURCE_GAP', now())
"""
_TABLES = ("cycles", "appraisals", "moderations")


async def _as_owner(url: str, *statements: str) -> list[asyncpg.Record]:
    """Run these while the owner sees every row; the rows of the last one."""
    connection = await asyncpg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        for table in _TABLES:
            await connection.execute(f"alter table {table} no force row level security")
        for statement in statements:
            rows = await connection.fetch(statement)
        for table in _TABLES:
            await connection.execute(f"alter table {table} force row level security")
    finally:
        await connection.close()
    return list(rows)


async def _at_once(url: str, *statements: str) -> list[asyncpg.Record]:
    """Run these as a superuser, whom no wall of a city holds; the rows of the last one."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            rows = await connection.fetch(statement)
    finally:
        await connection.close()
    return list(rows)


async def test_a_cycle_whose_colleagues_are_chosen_gets_a_secret_so_that_its_results_come_together(
    databases: Databases,
) -> None:
    """And a cycle in which nobody was asked gets none: its results wait for no colleague."""
    name = databases.bare("evaluation", "test_evaluation_chosen")
    config = migrate._config("evaluation", databases.postgres.sqlalchemy_uri(name, roles("evaluation")[0]))
    await asyncio.to_thread(command.upgrade, config, "0011")
    superuser = databases.postgres.uri(name)
    of_one = _BEFORE.partition("insert into moderations")[0]
    for number, cycle in enumerate((CYCLE, OTHER)):
        ids = {"$1": cycle, "$2": UUID(int=20 + number), "$3": RATER, "'2026-01-01'": f"'202{number}-01-01'"}
        named = of_one
        for mark, value in ids.items():
            named = named.replace(mark, value if isinstance(value, str) else f"'{value}'")
        await _at_once(superuser, *(one for one in named.split(";\n") if one.strip()))
    await _at_once(superuser, "insert into peer_nominations select tenant_id, id, servant_id from appraisals limit 1")
    await asyncio.to_thread(command.upgrade, config, "head")
    [row] = await _at_once(superuser, "select cycle_id, length(secret) as long from peer_secrets")
    assert (row["cycle_id"], row["long"]) == (CYCLE, 32)  # the first appraisal is that cycle's


async def test_findings_of_before_get_their_cycle_and_whom_they_concern(databases: Databases) -> None:
    name = databases.bare("evaluation", "test_evaluation_before")
    url = databases.postgres.sqlalchemy_uri(name, roles("evaluation")[0])
    config = migrate._config("evaluation", url)
    await asyncio.to_thread(command.upgrade, config, "0001")
    named = _BEFORE.replace("$1", f"'{CYCLE}'").replace("$2", f"'{APPRAISAL}'").replace("$3", f"'{RATER}'")
    await _as_owner(url, *named.split(";\n"))
    await asyncio.to_thread(command.upgrade, config, "head")
    [row] = await _as_owner(url, "select id, cycle_id, appraisal_id, concerns_id, findings from moderations")
    assert tuple(row.values()) == (APPRAISAL, CYCLE, APPRAISAL, RATER, "[]")
