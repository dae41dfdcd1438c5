"""`kinerja results recompute` and `kinerja policy simulate` at a running evaluation service."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from contracts.base import Phase
from contracts.evaluation.results import ResultIssued
from kinerja.cli import app
from kinerja.library import CITIES
from kinerja.stack.state import State
from kit.db import Database
from services.evaluation.api import build
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.databases import Databases
from tests.support.emitted import emitted_of
from tests.support.served import registered, served

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Five people of Palembang with issued results: 84, 88, 92, 96 and 100 points from the superior."""
    made = await evaluating(evaluation_db, client_of, clock)
    await made.lead(Phase.DISCLOSURE)
    for number, servant in enumerate(made.office.staff):
        await made.provisional(servant, points=84 + 4 * number)
        await made.issue(servant, made.rater)
    return made


@pytest.fixture
async def state(tmp_path: Path, evaluation_db: Database, registry_db: Database, here: Scene) -> AsyncIterator[State]:
    """A state directory in which the service runs, as the commands find it beside a stack."""
    apis = {"evaluation": (build, evaluation_db), "registry": await registered(registry_db, here.office)}
    async with served(tmp_path / "state", apis) as found:
        yield found


async def run(state: State, *words: str) -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, [*words, "--state", str(state.root)]))


async def test_every_result_of_a_cycle_is_recomputed_and_none_differs(here: Scene, state: State) -> None:
    ran = await run(state, "results", "recompute", "--cycle", str(here.cycle_id))
    assert ran.exit_code == 0, ran.output
    (row,) = [line for line in ran.stdout.splitlines() if str(here.cycle_id) in line]
    assert [cell.strip() for cell in row.strip("│").split("│")][1:] == ["5", "0"]


async def test_one_that_was_changed_behind_the_service_ends_with_exit_code_1(
    here: Scene, state: State, databases: Databases
) -> None:
    (changed, *_) = await emitted_of(here.database, ResultIssued)
    server = await asyncpg.connect(databases.postgres.uri(here.database.engine.url.database or ""))
    await server.execute("update results set predicate = 'VERY_GOOD' where id = $1", changed.result_id)
    await server.close()
    ran = await run(state, "results", "recompute", "--cycle", str(here.cycle_id), "--city", "16.71", "--json")
    assert ran.exit_code == 1
    report = json.loads(ran.stdout)
    assert report["checked"] == 5
    assert [UUID(one["result_id"]) for one in report["differing"]] == [changed.result_id]
    shown = await run(state, "results", "recompute", "--cycle", str(here.cycle_id), "--city", "16.71")
    assert "do not follow" in shown.stdout


async def test_a_cycle_that_no_place_has_is_named(here: Scene, state: State) -> None:
    ran = await run(state, "results", "recompute", "--cycle", str(here.ani))
    assert "no cycle" in str(ran.exception)


def _changed(tmp_path: Path) -> Path:
    """Palembang's policy with target and productivity changed about."""
    file = tmp_path / "new.yaml"
    text = (CITIES / "palembang" / "policy.yaml").read_text()
    for code, old, new in (("target_fulfilment", 40, 0), ("productivity", 20, 60)):
        head, tail = text.split(f"code: {code}", 1)
        text = head + f"code: {code}" + tail.replace(f"weight: {old}", f"weight: {new}", 1)
    file.write_text(text)
    return file


async def test_a_changed_policy_shows_who_moves_by_unit(here: Scene, state: State, tmp_path: Path) -> None:
    words = ("policy", "simulate", str(_changed(tmp_path)), "--cycle", str(here.cycle_id))
    ran = await run(state, *words)
    assert ran.exit_code == 0, ran.output
    cells = [[cell.strip() for cell in line.strip("│").split("│")] for line in ran.stdout.splitlines() if "│" in line]
    assert ["Dinas Contoh", "Good", "Fair", "2"] in cells
    assert "5 people, 2 move, 5 have another score" in " ".join(ran.stdout.split())
    report = json.loads((await run(state, *words, "--json")).stdout)
    assert sorted(one["after_score"] for one in report["movers"]) == ["84.00", "88.00"]
    assert sum(one["people"] for one in report["groups"]) == report["people"] == 5


async def test_the_policy_in_force_moves_nobody(here: Scene, state: State) -> None:
    policy = str(CITIES / "palembang" / "policy.yaml")
    report = json.loads(
        (await run(state, "policy", "simulate", policy, "--cycle", str(here.cycle_id), "--json")).stdout
    )
    assert (report["movers"], report["rescored"]) == ([], 0)


async def test_a_policy_that_does_not_hold_is_refused_with_its_line(here: Scene, state: State, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text((CITIES / "palembang" / "policy.yaml").read_text().replace("weight: 40", "weight: 39.9", 1))
    ran = await run(state, "policy", "simulate", str(bad), "--cycle", str(here.cycle_id))
    assert ran.exit_code == 1
    assert "the weights of the criteria sum to 99.9" in ran.output
    assert "bad.yaml:" in ran.output
