"""`kinerja cycle` tells a person where a place's cycle stands, who owes what and what comes next, and steers it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from contracts.base import Phase
from contracts.evaluation.cycles import CycleOpened
from directory import take
from kinerja.cli import app
from kinerja.stack.state import State
from kit.db import Database
from services.evaluation import api as evaluation
from services.notify import api as notify
from services.notify.todos.commands import take_closed, take_opened
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support import people
from tests.support.clock import SetClock
from tests.support.emitted import emitted
from tests.support.served import registered, served

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Palembang in its evaluation phase, after a month in which nobody has assessed anybody."""
    found = await evaluating(evaluation_db, client_of, clock)
    clock.advance(days=32)
    return found


@pytest.fixture
async def state(tmp_path: Path, here: Scene, notify_db: Database, registry_db: Database) -> AsyncIterator[State]:
    """A state directory beside which evaluation and notify answer, as in a stack."""
    async with notify_db.transaction(here.tenant_id) as session:
        await take.take_master_data(session, people.master_data(here.office))
        for event in await emitted(here.database):
            if isinstance(event, CycleOpened):
                await take.take_cycle(session, event)
            if type(event).__name__ == "ObligationsOpened":
                await take_opened(session, event)  # type: ignore[arg-type]
            if type(event).__name__ == "ObligationsClosed":
                await take_closed(session, event)  # type: ignore[arg-type]
    apis = {
        "evaluation": (evaluation.build, here.database),
        "notify": (notify.build, notify_db),
        "registry": await registered(registry_db, here.office),
    }
    async with served(tmp_path / "state", apis) as found:
        yield found


async def _said(state: State, act: str, *words: str) -> Result:
    arguments = ["cycle", act, "--place", "palembang", "--state", str(state.root), *words]
    return await asyncio.to_thread(CliRunner(env={"COLUMNS": "200"}).invoke, app, arguments)


async def test_it_says_in_both_languages_where_the_cycle_stands_and_who_is_late(state: State, here: Scene) -> None:
    english = (await _said(state, "status", "--lang", "en")).output
    assert "It is in the phase evaluation, due by " in english
    assert "Next: moderation, as soon as this phase has ended." in english
    assert "Assess a subordinate" in english
    assert "Pegawai 02" in english  # the section head, who rates five people
    indonesian = (await _said(state, "status")).output
    assert "Sekarang tahap penilaian, paling lambat" in indonesian
    assert "Nilai kinerja pegawai" in indonesian


async def test_the_same_as_json(state: State, here: Scene) -> None:
    report: dict[str, Any] = json.loads((await _said(state, "status", "--json")).output)
    assert (report["state"], report["phase"], report["next_phase"]) == ("OPEN", "EVALUATION", "MODERATION")
    assess = next(one for one in report["owed"]["obligations"] if one["kind"] == "ASSESS")
    assert assess["open"] == assess["overdue"] == len(here.office.everyone)
    assert report["owed"]["most_overdue"][0]["overdue"] >= 1


async def test_the_office_steers_it_from_the_command_line(state: State, here: Scene) -> None:
    paused = await _said(state, "pause", "--reason", "Banjir", "--lang", "en")
    assert "The cycle has been paused since" in paused.output
    assert (await here.does.begin_phase(here.ask(Phase.EVALUATION))).paused
    refused = await _said(
        state, "extend", "--reason", "Banjir", "--phase", "EVALUATION", "--until", "2026-12-01", "--lang", "en"
    )
    assert "resume it first" in str(refused.exception)
    resumed = await _said(state, "resume", "--reason", "Surut", "--lang", "en")
    assert "It is in the phase evaluation" in resumed.output
    longer = ("--reason", "Masih dibersihkan", "--phase", "EVALUATION", "--until", "2026-12-01")
    assert "1 Desember 2026" in (await _said(state, "extend", *longer)).output
    assert "Siklus dibatalkan." in (await _said(state, "cancel", "--reason", "Peraturan baru")).output


async def test_a_place_without_a_cycle_is_told_so(state: State, here: Scene) -> None:
    arguments = ["cycle", "status", "--place", "plaju", "--state", str(state.root)]
    result = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    assert "no cycle of 16.71.14" in str(result.exception)
