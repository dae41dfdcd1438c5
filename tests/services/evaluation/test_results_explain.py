"""`kinerja results explain` at a running evaluation service: why a result is what it is."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contracts.base import Phase
from contracts.evaluation.results import ResultIssued
from kinerja.cli import app
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.db import Database
from services.evaluation.api import build
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.served import registered, served

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Somebody of Palembang with an issued result of 84 points from the superior."""
    made = await evaluating(evaluation_db, client_of, clock)
    await made.lead(Phase.DISCLOSURE)
    await made.provisional(made.office.staff[0], points=84)
    await made.issue(made.office.staff[0], made.rater)
    return made


@pytest.fixture
async def state(tmp_path: Path, evaluation_db: Database, registry_db: Database, here: Scene) -> AsyncIterator[State]:
    """A state directory in which the service runs, as the command finds it beside a stack."""
    apis = {"evaluation": (build, evaluation_db), "registry": await registered(registry_db, here.office)}
    async with served(tmp_path / "state", apis) as found:
        yield found


async def run(state: State, *words: str) -> Result:
    arguments = ["results", "explain", *words, "--state", str(state.root)]
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, arguments))


async def test_every_step_is_a_sentence_with_its_operands_in_80_columns(here: Scene, state: State) -> None:
    (issued,) = await emitted_of(here.database, ResultIssued)
    indonesian = await run(state, str(issued.result_id))
    assert indonesian.exit_code == 0, indonesian.output
    assert "predikat" in indonesian.output
    assert "bobot" in indonesian.output
    english = (await run(state, str(issued.result_id), "--language", "en")).output
    assert f"score {issued.local_score}" in " ".join(english.split())
    assert "(x 40)" in english
    assert max(map(len, (indonesian.output + english).splitlines())) <= 80


async def test_as_json_it_has_as_many_sentences_as_steps(here: Scene, state: State) -> None:
    (issued,) = await emitted_of(here.database, ResultIssued)
    shown = json.loads((await run(state, str(issued.result_id), "--city", "16.71", "--json")).output)
    assert shown["result"]["id"] == str(issued.result_id)
    assert len(shown["explanation"]["sentences"]) == len(shown["explanation"]["trace"]) > 1


async def test_an_unknown_id_is_told_with_the_cities_that_were_asked(here: Scene, state: State) -> None:
    ran = await run(state, str(here.ani))
    assert isinstance(ran.exception, StackError)
    assert f"no result {here.ani} in 12.75, 13.73, 14.72, 16.71" in str(ran.exception)
    at_once = await run(state, str(here.ani), "--city", "16.71")
    assert "refused" in str(at_once.exception)


async def test_what_is_no_id_is_a_usage_error(state: State) -> None:
    assert (await run(state, "78.25")).exit_code == 2
